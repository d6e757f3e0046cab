"""Opening an encrypted record in the window: asked for, pasted, wrong, Caps Lock, the newest backup."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import PassphraseBox
from gui.access.passphrase_dialog import PassphraseDialog
from gui.app import Window
from gui.record.opening_jobs import OpenRequest
from gui.settings import Settings
from models.record import Opener, Record
from models.store.sqlite import backup
from models.store.sqlite.lock import lock_path
from tests.gui.looks import look_of
from tests.gui.sealed_records import PASSPHRASE, WRONG, make_sealed

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def made_sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sealed(tmp_path_factory.mktemp("sealed") / "sealed.panel")


@pytest.fixture
def sealed(made_sealed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made_sealed, tmp_path / "Sealed office.panel"))


def asked(window: Window) -> PassphraseDialog:
    dialog = window.controller.dialog
    assert isinstance(dialog, PassphraseDialog)
    return dialog


def give(window: Window, text: str) -> None:
    dialog = asked(window)
    dialog.box.line.setText(text)
    dialog.do.click()


def test_an_encrypted_record_asks_and_opens(window: Window, sealed: Path) -> None:
    window.controller.open(sealed)
    dialog = asked(window)
    assert not dialog.do.isEnabled()

    give(window, PASSPHRASE)

    assert window.controller.dialog is None
    assert window.workspace.facts is not None
    assert window.workspace.facts.is_encrypted
    assert window.main.status.encryption.text() == "Encrypted"


def test_letters_are_not_counted_aloud_as_they_are_typed(qapp: QApplication, qtbot: QtBot) -> None:
    box = PassphraseBox(look_of(qapp))
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    box.line.setFocus()
    qtbot.keyClicks(box.line, "abc")
    as_typed = box.line.accessibleName()
    box.shown.setFocus()

    assert as_typed == "Passphrase, hidden, 0 characters"
    assert box.line.accessibleName() == "Passphrase, hidden, 3 characters"


def test_a_passphrase_is_pasted_hidden_and_shown(window: Window, sealed: Path, qtbot: QtBot) -> None:
    window.controller.open(sealed)
    dialog = asked(window)
    QApplication.clipboard().setText(PASSPHRASE)
    qtbot.keyClick(dialog.box.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert dialog.box.line.echoMode() is QLineEdit.EchoMode.Password
    assert dialog.box.line.accessibleName() == "Passphrase, hidden, 37 characters"
    dialog.box.shown.click()
    assert dialog.box.line.displayText() == PASSPHRASE
    qtbot.keyClick(dialog.box.line, Qt.Key.Key_Return)
    assert window.workspace.facts is not None


def test_a_wrong_one_changes_nothing_and_can_be_tried_again(window: Window, sealed: Path) -> None:
    before = (sealed.read_bytes(), sealed.stat().st_mtime_ns)
    window.controller.open(sealed)
    give(window, WRONG)

    assert asked(window).problem.text() == (
        "That passphrase does not open this record, or the file is damaged. "
        "Nothing has changed; try as often as you need."
    )
    assert asked(window).do.text() == "Try again"
    assert (sealed.read_bytes(), sealed.stat().st_mtime_ns) == before
    assert not lock_path(sealed).exists()
    give(window, PASSPHRASE)
    assert window.workspace.facts is not None


def test_caps_lock_is_told(window: Window, sealed: Path, qtbot: QtBot) -> None:
    window.controller.open(sealed)
    line = asked(window).box.line
    qtbot.keyClick(line, "O", SHIFT)
    assert not asked(window).box.has_caps
    qtbot.keyClick(line, "R")
    assert asked(window).box.has_caps

    asked(window).do.click()

    assert "Caps Lock is on. Nothing has changed" in asked(window).problem.text()
    qtbot.keyClick(line, "b")
    assert not asked(window).box.has_caps


def test_after_three_the_newest_backup_is_offered_and_asks_as_well(window: Window, sealed: Path) -> None:
    with Record.open(sealed, Opener("Priya Nair", "tests"), key=PASSPHRASE) as record:
        copy = record.copies.make_if_due()
    assert copy is not None
    window.controller.open(sealed)
    offered = []
    for _ in range(3):
        give(window, WRONG)
        offered.append(asked(window).copy.isVisible())

    assert offered == [False, False, True]
    asked(window).copy.click()
    give(window, PASSPHRASE)
    assert window.workspace.facts is not None
    assert window.workspace.facts.is_copy
    assert window.workspace.facts.path == copy


def test_a_copy_of_a_record_in_use_asks_for_its_passphrase(window: Window, sealed: Path) -> None:
    with Record.open(sealed, Opener("Grace Okoro", "the command"), key=PASSPHRASE) as record:
        record.copies.make_if_due()
        window.controller.open(sealed)
        assert window.main.notices.remedies[0].text() == "Read the copy"
        window.main.notices.remedies[0].click()
        give(window, PASSPHRASE)

        assert window.workspace.facts is not None
        assert window.workspace.facts.is_copy
        window.workspace.close()


def test_another_trouble_than_the_passphrase_ends_the_asking(window: Window, sealed: Path) -> None:
    window.controller.open(sealed)
    sealed.unlink()
    give(window, PASSPHRASE)

    assert window.controller.dialog is None
    assert window.main.notices.current is not None
    assert window.main.notices.current.words.startswith("There is no file")


def test_cancel_leaves_the_welcome(window: Window, sealed: Path) -> None:
    window.controller.open(sealed)
    line = asked(window).box.line
    line.setText("typed")
    asked(window).cancel.click()

    assert window.controller.dialog is None
    assert line.text() == ""
    assert window.workspace.facts is None
    assert window.main.pages.currentWidget() is window.main.welcome


@pytest.mark.daily_copies
def test_the_daily_copy_of_an_encrypted_record_is_encrypted_with_the_same_passphrase(
    window: Window, sealed: Path
) -> None:
    window.controller.open(sealed)
    give(window, PASSPHRASE)
    made = backup.newest(sealed)

    assert made is not None
    assert backup.plain_copies(sealed) == ()
    with Record.read_copy(made.path, key=PASSPHRASE) as copy:
        assert copy.is_encrypted


def test_no_repr_and_no_setting_holds_a_passphrase(window: Window, sealed: Path, settings: Settings) -> None:
    window.controller.open(sealed)
    give(window, PASSPHRASE)
    window.workspace.close()
    settings.write()
    kept = settings._store.path

    assert PASSPHRASE not in repr((Passphrase(PASSPHRASE), OpenRequest(sealed)))
    assert PASSPHRASE not in (kept.read_text("utf-8") if kept.exists() else "")


@pytest.mark.daily_copies
def test_going_back_to_a_copy_works_with_the_same_passphrase(window: Window, sealed: Path) -> None:
    window.workspace.open(sealed, key=Passphrase(PASSPHRASE))
    copy = backup.newest(sealed)
    assert copy is not None
    window.workspace.go_back(copy.path, [].append)
    give(window, PASSPHRASE)

    assert window.workspace.facts is not None
    assert window.workspace.facts.path == sealed
    assert backup.plain_copies(sealed) == ()
