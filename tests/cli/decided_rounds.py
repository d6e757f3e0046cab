"""A round with awards in two of its three areas, in pence and in part, decided by the command."""

from collections.abc import Callable
from pathlib import Path

from cli.command import main
from exchange.papers.reason_list import LONGEST
from exchange.reading.sheets import Cell
from tests.exchange.round_workbook.workbooks import Sheets, good_sheets, save

NOTICE = "031/2026"
PUBLISHER = ("--prefix", "360G-example", "--funder", "GB-LAE-EX")
OF_A_ROUND = (
    ("schedule-xlsx", ".xlsx"),
    ("schedule-pdf", ".pdf"),
    ("finance", ".xlsx"),
    ("notice", ".pdf"),
    ("notice", ".docx"),
    ("decision-report", ".pdf"),
    ("decision-report", ".docx"),
    ("call", ".pdf"),
    ("call", ".docx"),
    ("panel-book", ".pdf"),
    ("minutes", ".pdf"),
    ("minutes", ".docx"),
    ("monitoring", ".xlsx"),
    ("letters", ""),
    ("360giving", ".json"),
    ("360giving", ".xlsx"),
)
"""Every paper of a round in every form."""

Say = Callable[[str], str]
"""Gives what stands in a text field, by what the field is."""

HEADINGS: list[Cell] = [
    *("Reference", "Organisation", "Project", "Area", "Amount requested", "Minimum amount", "Received"),
    *("Organisation type", "Contact name", "Address", "Summary", "Need", "Outcomes", "Crime type"),
]
LINES = (
    ("ACF-001", "Coventry", 4500.55, None, 5),
    ("ACF-002", "Walsall", 1200.5, None, 4),
    ("ACF-003", "Coventry", 900, None, 4),
    ("ACF-004", "Walsall", 3500, 1000, 3),
    ("ACF-005", "Walsall", 800, None, 2),
)
"""Reference, area, request, minimum and every mark; ACF-004 is offered what Walsall has left."""

AWARDS = {"Coventry": 450_055 + 90_000, "Walsall": 120_050 + 220_050}
"""In pence. Walsall: £3,500.00 less £99.00 committed is £3,401.00; ACF-002 leaves £2,200.50 for ACF-004."""
TOTAL = sum(AWARDS.values())

SIGNED_BY = (
    *("--for-office", "Dan Decides, Chief Executive"),
    *("--for-recipient", "Rosa Recipient, Chair"),
)
"""Who signed an agreement, as a command names them."""


def decided_sheets(say: Say) -> Sheets:
    """Give the workbook of the round with `say` in every text field that a person fills in freely."""
    sheets = good_sheets()
    sheets["Pots"] = [
        ["Area", "Amount", "Start-up", "Already committed"],
        ["Coventry", 20000, 1000, 0],
        ["Walsall", 3500, 0, 99],
        ["Dudley", 1000, 0, 0],
    ]
    sheets["Criteria"] = [
        ["Code", "Title", "Side", "Weight", "Guidance"],
        ["A1", say("title"), "quality", 80, say("guidance")],
        ["A2", "Price", "cost", 20, None],
    ]
    sheets["Applications"] = [HEADINGS, *(_application(line, say) for line in LINES)]
    sheets["Members"] = [
        ["Code", "Name", "Role", "Organisation"],
        ["M1", say("member"), "chair", say("member of")],
        ["M2", "Sam Sample", None, None],
    ]
    sheets["Interests"] = [
        ["Member", "Application", "Kind", "Detail"],
        ["M1", None, "none", None],
        ["M2", "ACF-002", "pecuniary", say("interest")],
    ]
    sheets["Marks"] = [["Member", "Application", "Submitted", "A1", "A2", "A1 comment"], *_marks(say)]
    sheets["Agreed"] = [["Application", "A1", "A2", "A1 reason", "A2 reason", "Dissent"], *_agreed(say)]
    del sheets["Not applicable"], sheets["Chair decisions"]
    return sheets


def _marks(say: Say) -> list[list[Cell]]:
    return [["M1", line[0], "yes", line[4], line[4], say("comment")] for line in LINES]


def _agreed(say: Say) -> list[list[Cell]]:
    return [[line[0], line[4], line[4], say("reason"), "Fair", say("dissent")] for line in LINES]


def _application(line: tuple[str, str, float, int | None, int], say: Say) -> list[Cell]:
    reference, area, requested, least, _ = line
    fields = ("type", "contact", "address", "summary", "need", "outcomes", "crime type")
    words: list[Cell] = [say(field) for field in fields]
    return [reference, say("organisation"), say("project"), area, requested, least, "2026-09-01", *words]


def reasons_sheet(say: Say) -> Sheets:
    """Give the list of the panel's reasons, one for each application."""
    return {
        "Reasons": [["Reference", "Reason"], *([line[0], say("panel reason")[:LONGEST]] for line in LINES)]
    }


Command = tuple[str | Path, ...]


def recommended_record(folder: Path, sheets: Sheets, say: Say, *before: Command) -> Path:
    """Make a record, give commands about it, load a round, and recommend what the rule says with reasons.

    Where a command names the record stands "RECORD".
    """
    record, workbook = folder / "office.panel", save(sheets, folder / "round.xlsx", as_texts=True)
    reasons = save(reasons_sheet(say), folder / "reasons.xlsx", as_texts=True)
    for command in (
        ("new", record, "--office", "Office of Westmarch"),
        *before,
        ("load", record, workbook),
        ("recommend", record, "--round", "Autumn", "--accept", "--reasons", reasons),
    ):
        assert main([str(record if word == "RECORD" else word) for word in command]) == 0, command
    return record


def decided_record(folder: Path, say: Say) -> Path:
    """Make the record: loaded, recommended and decided under one notice."""
    record = recommended_record(folder, decided_sheets(say), say)
    assert (
        main(
            [
                str(word)
                for word in (
                    *("decide", record, "--round", "Autumn", "--notice", NOTICE, "--on", "2026-12-02"),
                    *("--as", "Dee Decider", "--post", "Chief Executive", "--accept"),
                    *("--unsigned-because", "The commander left it to the office."),
                )
            ]
        )
        == 0
    )
    return record


def export_all(record: Path, folder: Path) -> dict[tuple[str, str], Path]:
    """Write every paper in every form; give the paths by kind and ending."""
    found = {}
    for kind, ending in OF_A_ROUND:
        path = folder / f"{kind}{ending}"
        more = PUBLISHER if kind == "360giving" else ()
        _export(record, kind, "--round", "Autumn", *more, "--out", path)
        found[kind, ending] = path
    for ending in (".xlsx", ".csv"):
        found["publication", ending] = path = folder / f"publication{ending}"
        _export(record, "publication", "--month", "2026-12", "--out", path)
    for ending in (".xlsx", ".pdf"):
        found["tables", ending] = path = folder / f"tables{ending}"
        _export(record, "tables", "--year", "2026/27", "--out", path)
    for ending in (".pdf", ".docx"):
        found["governance", ending] = path = folder / f"governance{ending}"
        _export(record, "governance", "--year", "2026/27", "--out", path)
    return found


def _export(record: Path, kind: str, *more: str | Path) -> None:
    assert main([str(word) for word in ("export", record, kind, *more)]) == 0, kind
