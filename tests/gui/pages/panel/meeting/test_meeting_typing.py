"""What is typed at the meeting goes to the item on show, and what is refused is said aloud."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.panel.meeting import page as page_module
from gui.pages.panel.meeting.page import MeetingPage
from gui.record.runner import Runner
from gui.widgets.frame import status_strip
from models.operations.applications.corrections import SetWithdrawn
from models.operations.panel.agreed import SetNotApplicable
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.gui.announcing import Heard, hear
from tests.gui.conftest import Opens
from tests.gui.meeting_rounds import CHAIR, at_meeting, give_reason, meeting_of, meeting_record, meeting_round
from tests.gui.pressing import page_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    return hear(monkeypatch, status_strip, page_module)


def focused(qtbot: QtBot, *keys: Qt.Key | str) -> None:
    """Press keys where the focus is."""
    for key in keys:
        holder = QApplication.focusWidget()
        assert holder is not None
        qtbot.keyClick(holder, key)


def test_the_next_item_starts_at_its_first_criterion_with_digits_at_once(
    window: Window, page: MeetingPage, qtbot: QtBot, heard: Heard
) -> None:
    qtbot.mouseClick(page.buttons.same, Qt.MouseButton.LeftButton)
    assert page.settle.reason.sizeHint().height() == page.settle.reason.minimumHeight()
    assert QApplication.focusWidget() is page.matrix, "the button is gone, and digits still agree marks"
    assert page.controller.current_value(page.state.item.reference, page.matrix.code)[0] is None
    page.matrix.choose("A7")
    focused(qtbot, "4", Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.settle.reason, "the words of A7 were typed last"
    give_reason(page, qtbot)
    qtbot.keyClick(page.settle.reason, Qt.Key.Key_Return, CTRL)

    assert (page.state.item.reference, page.matrix.code) == ("W-003", "A1")
    assert QApplication.focusWidget() is page.matrix

    focused(qtbot, "5", Qt.Key.Key_Down, "4")
    assert [page.controller.current_value("W-003", code)[0] for code in ("A1", "A2")] == [5, 4]
    told = window.main.toast
    assert told.words == "", "what was not agreed before is agreed without a word to read"
    assert heard[-2:] == ["A1 is agreed as 5.", "A2 is agreed as 4."]
    focused(qtbot, "3")
    assert told.words == "W-003: A2 is agreed as 3. It was agreed as 4."
    qtbot.mouseClick(told.undo, Qt.MouseButton.LeftButton)
    assert page.controller.current_value("W-003", "A2")[0] == 4
    focused(qtbot, Qt.Key.Key_Delete)
    assert told.words == "W-003: A2 is not agreed any more. It was agreed as 4."
    window.workspace.undo_stack.undo()

    qtbot.mouseClick(page.buttons.same, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.buttons.next, Qt.MouseButton.LeftButton)
    assert (page.state.item.reference, page.matrix.code) == ("W-017", "A1")
    focused(qtbot, "3")
    assert page.controller.current_value("W-017", "A1")[0] == 3

    agenda = page.side.agenda
    first = agenda.visualRect(agenda.model().index(0, 0)).center()
    qtbot.mouseClick(agenda.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert page.state.item.reference == "W-014"
    assert QApplication.focusWidget() is page.matrix, "a click on an item goes to its marks"


def test_what_takes_no_mark_says_why_aloud(
    window: Window, page: MeetingPage, qtbot: QtBot, heard: Heard
) -> None:
    window.workspace.perform(SetNotApplicable(1, "W-003", "A1", "No match is asked.", ""))

    qtbot.keyClick(page.matrix, Qt.Key.Key_7)
    assert heard[-1] == "Marks here are 0 to 5."
    for elsewhere in (page.buttons.next, page.side.agenda):
        heard.clear()
        elsewhere.setFocus()
        focused(qtbot, "4")
        assert heard == ["Digits agree marks on the rows of marks. Press F6 to go there, or click a row."]
    page.show_reference("W-003")
    assert page.matrix.code == "A2", "the first criterion that takes a mark"
    page.matrix.choose("A1")
    qtbot.keyClick(page.matrix, Qt.Key.Key_4)
    assert heard[-1] == "A1 takes no mark on W-003: it is set aside as not applicable (No match is asked.)."
    assert page.controller.current_value("W-003", "A1")[0] is None

    window.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    focused(qtbot, "4")
    assert heard[-1].startswith("You declared an interest in W-003.")
    assert window.main.toast.words == heard[-1]


def test_an_item_closed_to_the_person_is_passed_over_and_said(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = meeting_round()
    interest = InterestRow("NAIR", "W-003", InterestKind.PECUNIARY, "a cousin")
    made = replace(rows, interests=(*rows.interests, interest))
    page = meeting_of(window, tmp_path / "aside.panel", made)
    page.show_reference("W-014")
    qtbot.mouseClick(page.buttons.same, Qt.MouseButton.LeftButton)
    page.matrix.choose("A7")
    qtbot.keyClick(page.matrix, Qt.Key.Key_4)
    give_reason(page, qtbot)
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return, CTRL)

    assert page.state.item.reference == "W-017"
    assert window.main.toast.words.startswith("W-003 is left for later: you declared an interest in it")
    page.show_reference("W-003")
    assert "An officer or a note-taker records what the others agree" in page.locked.text()
    window.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    assert "note-taker" not in page.locked.text(), "a member records none"


def test_a_long_scale_takes_the_number_whole(
    window: Window, tmp_path: Path, qtbot: QtBot, heard: Heard
) -> None:
    rows = meeting_round()
    rows = replace(rows, scheme=replace(rows.scheme, scale_maximum=20))
    page = at_meeting(window, meeting_record(tmp_path / "long.panel", "scoring", "meeting", rows=rows), qtbot)
    page.show_reference("W-003")

    focused(qtbot, "1", "5", Qt.Key.Key_Return)

    assert page.controller.current_value("W-003", "A1")[0] == 15


def test_what_is_typed_on_an_item_that_is_withdrawn_meanwhile_is_offered_once_it_is_back(
    window: Window, page: MeetingPage, qtbot: QtBot
) -> None:
    code = page.matrix.code
    page.settle.reason.setFocus()
    qtbot.keyClicks(page.settle.reason, "The plan is clear")
    gone = SetWithdrawn(1, "W-014", is_withdrawn=True, reason="asked")

    window.workspace.perform(gone)
    assert page.state.reference != "W-014"
    window.workspace.perform(replace(gone, is_withdrawn=False))
    page.show_reference("W-014")

    assert page.drafts.words.text() == f"Typed on {code} and not saved: “The plan is clear”"
    qtbot.mouseClick(page.drafts.use, Qt.MouseButton.LeftButton)
    assert page.controller.current_value("W-014", code)[1] == "The plan is clear"


def test_nothing_is_done_to_an_item_while_another_round_is_on_its_way(
    opens: Opens, tmp_path: Path, qtbot: QtBot
) -> None:
    path = meeting_record(tmp_path / "two.panel", "scoring", "meeting")
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(replace(meeting_round(), name="Spring")), CHAIR)
    window = opens(Runner(), path)
    rounds = window.controller.rounds
    qtbot.waitUntil(lambda: rounds.place is not None)
    rounds.choose_round(1)
    window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    window.main.tools.go("meeting")
    page = page_of(window, MeetingPage)
    qtbot.waitUntil(lambda: page.state is not None)
    page.matrix.setFocus()

    rounds.choose_round(2)
    focused(qtbot, "5")
    qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert not window.workspace.session.unsaved, "what was on show is of the round before"

    qtbot.waitUntil(lambda: page.state is not None)
    assert page.state.figures.round_id == 2
