"""The meeting through the real window: attendance comes first; where marks are not agreed, talk is noted."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.panel.meeting.page import MeetingPage
from gui.theme.look import look
from models.operations.panel.meetings import SetMeetingHeld
from models.operations.panel.members import AddInterest
from models.queries.panel.meeting import Room
from models.values.rounds import MeetingHeld
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.scheme import Combine
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.meeting_rounds import at_meeting, give_reason, kept, meeting_record, texts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def begun(window: Window, tmp_path: Path, qtbot: QtBot) -> MeetingPage:
    """Show a meeting at which nobody is marked present yet."""
    path = meeting_record(tmp_path / "meeting.panel", "scoring", "meeting", is_attended=False)
    return at_meeting(window, path, qtbot)


@pytest.fixture
def by_mean(window: Window, tmp_path: Path, qtbot: QtBot) -> MeetingPage:
    path = meeting_record(tmp_path / "meeting.panel", "scoring", "meeting", combine=Combine.MEAN)
    return at_meeting(window, path, qtbot)


def test_attendance_comes_first_and_too_few_in_the_room_close_nothing(
    begun: MeetingPage, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    assert begun.side.tabs.number == 1
    assert begun.head.quorum.text() == "Who is here?"
    assert begun.locked.text().startswith("Attendance comes first.")
    assert begun.buttons.next.text() == "Say who is here"
    window.main.tools.choose_area(None)
    assert not begun.side.attendance.pills
    hints: list[str] = []
    window.main.tools.hinted.connect(hints.append)
    qtbot.mouseClick(begun.buttons.next, LEFT)  # of several areas, the one whose item is on show
    assert hints[-1].endswith("is listed now; choose the area at the top.")
    qtbot.keyClick(begun.matrix, Qt.Key.Key_4)
    assert texts(begun, 0)[6] == "[ ]"

    qtbot.mouseClick(begun.side.attendance.pills["NAIR", "present"], LEFT)
    qtbot.mouseClick(begun.buttons.same, LEFT)
    begun.matrix.choose("A7")
    qtbot.keyClick(begun.matrix, Qt.Key.Key_5)
    give_reason(begun, qtbot)
    begun.matrix.setFocus()
    qtbot.keyClick(begun.matrix, Qt.Key.Key_Return, CTRL)
    assert begun.head.quorum.text() == "1 decide, quorum 2"
    assert begun.state.item.reference == "W-014", "too few are in the room to close it"

    qtbot.mouseClick(begun.side.attendance.pills["OKORO", "present"], LEFT)
    assert not begun.locked.isVisible()
    assert begun.head.quorum.text() == "2 decide, quorum 2"
    assert not begun.controller.figures.rows.closed
    qtbot.keyClick(begun.matrix, Qt.Key.Key_Return, CTRL)
    late = InterestRow("OKORO", "W-014", InterestKind.PECUNIARY, "A cousin runs it.")
    window.main.tools.perform(AddInterest(1, late))
    begun.show_reference("W-014")
    assert begun.head.absent.text() == "Nobody leaves the room", "it was declared after the item closed"
    assert "their sheet is not counted" in begun.locked.text()
    assert kept(window, tmp_path / "meeting.panel").rooms == {
        "W-014": Room(("NAIR", "OKORO"), ("NAIR", "OKORO"))
    }


def test_all_here_is_one_change_and_one_undo(begun: MeetingPage, window: Window, qtbot: QtBot) -> None:
    head = begun.matrix.horizontalHeader()
    right = head.font().pixelSize()
    head.setFont(look.font(26))
    assert head.font().pixelSize() == right, "a head keeps its type"
    pane = begun.side.attendance
    qtbot.mouseClick(pane.pills["OKORO", "absent"], LEFT)
    assert pane.all_here.text() == "All others here"

    held = MeetingHeld(date(2026, 11, 1))
    window.main.tools.perform(SetMeetingHeld(1, WOLVERHAMPTON, held, None))
    stood = pane.pills["HALE", "present"].mapTo(pane, QPoint())
    qtbot.mouseClick(pane.all_here, LEFT)
    assert pane.pills["HALE", "present"].mapTo(pane, QPoint()) == stood, "nothing moves under the pointer"
    assert sorted(key for key, pill in pane.pills.items() if pill.isChecked()) == [
        ("HALE", "present"),
        ("NAIR", "present"),
        ("OKORO", "absent"),
    ]
    assert begun.matrix.hasFocus(), "marks are typed at once"
    assert begun.side.tabs.number == 1, "who is here stays in sight, wherever it was held"
    assert window.main.toast.words == "2 members are here.", "what was asked before is no longer said"

    qtbot.keyClick(window.main, Qt.Key.Key_Z, CTRL)
    assert [key for key, pill in pane.pills.items() if pill.isChecked()] == [("OKORO", "absent")]


def test_by_mean_nothing_is_agreed_and_the_discussion_is_noted(
    by_mean: MeetingPage, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    page = by_mean
    page.show_reference("W-003")  # somebody takes no part, so that the signs are explained
    window.main.resize(1366, 768)
    look.set_percent(150)
    QApplication.processEvents()
    box = page.settle.reason
    assert box.viewport().font().pixelSize() == box.font().pixelSize()
    assert box.visibleRegion().boundingRect().height() == box.height(), "at half as large again it is whole"
    assert not page.sheet.signs.isVisible()
    look.set_percent(100)
    page.show_reference("W-014")
    chips = {row.item.reference: row.chip.word for row in page.side.agenda.rows}
    assert chips == {"W-014": "1 to settle", "W-003": "Open", "W-017": "Open"}, "nothing is called agreed"
    words = [label.text() for label in page.settle.findChildren(QLabel) if label.isVisible()]
    assert "Marks are not agreed in this round: the mean of the members’ marks counts." in words
    assert "What was said about it" in words
    assert page.settle.reason.placeholderText() == "For the minutes: no applicant is shown this"
    assert not page.settle.marks.isVisible()
    assert not page.buttons.same.isVisible()
    assert page.buttons.next.text() == "Close and next item"
    assert page.buttons.left.text() == "1 left to discuss: A7"
    page.matrix.choose("A7")
    qtbot.keyClick(page.matrix, Qt.Key.Key_4)
    assert texts(page, 6)[6] == "4.00"  # (5 + 5 + 2) / 3

    qtbot.keyClick(page.matrix, Qt.Key.Key_Return, CTRL)
    assert page.state.item.reference == "W-014"
    qtbot.keyClicks(page.settle.reason, "Hale had not seen the letters.")
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return, CTRL)

    rows = kept(window, tmp_path / "meeting.panel")
    assert rows.closed == {"W-014"}
    (noted,) = rows.rows.agreed
    assert set(noted.marks) == {None}
    assert noted.reasons[6] == "Hale had not seen the letters."
