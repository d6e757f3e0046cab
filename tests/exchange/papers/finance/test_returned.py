"""Expenditure from finance's workbook: columns by heading, faults by cell, and nothing half done."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from exchange.forms import FormFaults
from exchange.papers.finance.returned import ReadFigure, read_expenditure
from models.papers.year.year_end_lines import YearEnd, year_end_lines
from models.papers.year.year_facts import FundYear, LineEnd, Spent, YearAward, YearPot
from models.trouble import Trouble

MARCH, TODAY = date(2027, 3, 31), date(2027, 5, 1)
STANDS = Spent(100_000, 0, MARCH, "before.xlsx")
AWARD = YearAward("Dudley", 1, "Kite Club", "Kites", "", 9, 9, 0, is_known=False, reference="A-031-01")
OF = FundYear(
    "Active Citizens Fund",
    "2026/27",
    (YearPot("Birmingham East", 1), YearPot("St John's", 1), YearPot("Dudley", 1)),
    (AWARD,),
    (),
    ends={"Dudley": LineEnd(STANDS)},
)
YEAR = YearEnd(OF, year_end_lines(OF))
HEAD = ("NPU's", "Expenditure £", "Start-up expenditure", "As at", "Source")


Rows = Sequence[Sequence[object]]


def book(path: Path, *rows: Sequence[object], hidden: str = "", **others: Rows) -> Path:
    """Write a workbook of a sheet Ledger with these rows, and of other sheets by their names."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, lines in {"Ledger": rows, **others}.items():
        sheet = made.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for line in lines:
            sheet.append(line)
    made.save(path)
    return path


def read(path: Path, *rows: Sequence[object], **sheets: Any) -> tuple[ReadFigure, ...]:
    return read_expenditure(book(path / "ledger.xlsx", *rows, **sheets), YEAR, TODAY).figures


def faults(path: Path, *rows: Sequence[object]) -> tuple[str, ...]:
    with pytest.raises(FormFaults) as found:
        read(path, *rows)
    return found.value.faults


def test_columns_are_found_by_their_headings_below_titles(tmp_path: Path) -> None:
    found = read(
        *(tmp_path, ("Spending of the year",), (None,), HEAD),
        ("Birmingham East NPU", 1500.5, "£500", date(2027, 4, 2), "Ledger 7"),
        *(("ST JOHNS", "£2,000", None, None, None), (None, None), ("Total", 3500.5)),
    )

    # The expenditure of £1,500.50 includes the £500 of start-up money.
    assert found == (
        ReadFigure("Birmingham East", "", Spent(100_050, 50_000, date(2027, 4, 2), "Ledger 7"), None),
        ReadFigure("St John's", "", Spent(200_000, 0, MARCH, "ledger.xlsx"), None),
    )


def test_awards_are_known_by_reference_and_dates_by_the_order_of_their_column(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, ("Award ref.", "Area", "Actual"), ("a-031-01", "Dudley", 5), ("–", "Dudley", 6))

    assert [(one.line, one.award, one.now.pence) for one in found] == [
        ("", "A-031-01", 500),
        ("Dudley", "", 600),
    ]
    assert found[1].before == STANDS

    rows = (HEAD, ("Dudley", 5, None, "4/2/2027", ""), ("St Johns", 5, None, "4/13/2027", ""))

    found = read(tmp_path, *rows)

    assert [one.now.as_at for one in found] == [date(2027, 4, 2), date(2027, 4, 13)]


def test_the_same_file_twice_or_a_row_without_a_figure_changes_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "copy of before.xlsx", ("Area", "Spent"), ("Dudley", 1000))

    reading = read_expenditure(path, YEAR, TODAY)

    assert (reading.figures, reading.unchanged, reading.total_pence) == ((), 1, 0)
    assert reading.sheet == "Ledger"

    (only,) = read(
        tmp_path, ("Area", "Spent"), ("Dudley", None), ("Birmingham East", "n/a"), ("St John's", 0)
    )

    assert (only.line, only.now.pence) == ("St John's", 0)


def test_every_fault_is_named_by_its_cell(tmp_path: Path) -> None:
    rows = (
        HEAD,
        ("Wednesbury", 1),
        ("Dudley", "about 500", None, "31/31/2027"),
        ("Birmingham East", 5, 6),
        (None, 7),
        ("St John's", 1),
        ("St Johns", 2),
        ("St John's", -5),
        ("Dudley", 5, None, date(2027, 5, 2)),
    )

    found = faults(tmp_path, *rows)

    places = [fault.split(": ")[0] for fault in found]
    assert places == [f"Ledger!{cell}" for cell in ("A2", "B3", "D3", "C4", "A5", "A7", "B8", "D9")]
    assert "“Wednesbury” is not an area or a line of this fund and year" in found[0]
    assert "£6.00 of start-up money is more than the expenditure of £5.00" in found[3]
    assert "is in row 6 already" in found[5]
    assert "2 May 2027 is still to come. Expenditure is recorded up to a day that has come" in found[7]


def test_a_total_that_differs_is_a_fault_and_a_hidden_sheet_passed_over(
    tmp_path: Path,
) -> None:
    found = faults(tmp_path, ("Area", "Spent"), ("Dudley", 5), ("Total", 6))

    assert found == ("Ledger!B3: the total is £6.00, and the rows above come to £5.00.",)

    with pytest.raises(Trouble, match="no table of expenditure"):
        read(tmp_path, ("Nothing",), Behind=[("Area", "Spent")], hidden="Behind")
