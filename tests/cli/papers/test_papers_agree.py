"""Papers of a decided round agree to the penny."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from exchange.papers.paper_reading import read_paper
from tests.cli.conftest import Run
from tests.cli.decided_rounds import AWARDS, NOTICE, TOTAL, export_all
from tests.paper_text import pdf_text, word_text

Papers = dict[tuple[str, str], Path]
Told = dict[str, tuple[str, int]]
"""Who has which amount in pence, by the application's reference."""
DECIDED_ON = "2 December 2026"
PRINTED = "£8,801.55"
"""The total as printed: £5,400.55 in Coventry and £3,401.00 in Walsall."""


@pytest.fixture(scope="module")
def papers(decided_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """Every paper of a decided round in every form."""
    return export_all(decided_once, tmp_path_factory.mktemp("papers"))


def _pence(value: Any) -> int:
    return round(Decimal(str(value).replace("£", "").replace(",", "")) * 100)


def _rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """Return the lines under a sheet's heading row, the first with four cells or more, to its blank row."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    at = next(
        n for n, row in enumerate(rows) if sum(isinstance(c, str) and c != "" for c in row) == len(row) > 3
    )
    lines = takewhile(any, rows[at + 1 :])
    return [dict(zip(map(str, rows[at]), row, strict=True)) for row in lines]


def _areas(rows: list[dict[str, Any]], heading: str) -> dict[str, int]:
    """Return the sums by area of the lines that have an area of the round."""
    found: dict[str, int] = {}
    for row in rows:
        if row["Area"] in AWARDS and row[heading] not in ("", None):
            found[row["Area"]] = found.get(row["Area"], 0) + _pence(row[heading])
    return found


def _tables(path: Path) -> Iterator[list[list[str]]]:
    for table in Document(str(path)).tables:
        yield [[cell.text for cell in row.cells] for row in table.rows]


def _of_the_record(record: Path, run: Run) -> dict[str, int]:
    found = run("rank", record, "--json").json["applications"]
    decided = [(row["area"], row["decision"]["amount"]) for row in found]
    return {area: sum(_pence(sum_ or 0) for of, sum_ in decided if of == area) for area in AWARDS}


def _on_sheet(kind: str, sheet: str, heading: str) -> Callable[[Papers], dict[str, int]]:
    return lambda papers: _areas(_rows(papers[kind, ".xlsx"], sheet), heading)


def _noticed(papers: Papers) -> dict[str, int]:
    tables = list(_tables(papers["notice", ".docx"]))
    annex = [rows for rows in tables if rows[0][0] == "Reference"]
    (*_, last) = annex[-1].pop()  # the total, under the last subtotal
    assert _pence(last) == TOTAL
    assert sum(_pence(row[-1]) for rows in annex for row in rows if row[0].startswith("ACF-")) == TOTAL
    word = Document(str(papers["notice", ".docx"]))
    headings = [each.text for each in word.paragraphs if each.style.name == "Heading 2"]
    sums = [_pence(rows[-1][-1]) for rows in annex]
    return dict(zip([area for area in headings if area in AWARDS], sums, strict=True))


def _reported(papers: Papers) -> dict[str, int]:
    rows = next(rows for rows in _tables(papers["decision-report", ".docx"]) if rows[0][0] == "Area")
    lines = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert (lines["Total"]["Awarded"], lines["Dudley"]["Awarded"]) == (PRINTED, "£0.00")
    # Walsall: £3,500.00 pot - £99.00 committed before - £3,401.00 awarded
    assert lines["Walsall"]["Pot left"] == "£0.00"
    return {area: _pence(lines[area]["Awarded"]) for area in AWARDS}


def _published(papers: Papers) -> dict[str, int]:
    assert _pence(_rows(papers["publication", ".xlsx"], "Awards")[-1]["Amount"]) == TOTAL
    with papers["publication", ".csv"].open(encoding="utf-8-sig", newline="") as stream:
        rows: list[dict[str, Any]] = list(csv.DictReader(stream))
    assert {row["Notice"] for row in rows} == {NOTICE}
    assert _areas(rows, "Amount") == _areas(_rows(papers["publication", ".xlsx"], "Awards"), "Amount")
    return _areas(rows, "Amount")


def _open_data(papers: Papers) -> dict[str, int]:
    grants = json.loads(papers["360giving", ".json"].read_text("utf-8"))["grants"]
    rows = [
        {"Area": grant["beneficiaryLocation"][0]["name"], "Amount": grant["amountAwarded"]}
        for grant in grants
    ]
    sheet = _rows(papers["360giving", ".xlsx"], "grants")
    assert [_pence(row["Amount Awarded"]) for row in sheet] == [_pence(row["Amount"]) for row in rows]
    return _areas(rows, "Amount")


def _year_table(papers: Papers) -> dict[str, int]:
    """Table 2's commitment also counts what was committed before: £99.00 in Walsall."""
    rows = _rows(papers["tables", ".xlsx"], "Table 2")
    assert _pence(rows[-1]["Commitment £"]) == TOTAL + 9_900
    before = {"Coventry": 0, "Walsall": 9_900}
    return {area: sum_ - before[area] for area, sum_ in _areas(rows, "Commitment £").items()}


def _year_awards(papers: Papers) -> dict[str, int]:
    rows = _rows(papers["tables", ".xlsx"], "Requested and awarded")
    assert _pence(rows[-1]["Awarded £"]) == TOTAL
    return _areas(rows, "Awarded £")


def _letters(papers: Papers) -> dict[str, int]:
    """Each offer names its amount first; which area it is of, its reference says."""
    of = {"ACF-001": "Coventry", "ACF-003": "Coventry", "ACF-002": "Walsall", "ACF-004": "Walsall"}
    found = dict.fromkeys(AWARDS, 0)
    for path in papers["letters", ""].glob("ACF-*offer.docx"):
        text = word_text(path)
        offered = re.search(r"a grant of (£[\d,]+(?:\.\d\d)?)", text)
        assert offered is not None
        found[of[path.name[:7]]] += _pence(offered[1])
    return found


@pytest.mark.parametrize(
    "read",
    [
        _on_sheet("schedule-xlsx", "Areas", "Awarded"),
        _on_sheet("schedule-xlsx", "Schedule", "Awarded"),
        _on_sheet("finance", "Payments", "Amount"),
        _on_sheet("finance", "By area", "Amount"),
        _on_sheet("monitoring", "Awards", "Stands at"),
        *(_noticed, _reported, _published, _open_data, _year_table, _year_awards, _letters),
    ],
)
def test_the_sums_of_each_area_are_those_of_the_record(
    decided_once: Path, papers: Papers, run: Run, read: Callable[[Papers], dict[str, int]]
) -> None:
    awarded = {area: pence for area, pence in read(papers).items() if pence}

    assert awarded == _of_the_record(decided_once, run) == AWARDS


@pytest.mark.parametrize("kind", ["schedule-pdf", "notice", "decision-report", "tables"])
def test_each_pdf_prints_the_same_total(papers: Papers, kind: str) -> None:
    printed = PRINTED.removeprefix("£") if kind == "tables" else PRINTED  # the heading has the sign
    assert printed in pdf_text(papers[kind, ".pdf"])


def _by_award(papers: Papers) -> dict[str, str]:
    return {row["Award"]: row["Application"] for row in _rows(papers["monitoring", ".xlsx"], "Awards")[:-1]}


def _told(path: Path, sheet: str, reference: str, who: str, amount: str) -> Told:
    rows = [row for row in _rows(path, sheet) if row[amount] not in ("", None) and row[who]]
    return {row[reference]: (row[who], _pence(row[amount])) for row in rows if _pence(row[amount])}


def _told_in_notice(papers: Papers) -> Told:
    rows = [row for rows in _tables(papers["notice", ".docx"]) for row in rows]
    return {row[0]: (row[2], _pence(row[-1])) for row in rows if row[0].startswith("ACF-")}


def _told_in_letters(papers: Papers) -> Told:
    found = {}
    for path in papers["letters", ""].glob("ACF-*offer.docx"):
        text = word_text(path)
        offered = re.search(r"pleased to offer (.+) a grant of (£[\d,]+(?:\.\d\d)?)", text)
        assert offered is not None
        assert DECIDED_ON in text
        assert f"notice {NOTICE}" in text
        found[path.name[:7]] = (offered[1], _pence(offered[2]))
    return found


def _told_in_agreements(folder: Path) -> Told:
    found = {}
    for path in folder.glob("*.docx"):
        glance = {row[0]: row[1] for rows in _tables(path) for row in rows if len(row) == 2}
        text = "\n".join((word_text(path), *glance.values()))
        reference = re.search(r"your application was (\S+)\)", text)
        assert reference is not None
        assert f"{DECIDED_ON}, notice {NOTICE}" in text
        who = re.match(r"“You” are (.+?)(?: \([^)]*\))?(?:, .+)?\. “We” are ", glance["Who"])
        amount = re.search(r"£[\d,]+(?:\.\d\d)?", glance["How much"])
        assert who is not None
        assert amount is not None
        found[reference[1]] = (who[1], _pence(amount[0]))
    return found


def test_each_award_is_told_alike_on_every_paper_and_alone_on_its_lines(
    decided_once: Path, papers: Papers, run: Run, tmp_path: Path
) -> None:
    assert (
        run("export", decided_once, "agreement", "--round", "Autumn", "--out", tmp_path / "agreed").status
        == 0
    )
    awards = _by_award(papers)
    grants = json.loads(papers["360giving", ".json"].read_text("utf-8"))["grants"]
    published = _rows(papers["publication", ".xlsx"], "Awards")[:-1]

    said = {
        "schedule": _told(
            papers["schedule-xlsx", ".xlsx"], "Schedule", "Reference", "Organisation", "Awarded"
        ),
        "finance": _told(papers["finance", ".xlsx"], "Awards", "Application", "Payee", "Awarded"),
        "monitoring": _told(papers["monitoring", ".xlsx"], "Awards", "Application", "Recipient", "Stands at"),
        "publication": {
            awards[r["Award reference"]]: (r["Recipient"], _pence(r["Amount"])) for r in published
        },
        "360Giving": {
            awards[g["id"][g["id"].index("A-") :]]: (
                g["recipientOrganization"][0]["name"],
                _pence(g["amountAwarded"]),
            )
            for g in grants
        },
        "notice": _told_in_notice(papers),
        "letters": _told_in_letters(papers),
        "agreements": _told_in_agreements(tmp_path / "agreed"),
    }

    wanted = said["notice"]
    assert len(wanted) == len(awards)
    assert {paper: told for paper, told in said.items() if told != wanted} == {}
    assert {(g["awardDate"], r["Notice"]) for g, r in zip(grants, published, strict=True)} == {
        ("2026-12-02", NOTICE)
    }

    found = [
        (path.name, award, application)
        for path in _files(papers)
        for line in _said_together(path)
        for award in AWARD.findall(line)
        for application in APPLICATION.findall(line)
    ]

    assert {name.partition(" ")[0] for name, *_ in found} > {"schedule-xlsx.xlsx", "finance.xlsx"}
    assert [one for one in found if awards[one[1]] != one[2]] == []


DAY = re.compile(r"\d{4}-\d\d-\d\d")
WRITTEN = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})\b")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _days(words: str) -> Iterator[str]:
    """Yield the days of a text, as 2026-12-02."""
    yield from DAY.findall(words)
    for day, month, year in WRITTEN.findall(words):
        if month in MONTHS:
            yield f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"


