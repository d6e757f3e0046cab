"""A sheet is found by whatever path its workbook names it, and a damaged or foreign package stays refused."""

from pathlib import Path

import pytest

from exchange.reading.sheet_scan import part_name
from exchange.reading.sheets import NoSavedValue, SheetTable, filled, read_book
from tests.exchange import hostile

PATHS = [
    "worksheets/sheet1.xml",
    "./worksheets/sheet1.xml",
    "../xl/worksheets/sheet1.xml",
    "worksheets\\sheet1.xml",
    "\\xl\\worksheets\\sheet1.xml",
    "/xl/worksheets/sheet1.xml",
    "/xl/./worksheets/sheet1.xml",
]


@pytest.mark.parametrize("target", PATHS)
def test_every_way_of_writing_a_sheets_path_names_the_same_part(target: str) -> None:
    assert part_name(target) == "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("target", PATHS)
def test_a_sheet_is_read_by_any_path_with_its_marked_cells(tmp_path: Path, target: str) -> None:
    unsaved = '<row r="2"><c r="A2"><f>1+1</f></c></row>'
    parts = hostile.package(hostile.sheet_xml(hostile.ONE_ROW + unsaved))
    ties = parts["xl/_rels/workbook.xml.rels"].decode()
    parts["xl/_rels/workbook.xml.rels"] = ties.replace("worksheets/sheet1.xml", target).encode()
    path = tmp_path / "odd path.xlsx"
    hostile.write_parts(path, parts)

    rows = read_book(path).sheets[0].rows

    assert rows == (("Organisation", 5.0), (NoSavedValue(), None))


def test_a_value_under_a_merged_area_is_kept() -> None:
    table = SheetTable("S", True, (("Coventry", "A"), (None, "B"), ("Dudley", "C")), ((1, 1, 3, 1),))

    assert [row[0] for row in filled(table).rows] == ["Coventry", "Coventry", "Dudley"]
