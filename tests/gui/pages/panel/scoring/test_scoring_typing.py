"""What is typed while scoring goes to the sheet on show, and what is refused is said aloud."""

import shutil
from pathlib import Path
from typing import Any

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
from gui.pages.panel.scoring.words import closed_words
from gui.widgets.frame import toast
from gui.widgets.frame.page_link import PageLink
from models.operation import Actor
from models.operations.panel.agreed import SetNotApplicable
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from models.values.rows import InterestRow, MemberRow
from scoring.round import InterestKind
from tests.gui.announcing import Heard, hear
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.pages.panel.scoring.test_scoring_page import made_scoring_record  # noqa: F401  a fixture

CHAIR = Identity("Priya Nair", "chair", "NAIR")
OFFICER = Identity("Grace Okoro", "officer")
CONTROL = Qt.KeyboardModifier.ControlModifier
ASIDE = "You declared an interest in W-014: it takes no mark."
Key = Qt.Key | str


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    return hear(monkeypatch, toast)


@pytest.fixture
def path(made_scoring_record: Path, tmp_path: Path) -> Path:  # noqa: F811
    return Path(shutil.copy(made_scoring_record, tmp_path / "Scoring.panel"))


def make_record(path: Path, **rules: Any) -> Path:
    """Make a record of a round with other rules, whose one member is the chair and has declared."""
    rows = wolverhampton_round()
    rows = replace(
        rows,
        scheme=replace(rows.scheme, **rules),
        members=(MemberRow("NAIR", "Priya Nair", "chair"),),
        interests=(InterestRow("NAIR", None, InterestKind.NONE),),
        sheets=(),
        agreed=(),
    )
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(rows), Actor("Priya Nair"))
        record.perform(MoveAreas(1, (WOLVERHAMPTON,), "scoring"), Actor("Priya Nair", "chair"))
    return path


def scoring(window: Window, path: Path, identity: Identity = CHAIR) -> ScoringPage:
    """Open a record and press Scoring in the list of pages."""
    window.controller.open(path)
    window.main.tools.use_as(identity)
    go_in(window)
    found = window.main.pages.page("scoring")
    assert isinstance(found, ScoringPage)
    return found


