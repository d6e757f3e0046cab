"""Another force by the command alone: West Mercia, from an empty record to issued papers."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Says
from tests.cli.decided_rounds import OF_A_ROUND, PUBLISHER
from tests.exchange.round_workbook.workbooks import Sheets, save
from tests.paper_text import pdf_text

FUND, ROUND = "Local Policing Area Community Fund", "Spring"
AREAS = ("Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford and Wrekin")
OFFICE = {
    "name": "Office of the Police and Crime Commissioner for West Mercia",
    "short_name": "West Mercia OPCC",
    "force": "West Mercia Police",
    "area_label": "local policing area",
    "email": "grants@opcc.example",
    "website": "https://opcc.example",
    "contact_name": "Robin Example",
    "contact_post": "Grants officer",
}
COMMANDER, AMBASSADOR = "Local policing area commander", "Community Ambassador"
WRONG = re.compile(r"West Midlands|\bNPU|\bACF\b|Active Citizens", re.IGNORECASE)
PER_AREA = 2
MARKS = (5, 4)
ASKS = (4_500, 2_250.5)


def round_sheets() -> Sheets:
    """Return a round of five areas of £30,000, two applications to each, marked by three members."""
    references = [
        (f"LPACF-{number:03d}", area, asks, mark)
        for number, (area, asks, mark) in enumerate(
            ((area, asks, mark) for area in AREAS for asks, mark in zip(ASKS, MARKS, strict=True)), 1
        )
    ]
    return {
        "Round": [
            ["Field", "Value"],
            ["Format", 1],
            ["Fund", FUND],
            ["Round", ROUND],
            ["Financial year", "2026/27"],
            ["Quality", "80"],
            ["Combine", "mean"],
            ["Allocation", "skip"],
        ],
        "Pots": [["Area", "Amount"], *([area, 30_000] for area in AREAS)],
        "Criteria": [
            ["Code", "Title", "Side", "Weight"],
            ["Q1", "Local need", "quality", 50],
            ["Q2", "Outcomes", "quality", 30],
            ["C1", "Value for money", "cost", 20],
        ],
        "Applications": [
            ["Reference", "Organisation", "Project", "Area", "Amount requested", "Crime type"],
            *(
                [of, f"Kite Club {of[-3:]}", "Kites at dusk", area, asks, "Burglary"]
                for of, area, asks, _ in references
            ),
        ],
        "Members": [
            ["Code", "Name", "Role"],
            ["M1", "Ada Sample", "chair"],
            ["M2", "Ben Sample", "member"],
            ["M3", "Cat Sample", "member"],
        ],
        "Interests": [
            ["Member", "Application", "Kind"],
            *([code, None, "none"] for code in ("M1", "M2", "M3")),
        ],
        "Marks": [
            ["Member", "Application", "Submitted", "Q1", "Q2", "C1"],
            *(
                [member, of, "yes", *[mark] * 3]
                for member in ("M1", "M2", "M3")
                for of, _, _, mark in references
            ),
        ],
    }


WHO = (("Cora Command", COMMANDER), ("Abe Envoy", AMBASSADOR))


@pytest.fixture
def recommended(run: Run, tmp_path: Path) -> Path:
    """A record set up for West Mercia and recommended, one person each signing for all areas, by command."""
    record = tmp_path / "west-mercia.panel"
    workbook = save(round_sheets(), tmp_path / "round.xlsx", as_texts=True)
    reasons = tmp_path / "reasons.csv"
    lines = [f"LPACF-{n:03d},It keeps the streets quiet" for n in range(1, PER_AREA * len(AREAS) + 1)]
    reasons.write_text("\n".join(["Reference,Reason", *lines]) + "\n", encoding="utf-8")
    shares = [part for area in AREAS for part in ("--allocate", f"{area}=30000")]
    signs = [part for area in AREAS for post in WHO for part in ("--set", f"{post[1]}, {area}={post[0]}")]
    for words in (
        ("new", record, "--no-funds"),
        ("office", record, *(part for key, text in OFFICE.items() for part in ("--set", f"{key}={text}"))),
        ("fund", record, "add", FUND, "--code", "LPACF", "--template", "community"),
        ("fund", record, "year", FUND, "2026/27", "150000"),
        ("budget", record, "--fund", FUND, "--year", "2026/27", *shares),
        ("load", record, workbook),
        ("signatories", record, "--round", ROUND, *signs),
        ("recommend", record, "--round", ROUND, "--accept", "--reasons", reasons),
    ):
        ran = run(*words)
        assert ran.status == 0, (words, ran.err)
        assert words[0] != "recommend" or "Local policing area" in ran.out.splitlines()[0]
    return record


@pytest.fixture
def decided(recommended: Path, run: Run) -> Path:
    """The same record with all of it decided under one notice."""
    for name, post in WHO:
        ran = run(*_decide(recommended, "001/2026", name, post))
        assert ran.status == 0, ran.err
    return recommended


def _decide(record: Path, notice: str, name: str, post: str, *more: object) -> tuple[object, ...]:
    words = ("decide", record, "--round", ROUND, "--notice", notice, "--on", "2026-04-20", "--accept")
    return (*words, "--as", name, "--post", post, "--unsigned-because", "The panel met on paper.", *more)


def test_where_areas_have_a_person_each_one_decides_for_no_other_area(
    recommended: Path, run: Run, tmp_path: Path
) -> None:
    run("signatories", recommended, "--round", ROUND, "--set", f"{COMMANDER}, Shropshire=Ned Other")
    draft = ("export", recommended, "notice", "--round", ROUND, "--out", tmp_path / "notice.pdf")

    whole, drawn = run(*_decide(recommended, "001/2026", "Ned Other", COMMANDER)), run(*draft)
    two = run(*draft, *[part for area in AREAS[:2] for part in ("--area", area)])
    own = run(*_decide(recommended, "001/2026", "Ned Other", COMMANDER, "--area", "Shropshire"))

    assert whole.status == drawn.status == 1
    assert "--area" in whole.err
    assert "--area" in drawn.err
    assert two.status == 0, f"one person is named for both: {two.err}"
    assert own.status == 0, own.err
    assert run(*draft, "--area", "Shropshire").status == 0


def test_another_force_goes_from_an_empty_record_to_issued_papers_by_the_command(
    decided: Path, run: Run, refused: Says, tmp_path: Path
) -> None:
    funds = {fund["name"]: fund for fund in run("fund", decided, "list", "--json").json["funds"]}
    assert list(funds) == [FUND]  # nobody else's
    signs = run("signatories", decided, "--round", ROUND, "--json").json["signatories"]
    assert len(signs) == PER_AREA * len(AREAS)
    assert signs[0] == {"step": 1, "post": COMMANDER, "area": AREAS[0], "names": ["Cora Command"]}
    assert (
        "Community Ambassador, Telford and Wrekin             Abe Envoy"
        in run("signatories", decided, "--round", ROUND).out
    )
    paid = run("signatories", decided, "--round", ROUND, "--finance", "Fay  Ledger", "--json").json
    assert (paid["signatories"], paid["finance"]) == (signs, ["Fay Ledger"])
    twice = run("signatories", decided, "--round", ROUND, "--finance", "Fay Ledger")
    assert (twice.status, twice.err) == (1, "Fay Ledger is finance in this round already.\n")
    ned = ("signatories", decided, "--round", ROUND, "--set", f"{COMMANDER}, Shropshire=Ned Other")
    changed = run(*ned)
    begun = (
        "Signing has begun. Say why who signs is changed now, on Panel & interests, under Who signs, or give "
        "--because TEXT.\n"
    )
    assert (changed.status, changed.err) == (1, begun)
    assert run(*ned, "--because", "Cora Command has left").status == 0
    assert run(*ned[:-1], f"{COMMANDER}, Shropshire=Cora Command", "--because", "She is back").status == 0
    odd = refused("signatories", decided, "--round", ROUND, "--set", "Mayor=Ann")
    assert "“Mayor” names no post of the round's chain." in odd
    assert [(step["step"], step["posts"], step["per_area"]) for step in funds[FUND]["chain"]] == [
        (1, [COMMANDER, AMBASSADOR], True)
    ]
    rows = run("rank", decided, "--json").json["applications"]
    assert {row["decision"]["amount"] for row in rows} == {"4500.00", "2250.50"}
    money = run("budget", decided, "--fund", FUND, "--year", "2026/27", "--json").json
    # five areas of £30,000; in each 4,500 + 2,250.50 = 6,750.50 is decided, so 33,752.50 in all
    assert "150000.00" in json.dumps(money)
    assert "33752.50" in json.dumps(money)

    said = {}
    month, of_round = ("--month", "2026-04"), ("--round", ROUND)
    of_a_round = [
        (kind, ending, (*of_round, *(PUBLISHER if kind == "360giving" else ())))
        for kind, ending in OF_A_ROUND
    ]
    of_a_year = [("publication", ".xlsx", month), ("publication", ".csv", month), ("tables", ".pdf", ())]
    for kind, ending, options in (*of_a_round, *of_a_year):
        path = tmp_path / "papers" / f"{kind}{ending}"
        path.parent.mkdir(exist_ok=True)
        answers = ("--issue", "--leave-empty", "--reasons-read")
        ran = run("export", decided, kind, *options, *answers, "--out", path)
        assert ran.status == 0, (kind, ran.err)
        said[path.name] = words_of(path)

    assert {name: WRONG.findall(words) for name, words in said.items() if WRONG.search(words)} == {}
    own = {name for name, words in said.items() if OFFICE["name"] in " ".join(words.split())}
    assert own == {name for name in said if not name.endswith(".csv")}
    for who in ("Cora Command", COMMANDER, "Abe Envoy", AMBASSADOR):
        assert who in said["notice.docx"]
    assert f"Abe Envoy, {AMBASSADOR}: none." in said["notice.docx"]
    together = f"Cora Command, {COMMANDER}, and Abe Envoy, {AMBASSADOR}"
    for name in ("decision-report.docx", "schedule-pdf.pdf", "letters"):
        assert together in " ".join(said[name].split()), name
    asked = tmp_path / "asked.pdf"
    run("export", decided, "disclosure", "--round", ROUND, "--out", asked)
    posts = f"{COMMANDER} and {AMBASSADOR}, on 20 April 2026, notice 001/2026."
    assert posts in " ".join(words_of(asked).split()), "both who signed jointly decided"
    assert run("verify", decided).status == 0


def words_of(path: Path) -> str:
    """Return all that can be read in a paper, or in each of a folder."""
    if path.is_dir():
        return "\n".join(words_of(one) for one in sorted(path.iterdir()))
    if path.suffix == ".pdf":
        return pdf_text(path)
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as whole:
            parts = [whole.read(name).decode("utf-8") for name in whole.namelist() if name.endswith(".xml")]
        return "\n".join(re.sub(r"<[^>]+>", "", part) if path.suffix == ".docx" else part for part in parts)
    return path.read_text(encoding="utf-8")
