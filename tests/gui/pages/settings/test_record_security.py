"""Settings: a passphrase is given, changed and taken off; plain copies go after a question."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.access.passphrase import Passphrase
from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.settings.page import SettingsPage
from gui.record.runner import Runner
from gui.widgets.buttons import Button
from models.record import Opener, Record
from models.store.sqlite import backup
from tests.gui.conftest import Opens
from tests.gui.pressing import box_of, page_of, told
from tests.gui.sealed_records import MARKER, PASSPHRASE

OTHER = "ridge canoe amber lantern willow brick"
OPENER = Opener("Priya Nair", "tests")


def settings_of(window: Window) -> SettingsPage:
    window.main.tools.go("settings")
    return page_of(window, SettingsPage)


def give_new(window: Window, key: str) -> None:
    dialog = box_of(window, DataForm)
    dialog["key"].box.line.setText(key)
    dialog["key"].again.line.setText(key)
    dialog["key"].noted.click()
    dialog.do.click()


def prove(window: Window, button: Button, key: str = PASSPHRASE) -> DataForm:
    """Press a button and give the passphrase in force, which is asked for first."""
    button.click()
    dialog = box_of(window, DataForm)
    dialog["key"].line.setText(key)
    dialog.do.click()
    return dialog


def agree(window: Window) -> ConfirmDialog:
    dialog = box_of(window, ConfirmDialog)
    assert dialog.focusWidget() is dialog.cancel
    dialog.do.click()
    return dialog


@pytest.mark.daily_copies
def test_a_plain_record_is_encrypted_and_its_plain_copies_go(opened: Window, record_path: Path) -> None:
    security = settings_of(opened).security
    (plain,) = backup.copies(record_path)
    assert "not encrypted" in security.says.text()
    assert not security.take_off.isVisible()

    security.change.click()
    give_new(opened, PASSPHRASE)

    assert MARKER.encode() not in record_path.read_bytes()
    assert opened.main.status.encryption.text() == "Encrypted"
    assert told(opened) == "The record is encrypted. 1 copy made before can be read by anybody."
    opened.main.notices.remedies[0].click()
    dialog = agree(opened)
    assert plain.path.name in dialog.sentences[0]
    (copy,) = backup.copies(record_path)
    assert MARKER.encode() not in copy.path.read_bytes()  # made anew, within the same second under its name
    assert backup.plain_copies(record_path) == ()
    assert not security.delete.isVisible()
    opened.workspace.close()
    with Record.open(record_path, OPENER, key=PASSPHRASE) as record:
        assert record.is_encrypted


@pytest.mark.daily_copies
def test_another_passphrase_takes_the_place_of_the_first(window: Window, sealed: Path) -> None:
    window.workspace.open(sealed, key=Passphrase(PASSPHRASE))
    security = settings_of(window).security
    prove(window, security.change)
    dialog = box_of(window, DataForm)
    assert "Earlier copies stay as they are: 1 with the passphrase used so far." in (
        dialog.accessibleDescription()
    )
    give_new(window, OTHER)
    window.workspace.lock()
    screen = window.controller.locking.screen
    screen.box.line.setText(PASSPHRASE)
    screen.unlock.click()
    assert window.workspace.session.is_locked

    screen.box.line.setText(OTHER)
    screen.unlock.click()

    assert not window.workspace.session.is_locked
    window.main.tools.go("ranking")
    assert window.main.ranking.figures is not None
    assert window.workspace.undo_stack.count() == 0


def test_whoever_sits_at_an_open_window_cannot_change_its_passphrase_and_one_being_typed_goes_with_the_lock(
    window: Window, sealed: Path
) -> None:
    window.workspace.open(sealed, key=Passphrase(PASSPHRASE))
    security = settings_of(window).security
    before = sealed.read_bytes()
    for button in (security.change, security.take_off):
        dialog = prove(window, button, OTHER)
        assert window.controller.dialog is dialog
        assert dialog.problem.text().startswith("That passphrase does not open this record")
        dialog.cancel.click()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # they are gone as it is locked below
    assert window.controller.dialog is None
    assert sealed.read_bytes() == before
    proved: list[bool] = []
    for key in (PASSPHRASE, OTHER, "", "x'00'", f"{PASSPHRASE} "):
        window.workspace.prove(Passphrase(key), proved.append)
    assert proved == [True, False, False, False, False]

    prove(window, security.change)
    line = box_of(window, DataForm)["key"].box.line
    window.workspace.lock()
    assert window.controller.dialog is None
    assert line.text() == ""


def test_encryption_is_taken_off_only_after_a_question(window: Window, sealed: Path) -> None:
    window.workspace.open(sealed, key=Passphrase(PASSPHRASE))
    security = settings_of(window).security
    prove(window, security.take_off)
    dialog = box_of(window, ConfirmDialog)
    dialog.cancel.click()
    assert window.workspace.facts.is_encrypted

    prove(window, security.take_off)
    agree(window)

    assert not window.workspace.facts.is_encrypted
    assert window.main.status.encryption.text() == "Not encrypted"
    window.workspace.close()
    Record.open(sealed, OPENER).close()


def test_a_copy_is_no_place_to_change_a_passphrase(window: Window, sealed: Path) -> None:
    window.workspace.read_copy(sealed, key=Passphrase(PASSPHRASE))
    security = settings_of(window).security

    assert security.says.text().startswith("You are reading a copy")
    assert not security.change.isVisible()


def test_the_minutes_of_the_idle_lock_are_kept(opened: Window) -> None:
    idle = settings_of(opened).security.idle
    assert idle.currentText() == "After 15 minutes without use"
    idle.activated.emit(0)
    assert opened.settings.idle_lock == 0


@pytest.mark.daily_copies
def test_on_real_lanes_a_copy_under_way_gives_way_to_the_new_passphrase(
    opens: Opens, sealed: Path, qtbot: QtBot
) -> None:
    window = opens(Runner())
    failures: list[Exception] = []
    window.workspace.failed.connect(failures.append)
    with qtbot.waitSignal(window.workspace.opened):
        window.workspace.open(sealed, key=Passphrase(PASSPHRASE))
    with qtbot.waitSignal(window.workspace.rekeyed):
        window.workspace.change_key(Passphrase(OTHER), list)
    qtbot.waitUntil(lambda: bool(backup.copies(sealed)))

    assert failures == []
