"""What is typed while scoring goes to the sheet on show, and what is refused is said aloud."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.panel.scoring.grid import GridTable
from gui.pages.panel.scoring.marks import MarkButton
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.panel.scoring.sheets import closed_words
from gui.widgets.frame import status_strip
from gui.widgets.frame.sidebar import PageLink
from models.operations.panel.agreed import SetNotApplicable
from models.operations.panel.sheets import HandIn, SetMark
from tests.gui.announcing import Heard, hear
from tests.gui.pages.panel.scoring_rounds import (
    OPENED,
    at_scoring,
    by_reference,
    mark_all,
    of_the_chair,
    press,
    record_of,
)

CONTROL = Qt.KeyboardModifier.ControlModifier
ASIDE = "You declared an interest in W-014: it takes no mark."


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    return hear(monkeypatch, status_strip)


def marks(page: ScoringPage, reference: str) -> tuple[int | None, ...]:
    line = page.sheets.line(reference)
    return line.marks


def grid(page: ScoringPage) -> GridTable:
    page.as_grid.click()
    assert page.grid.table is not None
    return page.grid.table


def at(table: GridTable) -> tuple[str, int]:
    return table.reference, table.currentIndex().column()


def cell(table: GridTable, page: ScoringPage, reference: str, column: int) -> QModelIndex:
    row = [line.reference for line in page.sheets.lines].index(reference)
    return table.model().index(row, column)


def test_a_click_on_a_sheet_and_the_way_to_the_grid_and_back_keep_the_place(
    window: Window, scoring_file: Path
) -> None:
    page = at_scoring(window, scoring_file)
    QtBot.mouseClick(page.strip, Qt.MouseButton.LeftButton, pos=page.strip.rect().center())
    chosen = page.sheets.current
    assert chosen.reference != "W-003"
    press("3", Qt.Key.Key_Down)
    assert marks(page, chosen.reference)[0] == 3

    table = grid(page)
    assert at(table) == (chosen.reference, 2)
    press("4", Qt.Key.Key_Down)
    beneath = table.reference
    page.as_grid.click()

    assert marks(page, chosen.reference)[:2] == (3, 4)
    assert page.sheets.current.reference == beneath
    assert page.form.open_box.code == "A3"
    assert isinstance(QApplication.focusWidget(), MarkButton)


def test_what_takes_no_mark_says_why_aloud_and_the_grid_passes_over_it_to_the_first_gap(
    window: Window, scoring_file: Path, heard: Heard
) -> None:
    page = by_reference(at_scoring(window, scoring_file))
    press("7")
    assert heard[-1] == "Marks here are 0 to 5."
    page.pane.pane.setFocus()
    press("4")
    assert heard[-1].startswith("Digits give marks on the score sheet. Press F6 to go there")
    window.main.sidebar.findChildren(PageLink)[0].setFocus()
    press("3")
    assert heard[-1].startswith("Digits give marks on the score sheet. Press F6 to go there")
    assert len(heard) == 3
    page.show_reference("W-014")
    press("4")
    assert heard[-1] == ASIDE
    assert marks(page, "W-003")[0] is None
    mark_all(window, "W-002", marks=(4,) * 7)
    window.workspace.perform(HandIn(1, "NAIR", "W-002"))
    page.show_reference("W-002")
    press("5")
    assert heard[-1] == "Handed in. Only the chair can reopen it."
    at_meeting = replace(page.sheets.current, stage="meeting")
    assert closed_words(at_meeting, "") == "Handed in.", "nobody reopens it then"

    mark_all(window, "W-012", marks=(3,) * 7)
    page.show_reference("W-013")
    table = grid(page)
    assert at(table) == ("W-013", 1)

    press(*"4544333")
    assert at(table) == ("W-016", 1), "past W-014, in which NAIR has an interest"
    press(Qt.Key.Key_Up)
    assert at(table) == ("W-013", 1)
    table.setCurrentIndex(cell(table, page, "W-013", 0))
    press(Qt.Key.Key_Down)
    assert at(table) == ("W-014", 0), "its name can be read"
    press("4")
    assert heard[-1] == ASIDE

    table.setCurrentIndex(cell(table, page, "W-014", 3))
    press("4")
    assert (heard[-1], window.main.toast.words) == (ASIDE, ASIDE)
    assert at(table) == ("W-014", 3)
    table.setCurrentIndex(cell(table, page, "W-013", 7))
    press("9")
    assert heard[-1] == "Marks here are 0 to 5."
    assert marks(page, "W-013") == (4, 5, 4, 4, 3, 3, 3)
    table.setCurrentIndex(cell(table, page, "W-013", 0))
    press("4")
    assert heard[-1].startswith("Digits give marks in the columns of the criteria.")
    # the keys of the page act on the grid while it is on show
    for number in (1, 3):
        window.workspace.perform(SetMark(1, "NAIR", "W-005", f"A{number}", 3, None))
    page.show_reference("W-005")
    table.setCurrentIndex(cell(table, page, "W-005", 1))
    press(Qt.Key.Key_Return, modifier=CONTROL)
    assert at(table) == ("W-005", 2)
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert table.reference == "W-006"
    press(Qt.Key.Key_PageUp, modifier=CONTROL)
    assert table.reference == "W-005"
    assert page.sheets.current.reference == "W-005", "what is done with a sheet is done with the one at hand"


def test_the_grid_passes_over_a_criterion_that_is_set_aside(
    window: Window, tmp_path: Path, heard: Heard
) -> None:
    page = at_scoring(
        window, record_of(tmp_path / "aside.panel", of_the_chair(not_applicable_allowed=True), OPENED)
    )
    window.workspace.perform(SetNotApplicable(1, "W-002", "A2", "no match is asked", ""))
    page.show_reference("W-002")
    table = grid(page)

    press("4")
    assert at(table) == ("W-002", 3)
    not_applicable = cell(table, page, "W-002", 2)
    assert not_applicable.data() == "n/a"
    assert not_applicable.data(Qt.ItemDataRole.AccessibleTextRole).endswith("A2 Local need, not applicable")
    table.setCurrentIndex(not_applicable)
    press("5")
    assert heard[-1] == "A2 takes no mark on W-002: the chair set it aside (no match is asked)."


def test_the_next_person_types_into_the_grid_at_once(window: Window, scoring_file: Path) -> None:
    page = at_scoring(window, scoring_file)
    table = grid(page)
    table.setCurrentIndex(cell(table, page, "W-003", 1))
    page.as_grid.setFocus()

    window.main.tools.use_as(Identity("Aisha Khan", "member", "KHAN"))
    press("5")
    assert page.sheets.all.member.code == "KHAN"
    first = next(
        line
        for line in page.sheets.lines
        if any(mark is not None for mark in line.marks) and line.reference != "W-002"
    )
    assert first.marks[0] == 5, "no other click is wanted of who takes over the laptop"


def test_a_long_scale_takes_its_numbers_whole(window: Window, tmp_path: Path, heard: Heard) -> None:
    page = at_scoring(window, record_of(tmp_path / "long.panel", of_the_chair(scale_maximum=20), OPENED))
    page.show_reference("W-002")

    press(*"25")
    assert heard[-1] == "Marks here are 0 to 20."
    press(Qt.Key.Key_Down)
    table = grid(page)
    assert marks(page, "W-002")[0] == 2
    assert at(table) == ("W-002", 2)
    press(*"15", *"3", "2", Qt.Key.Key_Return, *"20")

    assert marks(page, "W-002") == (2, 15, 3, 2, 20, None, None)
