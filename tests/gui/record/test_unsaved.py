"""What the disk did not take is kept, and tried again before the next change and at closing."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.panel.scoring.page import ScoringPage
from gui.record.record_actions import NOT_SAVED
from gui.record.runner import Runner
from models.operations.applications.corrections import SetWithdrawn
from models.operations.panel.sheets import SetMark, SetReason
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.rounds import SetMarking
from models.record import Opener, Record
from models.schema.journal import draft_table, journal_body_table
from models.schema.panel import mark_table
from models.session import Session
from models.trouble import Trouble
from tests.gui.conftest import Opens
from tests.gui.pages.panel.scoring_rounds import at_scoring
from tests.gui.pressing import answer_to, box_of, page_of, told
from tests.models.store.test_durability import files_of_at_most

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the size of files")
WHY = "The street asked for it, and the school will lend its hall."
FULL = "The disk is full. Make room, then do it again."
COVENTRY = MoveAreas(1, ("Coventry",), "scoring")
SENSITIVE = SetMarking(1, "OFFICIAL-SENSITIVE", "OFFICIAL")
WITHDRAW = SetWithdrawn(1, "W-003", is_withdrawn=True, reason=WHY)


@pytest.fixture
def scoring(window: Window, scoring_file: Path) -> Window:
    """A window on the scoring page, used by the chair, who is a member."""
    at_scoring(window, scoring_file)
    return window


@pytest.fixture
def running(opens: Opens, record_path: Path, qtbot: QtBot) -> Window:
    """A window whose work is done beside it, used by the chair."""
    window = opens(Runner(), record_path)
    qtbot.waitUntil(lambda: window.workspace.facts is not None)
    window.main.tools.use_as(Identity("Priya Nair", "chair"))
    return window


def press(window: Window, words: str) -> None:
    next(one for one in window.main.notices.remedies if one.text() == words).click()


def reasons(session: Session) -> set[str]:
    return {text for text in session.scalars(select(mark_table.c.reason)) if text}


def why_withdrawn(session: Session) -> bool:
    return any(WHY in str(text) for text in session.scalars(select(journal_body_table.c.body)))


def read_again(path: Path, query: Callable[[Session], object]) -> object:
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        return record.ask(query)


def explain(window: Window, qtbot: QtBot, words: str = WHY) -> str:
    """Give a mark and write why, at the open criterion; return which application it is of."""
    found = page_of(window, ScoringPage)
    box = found.form.open_box
    box.reason.setFocus()
    box.reason.setPlainText(words)
    box.reason.enter()
    return found.sheets.current.reference


class Disk:
    """A disk that is full until there is room."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._stands = (Record.perform, Record.perform_beside, Record.keep_draft)
        self._patch = patch

    def fill(self) -> None:
        def fail(*_: object, **named: object) -> None:
            raise Trouble(FULL)

        for name in ("perform", "perform_beside", "keep_draft"):
            self._patch.setattr(Record, name, fail)

    def make_room(self) -> None:
        for name, stands in zip(("perform", "perform_beside", "keep_draft"), self._stands, strict=True):
            self._patch.setattr(Record, name, stands)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_a_reason_typed_on_a_full_disk_is_in_the_record_with_the_next_change(
    scoring: Window,
    qtbot: QtBot,
) -> None:
    with files_of_at_most(0):
        reference = explain(scoring, qtbot)
    at_full = (scoring.main.status.saved.text(), told(scoring), answer_to(scoring, reasons))

    assert at_full[0] == NOT_SAVED
    assert reference in at_full[1]
    assert "is kept here" in at_full[1]
    assert at_full[2] == set()
    box = page_of(scoring, ScoringPage).form.open_box
    assert box.reason.text == WHY, "what was typed is still on show"

    scoring.workspace.perform(SetMark(1, "NAIR", "W-005", "A7", 4, None))

    assert answer_to(scoring, reasons) == {WHY}
    assert told(scoring) == ""
    assert scoring.main.status.saved.text().startswith("Saved ")
    assert not scoring.workspace.session.unsaved