def go_in(window: Window) -> None:
    link = window.main.sidebar.link("scoring")
    link.setFocus(Qt.FocusReason.MouseFocusReason)
    QApplication.processEvents()
    QtBot.mouseClick(link, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def press(*keys: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        holder = QApplication.focusWidget()
        assert holder is not None
        QtBot.keyClick(holder, key, modifier)


def marks(page: ScoringPage, reference: str) -> tuple[int | None, ...]:
    line = page.sheets.line(reference)
    assert line is not None
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


def test_scoring_pressed_in_the_list_of_pages_takes_digits_at_once(window: Window, path: Path) -> None:
    page = scoring(window, path)
    press("4")
    assert marks(page, "W-003")[0] == 4

    link = window.main.sidebar.link("scoring")
    link.setFocus()
    press(Qt.Key.Key_Up)
    assert window.main.sidebar.current_link().hasFocus(), "arrows go along the pages and stay in the list"
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)  # past what stands beside the panel
    press(Qt.Key.Key_Return, Qt.Key.Key_Down, "5")

    assert marks(page, "W-003")[:2] == (4, 5)


def test_a_click_on_a_sheet_and_the_way_to_the_grid_and_back_keep_the_place(
    window: Window, path: Path
) -> None:
    page = scoring(window, path)
    QtBot.mouseClick(page.strip, Qt.MouseButton.LeftButton, pos=page.strip.rect().center())
    chosen = page.sheets.current
    assert chosen is not None
    assert chosen.reference != "W-003"
    press("3", Qt.Key.Key_Down)
    assert marks(page, chosen.reference)[0] == 3

    table = grid(page)
    assert at(table) == (chosen.reference, 2)
    press("4", Qt.Key.Key_Down)
    beneath = table.reference
    page.as_grid.click()

    assert marks(page, chosen.reference)[:2] == (3, 4)
    assert page.sheets.current is not None
    assert page.sheets.current.reference == beneath
    assert page.form.open_box is not None
    assert page.form.open_box.code == "A3"
    assert isinstance(QApplication.focusWidget(), MarkButton)


def test_the_grid_passes_over_what_is_closed_and_begins_at_the_first_gap(
    window: Window, path: Path, heard: Heard
) -> None:
    page = scoring(window, path)
    for number in range(1, 8):
        window.workspace.perform(SetMark(1, "NAIR", "W-012", f"A{number}", 3, None))
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


def test_the_keys_of_the_page_act_on_the_grid_while_it_is_on_show(window: Window, path: Path) -> None:
    page = scoring(window, path)
    for number in (1, 3):
        window.workspace.perform(SetMark(1, "NAIR", "W-002", f"A{number}", 3, None))
    page.show_reference("W-002")
    table = grid(page)
    table.setCurrentIndex(cell(table, page, "W-002", 1))

    press(Qt.Key.Key_Return, modifier=CONTROL)
    assert at(table) == ("W-002", 2)
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert table.reference == "W-003"
    press(Qt.Key.Key_PageUp, modifier=CONTROL)
    assert table.reference == "W-002"
    assert page.sheets.current is not None
    assert page.sheets.current.reference == "W-002", "what is done with a sheet is done with the one at hand"


def test_the_grid_passes_over_a_criterion_that_is_set_aside(
    window: Window, tmp_path: Path, heard: Heard
) -> None:
    page = scoring(window, make_record(tmp_path / "aside.panel", not_applicable_allowed=True))
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


def test_what_takes_no_mark_on_the_page_says_why_aloud(window: Window, path: Path, heard: Heard) -> None:
    page = scoring(window, path)
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

    for number in range(1, 8):
        window.workspace.perform(SetMark(1, "NAIR", "W-002", f"A{number}", 4, None))
    window.workspace.perform(HandIn(1, "NAIR", "W-002"))
    page.show_reference("W-002")
    press("5")
    assert heard[-1] == "Handed in. Only the chair can reopen it."
    assert page.sheets.current is not None
    at_meeting = replace(page.sheets.current, stage="meeting")
    assert closed_words(at_meeting, "") == "Handed in.", "nobody reopens it then"


def test_paper_of_a_member_is_refused_in_the_member_s_name(window: Window, path: Path, heard: Heard) -> None:
    page = scoring(window, path, OFFICER)
    page.head.paper.picked.emit("NAIR")
    table = page.grid.table
    assert table is not None
    assert at(table) == ("W-002", 1)
    table.setFocus()
    table.setCurrentIndex(cell(table, page, "W-014", 1))

    press("4")

    assert heard[-1] == "Priya Nair declared an interest in W-014: it takes no mark."


def test_nothing_of_another_person_s_or_record_s_position_is_kept(
    window: Window,
    path: Path,
    made_scoring_record: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    page = scoring(window, path)
    page.show_reference("W-003")
    press("4", Qt.Key.Key_Down, Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, modifier=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    page.show_reference("W-003")
    grid(page)
    other = Path(shutil.copy(made_scoring_record, tmp_path / "Other.panel"))

    page = scoring(window, other)
    assert not page.grid.isVisible()
    assert page.sheets.current is not None
    assert page.sheets.current.reference == "W-003", "the first to mark, though it was skipped elsewhere"
    assert page.form.open_box is not None
    assert page.form.open_box.code == "A1"

    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    window.main.tools.use_as(Identity("Aisha Khan", "member", "KHAN"))
    assert page.form.open_box.code == "A1"

    window.main.tools.use_as(OFFICER)
    page.head.paper.picked.emit("KHAN")
    page = scoring(window, path, OFFICER)
    assert page.sheets.member is None, "whose paper it is is asked anew"


def test_the_next_person_types_into_the_grid_at_once(window: Window, path: Path) -> None:
    page = scoring(window, path)
    table = grid(page)
    table.setCurrentIndex(cell(table, page, "W-003", 1))
    page.as_grid.setFocus()

    window.main.tools.use_as(Identity("Aisha Khan", "member", "KHAN"))
    press("5")
    assert page.sheets.all is not None
    assert page.sheets.all.member is not None
    assert page.sheets.all.member.code == "KHAN"
    first = next(
        line
        for line in page.sheets.lines
        if any(mark is not None for mark in line.marks) and line.reference != "W-002"
    )
    assert first.marks[0] == 5, "no other click is wanted of who takes over the laptop"


def test_a_long_scale_takes_its_numbers_whole(window: Window, tmp_path: Path, heard: Heard) -> None:
    page = scoring(window, make_record(tmp_path / "long.panel", scale_maximum=20))
    page.show_reference("W-002")

    press(*"25")
    assert heard[-1] == "Marks here are 0 to 20."
    press(Qt.Key.Key_Down)
    table = grid(page)
    assert marks(page, "W-002")[0] == 2
    assert at(table) == ("W-002", 2)
    press(*"15", *"3", "2", Qt.Key.Key_Return, *"20")

    assert marks(page, "W-002") == (2, 15, 3, 2, 20, None, None)
