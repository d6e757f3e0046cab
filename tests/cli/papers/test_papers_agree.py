"""Totals on every paper of a decided round equal the record and each other, to the penny."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from tests.cli.conftest import Run
from tests.cli.decided_rounds import AWARDS, NOTICE, TOTAL, decided_record, export_all

Papers = dict[tuple[str, str], Path]
PRINTED = "£8,801.55"
"""The total as printed: £5,400.55 in Coventry and £3,401.00 in Walsall."""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a decided round."""
    return decided_record(tmp_path_factory.mktemp("decided"), _plain)


@pytest.fixture(scope="module")
def papers(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """Every paper of it in every form."""
    return export_all(record, tmp_path_factory.mktemp("papers"))


def _plain(field: str) -> str:
    return f"Some words of {field}"


def _pence(value: Any) -> int:
    return round(Decimal(str(value).replace("£", "").replace(",", "")) * 100)


def _rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """Return the lines of a sheet under its heading row, which is the first with four cells or more."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    at = next(
        n for n, row in enumerate(rows) if sum(isinstance(c, str) and c != "" for c in row) == len(row) > 3
    )
    return [dict(zip(map(str, rows[at]), row, strict=True)) for row in rows[at + 1 :] if any(row)]


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


def _text(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    finally:
        pages.close()


def _of_the_record(record: Path, run: Run) -> dict[str, int]:
    found = run("rank", record, "--json").json["applications"]
    decided = [(row["area"], row["decision"]["amount"]) for row in found]
    return {area: sum(_pence(sum_ or 0) for of, sum_ in decided if of == area) for area in AWARDS}


def _schedule(papers: Papers) -> dict[str, int]:
    return _areas(_rows(papers["schedule-xlsx", ".xlsx"], "Areas"), "Awarded")


def _schedule_lines(papers: Papers) -> dict[str, int]:
    return _areas(_rows(papers["schedule-xlsx", ".xlsx"], "Schedule"), "Awarded")


def _payments(papers: Papers) -> dict[str, int]:
    return _areas(_rows(papers["finance", ".xlsx"], "Payments"), "Amount")


def _finance_areas(papers: Papers) -> dict[str, int]:
    return _areas(_rows(papers["finance", ".xlsx"], "By area"), "Amount")


def _monitored(papers: Papers) -> dict[str, int]:
    return _areas(_rows(papers["monitoring", ".xlsx"], "Awards"), "Awarded")


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
    assert (lines["All areas"]["Awarded"], lines["Dudley"]["Awarded"]) == (PRINTED, "£0.00")
    # Walsall: £3,500.00 pot - £99.00 committed before - £3,401.00 awarded
    assert lines["Walsall"]["Left of the pot"] == "£0.00"
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
        text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
        offered = re.search(r"a grant of (£[\d,]+(?:\.\d\d)?)", text)
        assert offered is not None
        found[of[path.name[:7]]] += _pence(offered[1])
    return found


@pytest.mark.parametrize(
    "read",
    [
        _schedule,
        _schedule_lines,
        _payments,
        _finance_areas,
        _monitored,
        _noticed,
        _reported,
        _published,
        _open_data,
        _year_table,
        _year_awards,
        _letters,
    ],
)
def test_the_sums_of_each_area_are_those_of_the_record(
    record: Path, papers: Papers, run: Run, read: Callable[[Papers], dict[str, int]]
) -> None:
    awarded = {area: pence for area, pence in read(papers).items() if pence}

    assert awarded == _of_the_record(record, run) == AWARDS


@pytest.mark.parametrize("kind", ["schedule-pdf", "notice", "decision-report", "tables"])
def test_each_pdf_prints_the_same_total(papers: Papers, kind: str) -> None:
    printed = PRINTED.removeprefix("£") if kind == "tables" else PRINTED  # the heading has the sign
    assert printed in _text(papers[kind, ".pdf"])


def test_the_letters_are_merged_in_one_without_losing_a_penny(papers: Papers) -> None:
    text = "\n".join(p.text for p in Document(str(papers["letters", ""] / "All letters.docx")).paragraphs)

    assert sum(map(_pence, re.findall(r"a grant of (£[\d,]+(?:\.\d\d)?)", text))) == TOTAL
