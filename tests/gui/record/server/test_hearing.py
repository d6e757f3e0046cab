"""Two at work in one record on an office server: what one saves the other sees, also in a field under way."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.panel.scoring.marks import ReasonBox
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.sided_page import ClosedPage
from gui.record.runner import Runner
from gui.record.turns import NO_SERVER
from gui.shell.page_list import NOT_READ
from gui.widgets.edit_conflict import Beneath
from models.clock import utc_now
from models.operation import Actor, Operation, Topic
from models.operations.panel.agreed import SetAgreedMark
from models.operations.panel.sheets import SetMark, SetReason
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetPaperTexts
from models.queries.changes import Change
from models.queries.panel.score_sheets import drafts, score_sheets
from models.record import Opener, Record
from models.store.places import ServerAddress
from models.store.postgres.troubles import ConnectionLost
from models.store.store import Listener
from models.transactions import Transactions
from models.trouble import Trouble
from models.values.rows import InterestRow, MemberRow
from scoring.round import InterestKind
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.conftest import Opens
from tests.gui.meeting_rounds import at_meeting, meeting_record
from tests.gui.pages.panel.scoring_rounds import at_scoring
from tests.gui.pressing import page_of, told
from tests.models.server_records import server_record
from tests.patience import PATIENCE_SECONDS
from tests.safety.table import is_full
from tests.server import cluster

pytestmark = pytest.mark.usefixtures("unlocked")
OFFICER = Actor("Grace Okoro")
OTHER = Actor("Tomasz Bielecki")
OWN = SetMark(1, "NAIR", "W-005", "A7", 4, None)
MARK = replace(OWN, from_paper=True)
OTHER_MARK = replace(MARK, value=5, replacing=4)


@pytest.fixture
def address() -> ServerAddress:
    """A record on the tests' server with a round."""
    found = server_record()
    with Record.open(found, Opener("Grace Okoro", "tests")) as record:
        rows = wolverhampton_round()
        people, declared = (
            (MemberRow("NAIR", "Priya Nair", "chair"),),
            (InterestRow("NAIR", None, InterestKind.NONE),),
        )
        rows = replace(rows, members=people, interests=declared, sheets=(), agreed=())
        record.perform(LoadRound(rows), OFFICER)
        record.perform(MoveAreas(1, (WOLVERHAMPTON,), "scoring"), Actor("Priya Nair", "chair"))
    return found


@pytest.fixture
def other(address: ServerAddress) -> Iterator[Record]:
    """The same record, open at another desk."""
    with Record.open(address, Opener(OTHER.name, "tests")) as record:
        yield record


@pytest.fixture
def shared(opens: Opens, address: ServerAddress, qtbot: QtBot) -> Window:
    """A window on it that hears, and whose work is done by threads as it is for a person."""
    window = opens(Runner())
    window.workspace.open(address)
    qtbot.waitUntil(lambda: window.controller.hearing.is_listening)
    return window


