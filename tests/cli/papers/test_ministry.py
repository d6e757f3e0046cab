"""`export ministry`: a fund's return for a period, as a draft, as submitted, and as JSON."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.models.operations.awards.reported_funds import SUPPORT, reported_file

Q3 = ("--fund", "VF", "--period", "2026/27-Q3")
Q2 = ("--fund", "Victims Fund", "--period", "2026/27-q2")


@pytest.fixture
def fund(tmp_path: Path) -> Path:
    """A record with a year of the Victims Fund, closed."""
    return reported_file(tmp_path / "fund.panel")


def test_the_workbook_has_the_period_line_by_line_with_live_sums(
    fund: Path, run: Run, tmp_path: Path
) -> None:
    ran = run("export", fund, "ministry", *Q3, "--out", tmp_path / "q3.xlsx")

    assert (ran.status, ran.err) == (0, "")
    # £15,000.00 + £30,000.00 − £1,842.00
    sums = "£43,158.00 paid less returned, £1,234.56 of spend evidenced"
    assert f"a draft, 4 awards, {sums}, information missing for 3 awards" in ran.out
    book = load_workbook(tmp_path / "q3.xlsx")
    assert book.sheetnames[:4] == ["People", "By permitted purpose", "By service area", "Providers"]
    spending = book["By permitted purpose"]
    rows = {row[0].value: row[1].value for row in spending.iter_rows(min_col=1, max_col=2)}
    assert rows[SUPPORT[1]] == 15_000
    assert str(rows["Total"]).startswith("=SUM(B")
    assert "Return 1 gives no spend." in str(book["Providers"].cell(8, 11).value)


def test_json_has_the_same_figures_and_names_the_files(fund: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q3.docx"

    found = run("export", fund, "ministry", *Q3, "--json", "--out", path).json

    assert (found["paper"], found["version"], found["files"]) == ("ministry", None, [str(path)])
    told = found["return"]
    assert (told["period"], told["paid"], told["evidenced"]) == ("2026/27-Q3", "43158.00", "1234.56")
    assert [one["organisation"] for one in told["providers"] if one["missing"]] == [
        "Lantern Project",
        "Quiet Rooms",
        "Westmarch Victim Care",
    ]
    assert any("Westmarch Victim Care" in cell.text for t in Document(str(path)).tables for cell in t._cells)


def test_a_period_that_is_over_is_submitted_once(fund: Path, run: Run, tmp_path: Path) -> None:
    asked = ("export", fund, "ministry", *Q2, "--issue", "--as", "Grace Okoro", "--out")

    first = run(*asked, tmp_path / "q2.pdf")
    again = run(*asked, tmp_path / "again.pdf", "--reason", "A form came in late.")

    assert (first.status, first.err) == (0, "")
    assert "version 1, 0 awards, £0.00 paid" in first.out
    assert "nothing changed since version 1, so no other version is issued, and the reason" in again.err
    assert "version 1," in again.out
    assert (tmp_path / "again.pdf").read_bytes()[:4] == b"%PDF"
    assert run("verify", fund, "--against", tmp_path / "q2.pdf").status == 0
    year = ("export", fund, "ministry", "--fund", "VF", "--period", "2026/27")
    assert "year.xlsx: a draft, 4 awards" in run(*year, "--out", tmp_path / "year.xlsx").out
    signing = load_workbook(tmp_path / "year.xlsx")["To sign"]
    told = [str(cell.value) for row in signing.iter_rows() for cell in row if cell.value]
    assert any("2026/27-Q2 was submitted and has part of this money" in words for words in told)
    assert not any(words.startswith("Signed by") for words in told)
    refused = run(*year, "--issue", "--as", "Grace Okoro", "--out", tmp_path / "issued.pdf")
    assert (refused.status, (tmp_path / "issued.pdf").exists()) == (1, False)
    assert "2026/27 would report that money again, so it is written as a draft" in refused.err


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        (("ministry", "--fund", "VF"), 2, "--period is missing"),
        (("ministry", "--fund", "VF", "--period", "Q3"), 1, "is not a period"),
        (("ministry", "--fund", "VF", "--period", "2026/27", "--year", "2026/27"), 2, "not --year"),
        (("ministry", "--fund", "ACF", "--period", "2026/27"), 1, "does not report to the Ministry"),
        (("tables", "--period", "2026/27-Q3"), 2, "--period says nothing about tables"),
        (("tables", "--reason", "Late"), 2, "--reason says nothing about tables"),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    fund: Path, run: Run, tmp_path: Path, asked: tuple[str, ...], status: int, words: str
) -> None:
    try:
        ran = run("export", fund, *asked, "--out", tmp_path / "no.xlsx")
    except SystemExit as no:
        pytest.fail(f"left with {no.code}")

    assert (ran.status, words in ran.err) == (status, True)
    assert not (tmp_path / "no.xlsx").exists()