def test_the_banner_stays_with_try_again_until_all_is_in(opened: Window, disk: Disk) -> None:
    disk.fill()
    opened.workspace.perform(COVENTRY)
    opened.main.tools.go("history")
    press(opened, "Try again")
    opened.workspace.perform(WITHDRAW)
    assert "Move Coventry" in told(opened)
    assert len(opened.workspace.session.unsaved) == 2

    disk.make_room()
    press(opened, "Try again")

    assert told(opened) == ""
    assert not opened.workspace.session.unsaved
    assert answer_to(opened, why_withdrawn)


def test_closing_tries_again_and_loses_nothing_unsaid(opened: Window, disk: Disk, record_path: Path) -> None:
    disk.fill()
    opened.workspace.perform(WITHDRAW)
    opened.main.close()
    dialog = box_of(opened, DataForm)
    assert "1 change is not in the record" in dialog.sentences[0]
    assert opened.main.isVisible()
    assert opened.workspace.facts is not None

    dialog.do.click()  # the disk is still full
    dialog = box_of(opened, DataForm)
    dialog.cancel.click()
    assert len(opened.workspace.session.unsaved) == 1, "to stay loses nothing"

    disk.make_room()
    opened.workspace.close()
    assert opened.workspace.facts is None
    assert read_again(record_path, why_withdrawn)


def test_a_reason_that_is_under_the_cursor_as_the_window_closes_on_a_full_disk_is_asked_about(
    scoring: Window,
    disk: Disk,
) -> None:
    box = page_of(scoring, ScoringPage).form.open_box
    box.reason.setFocus()
    box.reason.setPlainText(WHY)
    disk.fill()
    scoring.workspace.close()

    assert isinstance(scoring.main.dialogs.dialog, DataForm)
    disk.make_room()
    scoring.main.dialogs.dialog.do.click()
    assert scoring.workspace.facts is None


def test_opening_another_record_waits_for_what_is_not_saved(
    opened: Window, disk: Disk, empty_record_path: Path
) -> None:
    disk.fill()
    opened.workspace.perform(COVENTRY)
    opened.workspace.open(empty_record_path)
    assert isinstance(opened.main.dialogs.dialog, DataForm)
    assert opened.main.windowTitle() == "Grants office.panel"

    disk.make_room()
    opened.main.dialogs.dialog.do.click()

    assert opened.main.windowTitle() == "New office.panel"


def test_what_is_typed_and_not_entered_yet_is_kept_too(opened: Window, disk: Disk) -> None:
    disk.fill()
    for text in ("The str", "The street ask"):
        opened.workspace.keep_draft("reason/1/NAIR/W-003/A1", text)
        opened.workspace.session.drafts.hand_on()
    assert len(opened.workspace.session.unsaved) == 1, "the newest words take the place of those before"
    assert "what is being typed" in told(opened)

    disk.make_room()
    opened.workspace.perform(COVENTRY)

    kept = answer_to(opened, lambda session: list(session.scalars(select(draft_table.c.text))))
    assert kept == ["The street ask"]
    assert told(opened) == ""


def test_a_refusal_lets_go_of_its_change_and_the_others_go_in_once(opened: Window, disk: Disk) -> None:
    disk.fill()
    opened.workspace.perform(MoveAreas(1, ("Coventry",), "deciding"))
    for _ in range(2):
        opened.workspace.perform(SENSITIVE)
    disk.make_room()
    opened.workspace.try_again()

    assert not opened.workspace.session.unsaved
    assert opened.workspace.undo_stack.undoText() == SENSITIVE.label
    assert opened.workspace.undo_stack.count() == 1
    assert "could no longer be saved: Move Coventry to deciding" in told(opened)


def test_undo_waits_for_what_is_not_saved_and_takes_that_back_also_where_the_disk_takes_no_step_back(
    opened: Window, disk: Disk
) -> None:
    opened.workspace.perform(SENSITIVE)
    disk.fill()
    opened.workspace.perform(WITHDRAW)
    opened.workspace.undo_stack.undo()
    assert opened.workspace.undo_stack.undoText() == SENSITIVE.label, "nothing before it is taken back"

    disk.make_room()
    opened.workspace.undo_stack.undo()
    assert opened.workspace.undo_stack.undoText() == SENSITIVE.label
    assert opened.workspace.undo_stack.redoText() == WITHDRAW.label

    disk.fill()
    opened.workspace.undo_stack.undo()
    assert len(opened.workspace.session.unsaved) == 1

    disk.make_room()
    opened.workspace.try_again()
    opened.workspace.undo_stack.redo()

    assert opened.workspace.undo_stack.undoText() == SENSITIVE.label


