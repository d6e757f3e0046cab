"""Areas and pots in a small grid: typed, pasted from a spreadsheet, or offered and checked."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.pages.set_up.starting.area_grid import AreaGrid, Offered
from scoring.round import Area
from tests.gui.conftest import plain_app  # noqa: F401  a fixture

KNOWN = ("Coventry", "Dudley", "Walsall")


@pytest.fixture
def areas(dressed: None, qtbot: object) -> Iterator[AreaGrid]:
    grid = AreaGrid(KNOWN, Offered(()))
    grid.show()
    grid.activateWindow()
    yield grid
    grid.hide()
    grid.deleteLater()


def typed(areas: AreaGrid, row: int, *texts: str) -> None:
    for column, text in enumerate(texts):
        cell = areas.grid.cell(row, column)
        cell.setFocus()
        cell.selectAll()
        QTest.keyClicks(cell, text)
    areas.grid.cell(row, 0).setFocus()


def pasted(areas: AreaGrid, row: int, column: int, text: str) -> None:
    QApplication.clipboard().setText(text)
    cell = areas.grid.cell(row, column)
    cell.setFocus()
    cell.selectAll()
    QTest.keyClick(cell, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def names(areas: AreaGrid) -> list[str]:
    return [line.texts[0] for line in areas.grid.lines]


def test_what_is_typed_is_read_to_the_penny_and_a_new_row_is_always_there(areas: AreaGrid) -> None:
    typed(areas, 0, "Dudley", "0")
    assert areas.found.text().startswith("1 area, £0 in the pots. No pot has any money yet")
    typed(areas, 0, "Dudley", "34000.50", "10k")
    QTest.keyClick(areas.grid.cell(0, 0), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is areas.grid.cell(1, 0)
    typed(areas, 1, "Walsall", "£1,234")

    assert areas.areas == (Area("Dudley", 3_400_050, 1_000_000), Area("Walsall", 123_400))
    assert areas.grid.cell(0, 1).text() == "£34,000.50"
    # 34,000.50 + 1,234 = 35,234.50
    assert areas.found.text() == "2 areas, £35,234.50 in the pots, £10,000 start-up money separate."
    assert areas.grid.cell(1, 1).accessibleName() == "Pot, line 2, Walsall"
    assert areas.first_problem() is None
    agreed: list[bool] = []
    ended: list[bool] = []
    areas.agreed.connect(lambda: agreed.append(True))
    areas.grid.ended.connect(lambda: ended.append(True))
    QTest.keyClick(areas.grid.cell(2, 0), Qt.Key.Key_Down)
    assert (agreed, ended) == ([], [])
    QTest.keyClick(areas.grid.cell(2, 0), Qt.Key.Key_Return)
    assert (agreed, ended) == ([], [True]), "Enter past the last area starts nothing"
    QTest.keyClick(areas.grid.cell(0, 0), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (agreed, ended) == ([True], [True])


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (
            ("Dudley", "4,50"),
            "Pot of Dudley: “4,50” is not an exact amount; write it like 4500 or £4,500.00.",
        ),
        (("Dudley", "1", "-5"), "Start-up money of Dudley: “-5” is below £0; write an amount of £0 or more."),
        (("Dudley £9,000",), "“Dudley £9,000” has an amount in the area's name. Put it into the next cell."),
        (("", "5"), "Line 1 has no area. Enter one, or remove the line."),
    ],
)
def test_what_cannot_be_read_is_said_once_the_cell_is_left(
    areas: AreaGrid, texts: tuple[str, ...], words: str
) -> None:
    typed(areas, 0, *texts)
    assert areas.first_problem() is not None
    areas.grid.cell(1, 0).setFocus()

    assert areas.form.wrong.text() == words
    assert not areas.found.isVisible()
    assert areas.first_problem()[0] == words
    QTest.keyClick(areas.grid.cell(0, 0), Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert not areas.form.wrong.isVisible()


def test_a_block_says_which_areas_there_are_and_is_taken_back_with_one_key(areas: AreaGrid) -> None:
    areas.show_value(Offered([Area(name, 0) for name in ("Coventry", "Dudley", "Walsall")], is_last=False))

    pasted(areas, 0, 0, "NPU\tBudget\r\nDudley\t34000\r\nSandwell\t£38,000\r\nTotal\t72,000\r\n")

    assert areas.areas == (Area("Dudley", 3_400_000), Area("Sandwell", 3_800_000))
    assert areas.form.told.text() == (
        "The row “Total” agrees with the areas, £72,000, and is left out. 2 areas were offered and are not "
        "in it: they are left out (Ctrl+Z takes the block back)."
    )
    assert areas.grid.cell(0, 0).isModified()
    QTest.keyClick(areas.grid.cell(0, 0), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(areas) == ["Coventry", "Dudley", "Walsall"]


def test_a_column_of_amounts_goes_down_beside_the_names_and_what_was_typed_stays(areas: AreaGrid) -> None:
    areas.show_value(Offered([Area("Coventry", 0), Area("Dudley", 0)], is_last=False))
    pasted(areas, 0, 1, "48000\n34000")
    typed(areas, 2, "Sandwell", "38000")

    pasted(areas, 3, 0, "Walsall\t1\nDudley\t2")

    # what the block names anew is Dudley; Coventry's and Sandwell's amounts were typed or pasted
    assert areas.areas == (
        Area("Coventry", 4_800_000),
        Area("Sandwell", 3_800_000),
        Area("Walsall", 100),
        Area("Dudley", 200),
    )
    # areas that name the same pot share it, and a copy keeps it
    areas.grid.show_lines(())
    pasted(areas, 0, 0, "Area\tPot\tShared pot\nCoventry\t40\tBoth\nDudley\t30\tBoth\nWalsall\t5\t")
    found = areas.areas
    shared = [(area.pot_pence, area.shared_pot) for area in found]
    assert shared == [(4000, "Both"), (3000, "Both"), (500, "")]
    areas.grid.show_lines(())
    areas.show_value(Offered(found, is_last=True))
    assert areas.areas == found


def test_a_name_one_letter_off_is_asked_about_and_not_taken_unasked(areas: AreaGrid) -> None:
    pasted(areas, 0, 0, "Coventy\t1\nDudley\t2\nSandwell\t3\nSandwel\t4")

    assert areas.form.slip.words.text() == (
        "“Coventy” is almost “Coventry”, which this record knows already. Which is right?"
    )
    assert areas.first_problem()[1] is areas.form.slip.use
    areas.form.slip.use.click()
    assert names(areas) == ["Coventry", "Dudley", "Sandwell", "Sandwel"]
    assert areas.form.slip.use.text() == "Use “Sandwell”"  # a row above has that name
    areas.form.slip.keep.click()
    assert not areas.form.slip.isVisible()
    assert areas.first_problem() is None
    assert areas.areas[3] == Area("Sandwel", 400)
