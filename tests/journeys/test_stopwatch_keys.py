"""How many keys a sheet takes and how many presses another person: counted as they come to the window.

Keys are given to the window and not to any widget, so that they land where the focus is, as real ones do.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.pages.page import Identity
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.scoring.page import ScoringPage
from tests.gui.meeting_rounds import meeting_record
from tests.gui.pages.panel.scoring.test_scoring_page import made_scoring_record  # noqa: F401  a fixture
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CHAIR = Identity("Priya Nair", "chair", "NAIR")
FULL = (4, 5, 4, 4, 3, 4, 2)


class Counter(QObject):
    """Counts what comes to windows: each key and each press once, before any widget has it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.keys = self.presses = 0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Count, and let everything through."""
        if isinstance(watched, QWindow):
            self.keys += event.type() is QEvent.Type.KeyPress
            self.presses += event.type() is QEvent.Type.MouseButtonPress
        return False

    def start(self) -> None:
        """Count from nought."""
        self.keys = self.presses = 0


@pytest.fixture
def counter(qapp: QApplication) -> Iterator[Counter]:
    made = Counter(qapp)
    yield made
    qapp.removeEventFilter(made)


def press(user: User, *keys: str) -> None:
    """Press keys at the window."""
    for key in keys:
        combination = QKeySequence(key)[0]  # type: ignore[index]  # not in the stubs
        handle = user.window.main.windowHandle()
        with user.watchdog.during(f"{key} at the window"):
            QTest.keyClick(handle, combination.key(), combination.keyboardModifiers())
        user.settle()


def click(user: User, widget: QWidget, at: QPoint | None = None) -> None:
    """Press the mouse at a place of the window that a widget stands in."""
    top = widget.window()
    place = widget.mapTo(top, at or widget.rect().center())
    with user.watchdog.during("a press at the window"):
        QTest.mouseClick(top.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    user.settle()


@pytest.fixture
def page(user: User, made_scoring_record: Path, tmp_path: Path) -> ScoringPage:  # noqa: F811
    user.open(Path(shutil.copy(made_scoring_record, tmp_path / "Scoring.panel")))
    user.window.main.tools.use_as(CHAIR)
    user.settle()
    click(user, user.window.main.sidebar.link("scoring"))
    return user.page(ScoringPage)


def given(page: ScoringPage) -> dict[str, tuple[int | None, ...]]:
    return {line.reference: line.marks for line in page.sheets.lines if any(line.marks)}


def test_a_sheet_of_seven_marks_takes_fourteen_keys_on_the_page(
    user: User, page: ScoringPage, counter: Counter
) -> None:
    for _ in range(2):
        counter.start()
        for mark in FULL[:-1]:
            press(user, str(mark), "Down")
        press(user, str(FULL[-1]), "Ctrl+Return")
        assert counter.keys == 14

    assert given(page) == {"W-003": FULL, "W-005": FULL}


def test_another_round_or_person_chosen_by_mouse_leaves_digits_to_the_page(
    user: User, page: ScoringPage
) -> None:
    switch = user.window.main.header.round
    click(user, switch)
    menu = switch.menu()
    click(user, menu, menu.actionGeometry(menu.actions()[0]).center())
    press(user, "3")

    assert given(page)["W-003"][0] == 3


def test_a_sheet_of_seven_marks_takes_seven_keys_in_the_grid(
    user: User, page: ScoringPage, counter: Counter
) -> None:
    click(user, page.as_grid)
    for _ in range(2):
        counter.start()
        press(user, *map(str, FULL))
        assert counter.keys == 7

    assert given(page) == {"W-003": FULL, "W-005": FULL}


def test_an_item_of_the_meeting_takes_fourteen_keys_and_the_next_begins_at_once(
    user: User, tmp_path: Path, counter: Counter
) -> None:
    user.open(meeting_record(tmp_path / "meeting.panel", "scoring", "meeting"))
    user.window.main.tools.use_as(CHAIR)
    user.settle()
    click(user, user.window.main.sidebar.link("meeting"))
    page = user.page(MeetingPage)

    page.show_reference("W-003")
    for _ in range(2):  # W-003 and W-017, on which nobody is two marks apart
        counter.start()
        for mark in (5, 4, 4, 4, 5, 4):
            press(user, str(mark), "Down")
        press(user, "5", "Ctrl+Return")
        assert counter.keys == 14

    assert page.controller.figures is not None
    assert page.controller.figures.rows.closed == {"W-003", "W-017"}
    assert page.state is not None
    assert (page.state.item.reference, page.matrix.code) == ("W-014", "A1")


def test_switching_person_takes_two_presses(user: User, page: ScoringPage, counter: Counter) -> None:
    press(user, "4")  # something to undo asks no second question
    assert user.window.workspace.undo_stack.canUndo()
    counter.start()

    click(user, user.window.main.status.person)
    menu = user.window.controller.identity.menu
    entry = next(one for one in menu.actions() if one.text() == "Aisha Khan (KHAN), member")
    click(user, menu, menu.actionGeometry(entry).center())

    assert (counter.presses, counter.keys) == (2, 0)
    assert user.window.main.tools.identity == Identity("Aisha Khan", "member", "KHAN")
    assert not user.has_dialog
    press(user, "3")
    assert page.sheets.current is not None
    assert page.sheets.current.marks[0] == 3, "the sheet of another person begins at its first mark"
