"""The workbook of all that is held on one organisation, read back."""

from datetime import UTC, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from exchange.papers.record_papers import write_held_book
from models.papers.held import HeldOn, HeldTable


def test_a_sheet_for_each_table_with_every_cell(tmp_path: Path) -> None:
    tables = (
        HeldTable("applications", ("id", "contact name"), ((1, "Una Test"), (2, "=HYPERLINK(1)"))),
        HeldTable("journal", ("number", "what was changed"), ((7, "Load"),)),
    )
    held = HeldOn("Allotment Friends", ((1, "ACF-001"),), tables)

    path = write_held_book(held, datetime(2026, 11, 3, tzinfo=UTC), tmp_path / "held.xlsx")

    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Applications", "Journal"]
    cells = [cell for row in book.get_sheet_by_name("Applications").to_python() for cell in row]
    assert {"Una Test", "=HYPERLINK(1)", "Contact name"} <= {str(cell) for cell in cells}


def test_a_wide_table_is_told_line_by_line_in_british_days_and_without_what_is_empty(tmp_path: Path) -> None:
    heads = tuple(f"column {number}" for number in range(10))
    row = ("2026-12-02", "2026-11-22T15:17:17.468693+00:00", "", *("x",) * 7)
    held = HeldOn("Ann Other", (), (HeldTable("members", (*heads, "words"), ((*row, ""),)),))

    path = write_held_book(held, datetime(2026, 11, 3, tzinfo=UTC), tmp_path / "held.xlsx")

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Members").to_python()[3:]
    assert rows[:4] == [
        ["What", "What is held"],
        ["Column 0", "2 December 2026"],
        ["Column 1", "22 Nov 2026, 15:17 UTC"],
        ["Column 3", "x"],
    ]
    assert not any("Words" in row for row in rows)