def test_locking_waits_for_a_change_under_way_and_keeps_what_the_disk_did_not_take(
    running: Window, qtbot: QtBot
) -> None:
    held: list[bool] = []
    running.workspace.held.connect(lambda: held.append(True))
    with files_of_at_most(0):
        running.workspace.perform(SENSITIVE)
        running.workspace.perform(WITHDRAW)
        running.workspace.lock()
        qtbot.waitUntil(lambda: bool(held))
    assert len(running.workspace.session.unsaved) == 2

    running.workspace.unlock()
    qtbot.waitUntil(lambda: not running.workspace.session.is_locked and not running.workspace.session.unsaved)

    assert running.workspace.undo_stack.count() == 2


def test_a_locked_record_is_not_closed_over_what_is_not_saved(opened: Window, disk: Disk) -> None:
    disk.fill()
    opened.workspace.perform(SENSITIVE)
    opened.workspace.lock()
    asked: list[object] = []
    opened.workspace.held_up.connect(lambda without, again: asked.append(without))
    opened.workspace.close()

    assert len(asked) == 1
    assert opened.workspace.facts is not None
    assert callable(asked[0])
    asked[0]()
    assert opened.workspace.facts is None
    assert not opened.workspace.session.unsaved


def test_what_was_left_behind_never_goes_into_another_record(
    opened: Window, disk: Disk, empty_record_path: Path
) -> None:
    disk.fill()
    opened.workspace.perform(SENSITIVE)
    opened.workspace.open(empty_record_path)
    assert isinstance(opened.main.dialogs.dialog, DataForm)
    opened.main.dialogs.dialog.other.click()
    disk.make_room()
    opened.workspace.keep_draft("reason", "Good need")
    opened.workspace.session.drafts.hand_on()

    assert opened.main.windowTitle() == "New office.panel"
    assert not opened.workspace.session.unsaved
    assert opened.workspace.undo_stack.count() == 0


def test_a_form_keeps_its_own_words_and_nothing_is_made_twice(opened: Window, disk: Disk) -> None:
    disk.fill()
    told: list[Exception] = []
    opened.workspace.perform(SENSITIVE, None, told.append)
    disk.make_room()
    opened.workspace.perform(SENSITIVE)

    assert [str(error) for error in told] == [FULL]
    assert opened.workspace.undo_stack.count() == 1


def test_changes_on_their_way_stay_in_their_order(opens: Opens, scoring_file: Path, qtbot: QtBot) -> None:
    window = opens(Runner(), scoring_file)
    qtbot.waitUntil(lambda: window.workspace.facts is not None)
    window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    with files_of_at_most(0):
        for before, after in (("", "One"), ("One", "One, two"), ("One, two", "One, two, three")):
            window.workspace.perform(SetReason(1, "NAIR", "W-005", "A1", after, before))
        qtbot.waitUntil(lambda: len(window.workspace.session.unsaved) == 3)
    window.workspace.perform(SetMark(1, "NAIR", "W-005", "A7", 4, None))
    qtbot.waitUntil(lambda: not window.workspace.session.unsaved)
    told: list[object] = []
    window.workspace.ask(reasons, told.append)
    qtbot.waitUntil(lambda: bool(told))

    assert told == [{"One, two, three"}]
    QApplication.processEvents()


def test_the_window_closes_only_when_a_change_under_way_is_in(running: Window, qtbot: QtBot) -> None:
    with files_of_at_most(0):
        running.workspace.perform(SENSITIVE)
        running.main.close()
        qtbot.waitUntil(lambda: isinstance(running.main.dialogs.dialog, DataForm))
    dialog = box_of(running, DataForm)
    dialog.do.click()
    qtbot.waitUntil(lambda: not running.main.isVisible())

    assert running.workspace.facts is None