def test_the_server_gets_ready_for_a_mark_when_its_sheet_is_shown(
    shared: Window, other: Record, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[Operation] = []
    monkeypatch.setattr(Transactions, "prepare", lambda _, operation, actor: ready.append(operation))
    shared.main.tools.go("scoring")

    qtbot.waitUntil(lambda: bool(ready))

    assert isinstance(ready[0], SetMark)
    assert (ready[0].member, ready[0].replacing) == ("NAIR", None)


def test_what_another_saves_is_told_to_the_pages_and_a_forged_announcement_to_nobody(
    shared: Window, address: ServerAddress, other: Record, qtbot: QtBot
) -> None:
    seen: list[frozenset[Topic]] = []
    shared.workspace.changed.connect(seen.append)

    with cluster().connect(address.database) as connection:
        connection.execute("SELECT pg_notify('grant_panel', '999999999')")
    other.perform(MARK, OTHER)
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == [frozenset({Topic.MARKS})]
    assert shared.main.status.saved.text().startswith("Tomasz Bielecki saved, ")


def test_what_was_saved_while_the_server_was_not_heard_is_shown_once_it_is(
    shared: Window, address: ServerAddress, other: Record, qtbot: QtBot
) -> None:
    seen: list[frozenset[Topic]] = []
    shared.workspace.changed.connect(seen.append)
    shared.workspace.failed.emit(ConnectionLost("The server was not reached."))
    assert "not reached" in told(shared)
    shared.main.tools.go("history")
    unread = page_of(shared, ClosedPage)
    assert (unread.accessibleDescription(), unread.empty.button.isVisible()) == (NOT_READ, False)

    other.perform(MARK, OTHER)
    shared.controller.hearing.try_again()
    qtbot.waitUntil(lambda: len(seen) > 1)
    assert shared.main.pages.current is not unread

    assert seen == [frozenset(Topic), frozenset({Topic.MARKS})]
    assert "not reached" not in told(shared)


def test_while_the_server_does_not_answer_nothing_is_changed_and_words_are_kept_here(
    shared: Window, other: Record, qtbot: QtBot
) -> None:
    workspace, asked, refused = shared.workspace, list[object](), list[Exception]()
    workspace.failed.emit(ConnectionLost("The server was not reached."))
    workspace.failed.connect(refused.append)
    assert "can only be read until the server answers" in told(shared)
    shared.controller.hearing.lose(Trouble("Your login is not let into it."))
    assert "not let into it. What you see can only be read, until you close" in told(shared)

    workspace.perform(OWN)
    workspace.perform_beside(OWN, bool, print)
    workspace.perform_after_copy("a test", OWN, bool, print)
    workspace.undo_stack.undo()
    workspace.ask(asked.append, asked.append)
    workspace.keep_draft("reason/1/NAIR/W-005/A7", "half a sen")
    typist = workspace.session.actor
    workspace.use_as("Somebody Else")

    assert {str(no) for no in refused} == {NO_SERVER}
    assert len(refused) == 4
    with qtbot.waitSignal(shared.controller.hearing.found):
        shared.controller.hearing.try_again()
    qtbot.waitUntil(
        lambda: "half a sen" in other.ask(partial(drafts, person=typist.name, start="reason/")).values()
    )
    workspace.use_as(typist.name, typist.role)
    assert NO_SERVER not in told(shared)
    with qtbot.waitSignal(workspace.saved):
        workspace.perform(OWN)
    assert asked == []


def test_a_record_on_a_server_is_locked_and_gone_on_with(shared: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shared.workspace.held):
        shared.workspace.lock()
    with qtbot.waitSignal(shared.workspace.unlocked):
        shared.workspace.unlock()

    qtbot.waitUntil(lambda: shared.controller.hearing.is_listening)
    assert shared.main.status.encryption.text() == "On the office server"


def test_a_server_that_was_signed_on_to_with_a_password_asks_for_it_after_the_lock(
    shared: Window, address: ServerAddress, other: Record, qtbot: QtBot
) -> None:
    told: list[frozenset[Topic]] = []
    with qtbot.waitSignal(shared.workspace.closed):
        shared.workspace.close()
    with qtbot.waitSignal(shared.workspace.opened):
        shared.workspace.open(replace(address, password="not stored"))
    qtbot.waitUntil(lambda: shared.controller.hearing.is_listening)
    shared.main.tools.go("history")
    with qtbot.waitSignal(shared.workspace.held):
        shared.workspace.lock()
    screen = shared.controller.locking.screen
    assert (screen.label.text(), screen.unlock.isEnabled()) == ("Password", False)
    other.perform(MARK, OTHER)
    shared.workspace.changed.connect(told.append)

    screen.box.line.setText("typed again")
    with qtbot.waitSignal(shared.workspace.unlocked):
        screen.unlock.click()
    qtbot.waitUntil(lambda: bool(told))

    assert (shared.main.pages.key, told) == ("history", [frozenset({Topic.MARKS})])
    signed_on = shared.workspace.session.held().address
    assert isinstance(signed_on, ServerAddress)
    assert signed_on.password == "typed again"


def test_a_record_whose_server_does_not_answer_is_locked_all_the_same(
    shared: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with monkeypatch.context() as patch, qtbot.waitSignal(shared.workspace.held):
        patch.setattr(Record, "ask", _unreached)
        shared.workspace.lock()

    assert shared.workspace.facts is not None


def test_a_connection_to_hear_by_that_comes_once_the_record_is_closed_is_closed(
    shared: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    connect, goes_on = Record.listen, Event()
    connected: list[Listener | None] = []

    def connect_late(record: Record) -> Listener | None:
        connected.append(connect(record))
        assert goes_on.wait(PATIENCE_SECONDS)
        return connected[0]

    shared.workspace.failed.emit(ConnectionLost("The server was not reached."))
    monkeypatch.setattr(Record, "listen", connect_late)
    shared.controller.hearing.try_again()
    qtbot.waitUntil(lambda: bool(connected))
    (listener,) = connected
    with qtbot.waitSignal(shared.workspace.closed):
        shared.workspace.close()
        goes_on.set()

    qtbot.waitUntil(partial(_is_closed, listener))


def test_windows_go_on_when_the_server_was_restarted(
    shared: Window, opens: Opens, address: ServerAddress, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    windows = [shared, opens(Runner())]
    windows[1].workspace.open(address)
    hearings = [window.controller.hearing for window in windows]
    qtbot.waitUntil(lambda: all(one.is_listening for one in hearings))
    for turn in range(30 if is_full(request.config) else 3):
        with qtbot.waitSignals([one.lost for one in hearings]):
            cluster().restart()
            for window in windows:
                window.workspace.changed.emit(frozenset(Topic))  # all pages ask of it just then
        for one in hearings:
            one.try_again()
        qtbot.waitUntil(lambda: all(one.is_listening for one in hearings))
        with qtbot.waitSignal(shared.workspace.saved):
            shared.workspace.perform(
                replace(OWN, value=1 + turn % 5, replacing=(turn and 1 + (turn - 1) % 5) or None)
            )

    assert "Something went wrong" not in told(shared)


def test_undo_is_ones_own_and_says_who_changed_it_since(shared: Window, other: Record, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shared.workspace.saved):
        shared.workspace.perform(OWN)
    with qtbot.waitSignal(shared.controller.hearing.heard):
        other.perform(OTHER_MARK, OTHER, seen=other.head().seq)

    shared.workspace.undo_stack.undo()
    qtbot.waitUntil(lambda: "Tomasz Bielecki saved something" in told(shared))

    assert shared.workspace.undo_stack.count() == 0


def test_what_is_agreed_in_a_dialog_counts_from_when_it_was_opened(
    shared: Window, other: Record, qtbot: QtBot
) -> None:
    mine, theirs = (SetPaperTexts(1, "notice", "", (("title", title),)) for title in ("Awards", "Grants"))
    shared.workspace.use_as(OFFICER.name)
    dialog = ConfirmDialog("Name it so?", (), "Name it", shared.main)
    dialog.agreed.connect(partial(shared.workspace.perform, mine))
    shared.main.dialogs.show(dialog)
    with qtbot.waitSignal(shared.controller.hearing.heard):
        other.perform(theirs, OTHER)

    with qtbot.waitSignal(shared.workspace.not_saved):
        dialog.do.click()

    assert "Tomasz Bielecki saved something" in told(shared)
    assert "which changed the same thing. Nothing was overwritten" in told(shared)


def _unreached(*_: object, **named: object) -> None:
    raise ConnectionLost("The server was not reached.")


def _is_closed(listener: Listener) -> bool:
    try:
        listener.heard()
    except Trouble:
        return True
    return False


THEIRS, MINE = "Theirs: close to the aims.", "Mine: far from the aims."


@pytest.fixture
def page(window: Window, scoring_file: Path) -> ScoringPage:
    """A member's sheet in which a reason was typed, and not yet left, as another saved one there."""
    found = at_scoring(window, scoring_file)
    box = box_of(found)
    box.setFocus()
    QtBot.keyClicks(box, MINE)
    save_as_another(window, found)
    return found


def box_of(page: ScoringPage) -> ReasonBox:
    return next(box for box in page.findChildren(ReasonBox) if box.isVisible() and box.isEnabled())


def save_as_another(window: Window, page: ScoringPage) -> None:
    """Save a reason from elsewhere, and tell the window of it as the server's journal would."""
    record = window.workspace.session.held()
    line = page.sheets.current
    operation = SetReason(page.sheets.round_id, "NAIR", line.reference, "A1", THEIRS, "")
    record.perform(operation, Actor("Priya Nair", "chair"))
    tell(window, operation)


def tell(window: Window, operation: Operation) -> None:
    """Tell of a change as is done of most: that everything may have been touched by it."""
    window.controller.hearing.heard.emit((Change(9, utc_now(), "Priya Nair", operation.kind),))
    window.workspace.changed.emit(frozenset(Topic))
    QApplication.processEvents()


def marks_of(page: QWidget) -> list[str]:
    return [mark.text() for mark in page.findChildren(Beneath) if mark.isVisible()]


def leave(window: Window, box: ReasonBox) -> DataForm:
    box.clearFocus()
    return window.controller.dialog


def stands(window: Window) -> list[str]:
    """Return the reasons that the record has, which is asked past the page."""
    query = partial(score_sheets, round_id=1, viewer=window.main.tools.identity.viewer, of="NAIR")
    lines = window.workspace.session.held().ask(query).lines
    return [reason for line in lines for reason in line.reasons if reason]


def test_what_is_typed_stays_under_a_mark_and_can_be_saved_once_all_three_were_shown(
    window: Window, page: ScoringPage
) -> None:
    typed, (mark,) = box_of(page).text, marks_of(page)
    dialog = leave(window, box_of(page))
    shown = [box.toPlainText() for box in dialog.findChildren(QPlainTextEdit)]
    before = stands(window)

    dialog.do.click()

    assert (typed, mark.startswith("Changed by Priya Nair, ")) == (MINE, True)
    assert (shown, before) == (["(nothing)", THEIRS, MINE], [THEIRS])
    assert (stands(window), box_of(page).text, marks_of(page)) == ([MINE], MINE, [])


def test_a_reason_typed_at_the_meeting_stays_as_well(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    page = at_meeting(window, meeting_record(tmp_path / "meeting.panel", "scoring", "meeting"), qtbot)
    box, item = page.settle.reason, page.state.item
    box.setFocus()
    qtbot.keyClicks(box, MINE)
    operation = SetAgreedMark(1, item.reference, page.matrix.code, 3, THEIRS, None, "")
    window.workspace.session.held().perform(operation, Actor("Priya Nair", "officer"))

    tell(window, operation)

    assert (box.text, box.hasFocus()) == (MINE, True)
    assert [mark[:21] for mark in marks_of(page)] == ["Changed by Priya Nair"]
    leave(window, box).cancel.click()
    assert (page.controller.current_value(item.reference, page.matrix.code), box.text) == (
        (3, THEIRS),
        THEIRS,
    )
    assert page.sheet.drafts.words.text() == f"Typed on {page.matrix.code} and not saved: “{MINE}”"
    page.sheet.drafts.use.click()
    assert page.controller.current_value(item.reference, page.matrix.code) == (3, MINE)


def test_theirs_can_be_kept_and_is_then_shown(window: Window, page: ScoringPage) -> None:
    leave(window, box_of(page)).cancel.click()

    assert (stands(window), box_of(page).text) == ([THEIRS], THEIRS)


def test_words_that_a_lost_server_did_not_take_are_offered_once_it_answers(
    window: Window, page: ScoringPage
) -> None:
    drafts = window.workspace.session.drafts
    drafts.is_server_lost = True
    box_of(page).clearFocus()
    is_offered = page.drafts.isVisible()

    drafts.regain_server()
    window.workspace.changed.emit(frozenset(Topic))
    QApplication.processEvents()

    assert (is_offered, page.drafts.words.text()) == (False, f"Typed on A1 and not saved: “{MINE}”")
    page.drafts.use.click()
    QApplication.processEvents()
    assert (stands(window), page.drafts.isVisible()) == ([MINE], False)
