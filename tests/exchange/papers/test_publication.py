"""The monthly list holds every award once, as numbers, dates and text, and adds up."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from exchange.papers.document.values import Heading, Para, Table, Together
from exchange.papers.paper_writing import write_paper
from exchange.papers.public_lists import list_document
from models.papers.status import PaperStatus
from models.papers.transparency.lists import PublicationList, PublishedAward
from scoring.money import one_form
from scoring.written.text import Refused

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
HOSTILE = '=HYPERLINK("http://example.invalid") <b>& Co'


def award(number: int, pence: int, *, reasons: str = "It meets a need.") -> PublishedAward:
    return PublishedAward(
        award=f"A-031-{number:02d}",
        fund="Active Citizens Fund",
        year="2026/27",
        recipient=HOSTILE,
        numbers="01234567",
        project="-1+1",
        purpose="Sessions.",
        reasons=reasons,
        conditions=("Receipts are kept.", "No promise of renewal."),
        start_on=date(2027, 1, 4),
        end_on=None,
        area="Coventry",
        amount_pence=pence,
        decided_on=date(2026, 11, 14),
        notice="031/2026",
    )


def published(*awards: PublishedAward) -> PublicationList:
    return PublicationList(
        span="November 2026",
        ends_on=date(2026, 11, 30),
        fund="",
        awards=awards,
        office="Example office",
        marking="OFFICIAL",
    )


TWO = published(award(1, 450_000), award(2, 5))


def test_the_workbook_has_real_figures_and_a_live_sum(tmp_path: Path) -> None:
    path = write_paper("publication", TWO, STATUS, tmp_path / "p.xlsx")
    sheet = openpyxl.load_workbook(path)["Awards"]

    row = {sheet.cell(4, n).value: sheet.cell(5, n) for n in range(1, sheet.max_column + 1)}
    assert row["Recipient"].value == HOSTILE
    assert row["Recipient"].data_type == "s"
    assert row["Registration no."].value == "01234567"
    assert row["Amount"].value == 4500
    assert row["Decided on"].value == datetime(2026, 11, 14)
    assert sheet["M7"].value == "=SUM(M5:M6)"
    assert row["Conditions"].value == "1 to 2 (in full on the sheet Conditions)"
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Awards").to_python()
    assert rows[6][12] == 4500.05  # £4,500.00 + £0.05, the value beside the formula


@pytest.mark.parametrize(
    ("pence", "told", "number"),
    [
        ((450_000, 100), "2 awards, £4,501.", '"£"#,##0;[Red]-"£"#,##0'),
        ((450_000, 5), "2 awards, £4,500.05.", '"£"#,##0.00;[Red]-"£"#,##0.00'),
    ],
)
def test_the_workbook_shows_pence_only_where_a_figure_of_the_column_has_some(
    tmp_path: Path, pence: tuple[int, ...], told: str, number: str
) -> None:
    first, other = (award(n, sum_of) for n, sum_of in enumerate(pence, 1))
    several = published(first, replace(other, area="Dudley"))

    book = openpyxl.load_workbook(write_paper("publication", several, STATUS, tmp_path / "p.xlsx"))

    assert told in str(book["Awards"]["A2"].value)
    cells = [(sheet, cell) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    amounts = {sheet.title: cell.number_format for sheet, cell in cells if "£" in cell.number_format}
    assert amounts == {"Awards": number, "By fund and area": number}


def test_a_list_says_up_to_when_it_goes_and_what_was_taken_back(tmp_path: Path) -> None:
    open_yet = replace(TWO, ends_on=date(2026, 12, 31), gone=("ACF-001: awarded £3,200.00; declined",))
    document = list_document(open_yet, STATUS)
    sheets = openpyxl.load_workbook(write_paper("publication", open_yet, STATUS, tmp_path / "p.xlsx"))

    heads = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert heads[:2] == ["Awards, by the day of decision, up to 2 December 2026", "Taken back since"]
    told = next(block for block in document.blocks if isinstance(block, Table))
    assert told.rows == (("ACF-001: awarded £3,200; declined",),)
    assert sheets["Taken back since"]["A5"].value == "ACF-001: awarded £3,200.00; declined"
    over = list_document(TWO, STATUS)
    head = next(block.text for block in over.blocks if isinstance(block, Heading))
    assert head == "Awards, by the day of decision"


def test_a_list_of_which_no_award_stands_does_not_say_that_none_was_made() -> None:
    gone = replace(published(), gone=("A-031-01, Example Friends: awarded £5",))

    for one, words in ((gone, "that was awarded"), (published(), "was awarded")):
        first = next(b.text for b in list_document(one, STATUS).blocks if isinstance(b, Para))
        assert first.startswith(f"No grant {words} in this period"), first


def test_the_csv_has_the_same_lines_and_no_formula(tmp_path: Path) -> None:
    path = write_paper("publication", TWO, STATUS, tmp_path / "p.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert [row["Amount"] for row in rows] == ["4500.00", "0.05"]
    assert rows[0]["Recipient"] == f"'{HOSTILE}"
    assert rows[0]["Project"] == "'-1+1"
    assert rows[0]["From"] == "2027-01-04"
    assert rows[0]["To"] == ""
    assert rows[0]["Conditions in full"] == "Receipts are kept. No promise of renewal."
    assert len(path.read_text("utf-8-sig").splitlines()) == 3, "a line of the file for each award"


def test_conditions_that_several_awards_have_stand_in_full_once_and_what_one_has_beside_it(
    tmp_path: Path,
) -> None:
    own = replace(award(3, 1), conditions=("No promise of renewal.", "Say when it opens."))
    several = published(award(1, 1), own, replace(award(2, 1), conditions=("Only this.",)))

    book = openpyxl.load_workbook(write_paper("publication", several, STATUS, tmp_path / "p.xlsx"))
    blocks = list_document(several, STATUS).blocks

    told = [book["Awards"].cell(row, 9).value for row in (5, 6, 7)]
    assert told == [
        "1 (in full on the sheet Conditions)\nReceipts are kept.",
        "1 (in full on the sheet Conditions)\nSay when it opens.",
        "Only this.",
    ]
    assert [cell.value for cell in book["Conditions"][5]] == [1, "No promise of renewal."]
    assert isinstance(blocks[-1], Table)
    assert blocks[-1].rows == (("1", "No promise of renewal."),)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_month_without_awards_is_a_list_without_lines(tmp_path: Path, ending: str) -> None:
    assert write_paper("publication", published(), STATUS, tmp_path / f"p.{ending}").stat().st_size > 100


def test_an_award_without_reasons_is_named() -> None:
    assert published(award(1, 1), award(2, 1, reasons=" ")).silent == ("A-031-02",)


def test_another_ending_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"publication writes a file that ends in \.xlsx, \.csv or \.pdf"):
        write_paper("publication", TWO, STATUS, tmp_path / "p.docx")


def test_pages_join_what_belongs_together_and_add_up_by_fund_and_area(tmp_path: Path) -> None:
    other = replace(award(2, 5), area="Dudley", end_on=date(2027, 3, 1))

    with one_form(has_pence=True):
        blocks = list_document(published(award(1, 450_000), other), STATUS).blocks

    (_, second) = (block for block in blocks if isinstance(block, Together) and len(block.blocks) == 2)
    assert ("From and to", "4 Jan 2027 to 1 Mar 2027") in second.blocks[1].rows  # type: ignore[union-attr]
    assert ("Decided", "14 Nov 2026, notice 031/2026") in second.blocks[1].rows  # type: ignore[union-attr]
    book = openpyxl.load_workbook(
        write_paper("publication", published(award(1, 450_000), other), STATUS, tmp_path / "p.xlsx")
    )
    assert [cell.value for cell in book["By fund and area"][6]][1:] == ["Dudley", 1, 0.05]
    sums = next(block for block in blocks if isinstance(block, Table))
    assert [row[1:] for row in sums.rows] == [
        ("Coventry", "1", "£4,500.00"),
        ("Dudley", "1", "£0.05"),
        ("", "2", "£4,500.05"),
    ]