AWARD, APPLICATION = re.compile(r"\bA-031-\d\d\b"), re.compile(r"\bACF-\d{3}\b")


def _files(papers: Papers) -> Iterator[Path]:
    for path in papers.values():
        yield from path.glob("*.docx") if path.is_dir() else [path]


def _said_together(path: Path) -> Iterator[str]:
    """Yield what stands on one line of a paper, the cells of a row together."""
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
        yield from (" | ".join(map(str, row)) for row in rows)
    elif path.suffix == ".docx":
        yield from (" | ".join(row) for table in _tables(path) for row in table)
        yield from (paragraph.text for paragraph in Document(str(path)).paragraphs)
    else:
        yield from (pdf_text(path) if path.suffix == ".pdf" else path.read_text("utf-8")).splitlines()


def test_no_paper_names_a_day_that_the_record_does_not_hold(papers: Papers) -> None:
    until = date(2027, 3, 31)  # the end of the round's year: as long as a reserve list holds
    held, written = {date(2026, 9, 1), date(2026, 12, 2), until}, datetime.now(UTC).date()

    apart = {
        (path.name, figure)
        for path in _files(papers)
        if path.suffix != ".csv"
        for _, words in read_paper(path).places
        for figure in _days(words)
        if (day := date.fromisoformat(figure)) not in held
        if not 0 <= (written - day).days <= 1  # the day on which it was written
        if not (path.parent.name == "letters" and 27 <= (day - written).days <= 28)  # challenged by then
    }

    assert apart == set()
