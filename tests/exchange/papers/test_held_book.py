"""The workbook of all that is held on one organisation, read back."""

from datetime import UTC, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from exchange.papers.held_book import write_held_book
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
