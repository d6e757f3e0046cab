"""Locking by key, menu and idleness: nothing is readable, nobody else gets in, and one goes on as one was."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from gui.access import idle as idle_module
from gui.access import lock_controller
from gui.access.passphrase import Passphrase
from gui.app import Window
from gui.dialogs.name import NameDialog
from gui.record import opening_jobs
from gui.record.runner import PoolRunner
from models.record import Opener, Record
from models.store.sqlite.lock import RecordInUse, lock_path
from models.trouble import Trouble
from tests.gui.announcing import hear
from tests.gui.conftest import Opens
from tests.gui.sealed_records import PASSPHRASE, WRONG, make_sealed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made_sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sealed(tmp_path_factory.mktemp("sealed") / "sealed.panel")


@pytest.fixture
def sealed(made_sealed: Path, tmp_path: Path) -> Path:
    path = tmp_path / "Sealed office.panel"
    path.write_bytes(made_sealed.read_bytes())
    return path


@pytest.fixture
def at_work(window: Window, sealed: Path) -> Window:
    """A window on an encrypted record, at its ranked list."""
    window.workspace.open(sealed, key=Passphrase(PASSPHRASE))
    window.main.tools.go("ranking")
    return window


def unlock(window: Window, text: str) -> None:
    screen = window.controller.locking.screen
    screen.box.line.setText(text)
    screen.unlock.click()


def ctrl_l_hides_everything_and_keeps_the_lock_file(at_work: Window, sealed: Path, qtbot: QtBot) -> None:
    assert at_work.main.ranking.table.isVisible()
    qtbot.keyClick(at_work.main, Qt.Key.Key_L, CTRL)

    shown = [label.text() for label in at_work.main.findChildren(QLabel) if label.isVisible()]
    assert "“Sealed office.panel” is locked" in shown
    assert not at_work.main.ranking.table.isVisible()
    assert at_work.main.focusWidget() is at_work.controller.locking.screen.box.line
    assert lock_path(sealed).exists()
    with pytest.raises(RecordInUse):
        Record.open(sealed, Opener("Grace Okoro", "tests"), key=PASSPHRASE)


def the_passphrase_brings_one_back_to_the_same_page_and_field(at_work: Window) -> None:
    words = at_work.main.ranking.findChildren(QLineEdit)[0]
    words.setFocus()
    words.setText("Bil")
    at_work.main.actions_by_name["lock"].trigger()
    unlock(at_work, PASSPHRASE)

    assert not at_work.workspace.is_locked
    assert at_work.main.pages.key == "ranking"
    assert at_work.main.focusWidget() is words
    assert words.text() == "Bil"
    assert at_work.main.windowTitle() == "Sealed office.panel"
    assert at_work.controller.locking.screen.box.is_empty


def test_a_wrong_passphrase_leaves_it_locked(at_work: Window, sealed: Path) -> None:
    at_work.workspace.lock()
    before = (sealed.read_bytes(), sealed.stat().st_mtime_ns)
    for _ in range(4):
        unlock(at_work, WRONG)

    assert at_work.controller.locking.screen.problem.text().startswith(
        "That passphrase does not open this record"
    )
    assert at_work.workspace.is_locked
    assert (sealed.read_bytes(), sealed.stat().st_mtime_ns) == before
    assert lock_path(sealed).exists()


def no_action_is_done_from_behind_the_screen(at_work: Window, qtbot: QtBot) -> None:
    was_on = {action for action in at_work.main.searchable() if action.isEnabled()}
    at_work.workspace.lock()

    assert [a for a in at_work.main.searchable() if a.isEnabled()] == [at_work.main.actions_by_name["quit"]]
    qtbot.keyClick(at_work.main, Qt.Key.Key_K, CTRL)
    assert at_work.controller.dialog is None
    unlock(at_work, PASSPHRASE)
    assert {action for action in at_work.main.searchable() if action.isEnabled()} == was_on


def a_dialog_waits_behind_the_screen_with_what_was_typed(at_work: Window) -> None:
    dialog = NameDialog(at_work.look, "A name", "Type one.", "Take it", at_work.main)
    at_work.main.dialogs.show(dialog)
    dialog.name.setText("Half a na")
    at_work.workspace.lock()
    assert not dialog.isVisible()

    unlock(at_work, PASSPHRASE)

    assert dialog.isVisible()
    assert dialog.name.text() == "Half a na"


def a_dialog_that_work_would_show_meanwhile_waits_until_it_is_unlocked(at_work: Window) -> None:
    at_work.workspace.lock()
    dialog = NameDialog(at_work.look, "Whitmore Reans Women", "An import's answer.", "Take it", at_work.main)
    at_work.main.dialogs.show(dialog)
    assert not dialog.isVisible()

    unlock(at_work, PASSPHRASE)

    assert dialog.isVisible()


def test_a_dialog_of_a_record_that_is_closed_while_locked_is_gone(at_work: Window) -> None:
    dialog = NameDialog(at_work.look, "A name", "Type one.", "Take it", at_work.main)
    at_work.main.dialogs.show(dialog)
    at_work.workspace.lock()
    at_work.controller.locking.screen.close_record.click()

    assert at_work.controller.dialog is None
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not at_work.main]


def the_projector_is_dark_while_the_record_is_locked(at_work: Window) -> None:
    projector = at_work.main.ranking.projecting.projector
    at_work.main.ranking.projecting.toggle()
    assert projector.isVisible()

    at_work.workspace.lock()

    assert not projector.isVisible()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [at_work.main]

    unlock(at_work, PASSPHRASE)

    assert projector.isVisible()


def what_was_copied_here_goes_from_the_clipboard_and_what_others_copied_stays(
    is_ours: bool, left: str, at_work: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda clipboard: is_ours)
    QGuiApplication.clipboard().setText("Whitmore Reans Women" if is_ours else "from a letter")

    at_work.workspace.lock()

    assert QGuiApplication.clipboard().text() == left


def a_menu_that_stands_open_is_closed(at_work: Window) -> None:
    menu = QMenu(at_work.main)
    menu.addAction("Whitmore Reans Women")
    menu.popup(at_work.main.mapToGlobal(QPoint(50, 50)))
    assert menu.isVisible()

    at_work.workspace.lock()

    assert not menu.isVisible()


def test_nothing_in_the_program_holds_the_passphrase_of_a_locked_record(at_work: Window) -> None:
    at_work.workspace.lock()
    gc.collect()

    held = [one for one in gc.get_objects() if isinstance(one, Passphrase)]
    assert held == []
    records = [one for one in gc.get_objects() if isinstance(one, Record)]
    assert [one._file.key for one in records if one.path.name == "Sealed office.panel"] == []


def what_is_asked_meanwhile_is_answered_afterwards(at_work: Window) -> None:
    answers: list[int] = []
    at_work.workspace.lock()
    at_work.workspace.ask(lambda session: 7, answers.append)
    assert answers == []

    unlock(at_work, PASSPHRASE)

    assert answers == [7]


def test_whoever_unlocks_finds_everything_as_it_was(
    at_work: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch, lock_controller)
    the_passphrase_brings_one_back_to_the_same_page_and_field(at_work)
    assert [words.partition("” ")[2] for words in heard] == ["is locked", "is unlocked"]
    no_action_is_done_from_behind_the_screen(at_work, qtbot)
    what_is_asked_meanwhile_is_answered_afterwards(at_work)
    a_menu_that_stands_open_is_closed(at_work)
    unlock(at_work, PASSPHRASE)
    the_projector_is_dark_while_the_record_is_locked(at_work)
    at_work.main.ranking.projecting.toggle()
    a_dialog_waits_behind_the_screen_with_what_was_typed(at_work)
    at_work.main.dialogs.dialog.reject()
    a_dialog_that_work_would_show_meanwhile_waits_until_it_is_unlocked(at_work)


def a_locked_record_can_be_closed(at_work: Window, sealed: Path) -> None:
    at_work.workspace.lock()
    at_work.controller.locking.screen.close_record.click()

    assert at_work.workspace.facts is None
    assert not lock_path(sealed).exists()
    assert at_work.main.pages.currentWidget() is at_work.main.welcome
    assert not at_work.main.is_covered
    assert at_work.main.actions_by_name["open"].isEnabled()
    assert not at_work.main.actions_by_name["lock"].isEnabled()


def test_the_lock_hides_everything_keeps_the_lock_file_and_is_closed(
    at_work: Window, sealed: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_ours, left in ((True, ""), (False, "from a letter")):
        with monkeypatch.context() as patched:
            what_was_copied_here_goes_from_the_clipboard_and_what_others_copied_stays(
                is_ours, left, at_work, patched
            )
        unlock(at_work, PASSPHRASE)
    ctrl_l_hides_everything_and_keeps_the_lock_file(at_work, sealed, qtbot)
    unlock(at_work, PASSPHRASE)
    a_locked_record_can_be_closed(at_work, sealed)


def test_a_plain_record_is_hidden_and_says_that_it_is_not_protected(opened: Window) -> None:
    opened.main.tools.go("ranking")
    opened.workspace.lock()
    screen = opened.controller.locking.screen

    assert not screen.box.isVisible()
    assert "protects nothing" in screen.words.text()
    screen.unlock.click()
    assert not opened.main.is_covered
    assert opened.main.ranking.table.isVisible()


def test_it_locks_by_itself_when_nobody_is_there(at_work: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, now = at_work.controller.locking.idle, idle_module.time.time()
    at_work.settings.idle_lock = 5
    monkeypatch.setattr(idle_module.time, "time", lambda: now)
    at_work.main.ranking.findChildren(QLineEdit)[0].setFocus()
    monkeypatch.setattr(idle_module.time, "time", lambda: now + 299)
    watch.look()
    assert not at_work.workspace.is_locked
    monkeypatch.setattr(idle_module.time, "time", lambda: now + 300)
    watch.look()
    assert at_work.workspace.is_locked


def test_a_key_puts_the_idle_lock_off_and_never_is_never(
    at_work: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, now = at_work.controller.locking.idle, idle_module.time.time()
    at_work.settings.idle_lock = 5
    words = at_work.main.ranking.findChildren(QLineEdit)[0]
    words.setFocus()
    monkeypatch.setattr(idle_module.time, "time", lambda: now + 200)
    qtbot.keyClick(words, "b")
    monkeypatch.setattr(idle_module.time, "time", lambda: now + 400)
    watch.look()
    at_work.settings.idle_lock = 0
    monkeypatch.setattr(idle_module.time, "time", lambda: now + 90_000)
    watch.look()

    assert not at_work.workspace.is_locked


def test_a_record_that_cannot_be_locked_is_closed(at_work: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(record: Record, ticket: object) -> None:
        record.close()
        raise Trouble("The disk is gone.")

    monkeypatch.setattr(opening_jobs, "hold", fail)
    at_work.workspace.lock()

    assert at_work.workspace.facts is None
    assert not at_work.main.is_covered
    notice = at_work.main.notices.current
    assert notice is not None
    assert notice.words == "The disk is gone."


def test_on_real_lanes_it_locks_and_comes_back(opens: Opens, sealed: Path, qtbot: QtBot) -> None:
    window = opens(PoolRunner())
    window.workspace.open(sealed, key=Passphrase(PASSPHRASE))
    qtbot.waitUntil(lambda: window.controller.rounds.place is not None)
    with qtbot.waitSignal(window.workspace.held):
        window.workspace.lock()
    with qtbot.waitSignal(window.workspace.unlocked):
        unlock(window, PASSPHRASE)

    assert not window.main.is_covered
