"""The window as a whole: trouble, locks, looks, sizes and closing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.record.runner import Runner
from gui.settings import Settings
from gui.theme.look import Choice, Density, Theme, Tone, look
from gui.widgets.buttons import Button
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.record import Opener, Record
from models.store.sqlite.lock import lock_path
from tests.gui.conftest import Opens
from tests.gui.help.test_help import links
from tests.gui.pressing import told, words_in

CTRL = Qt.KeyboardModifier.ControlModifier
NO_CONTACT = (
    "Report faults to the person who looks after your office’s computers: no contact for faults is entered "
    "on Office."
)
SIZES = (1366, 768, 100), (1366, 688, 100), (1093, 535, 100), (1366, 688, 200)
"""Width, height and text size."""


@pytest.fixture
def held(record_path: Path) -> Iterator[Path]:
    """A record that somebody else has open on this computer."""
    with Record.open(record_path, Opener("Grace Okoro", "the command")) as record:
        record.copies.make_if_due()
        yield record_path


def test_every_page_of_a_new_record_leads_to_its_first_round(window: Window, tmp_path: Path) -> None:
    window.controller.first_run.make(tmp_path / "New office.panel", None, "a trial")
    for page in ("overview", "applications", "criteria", "panel", "scoring"):
        window.main.tools.go(page)
        shown = window.main.pages.current
        (button,) = shown.panes()
        assert button.isVisible()
        assert isinstance(button, Button)
        assert button.text() == "Start a round…"

        button.click()

        assert isinstance(window.controller.dialog, DataForm), page
        assert window.main.pages.key == "criteria"
        window.controller.dialog.reject()


def test_a_record_that_is_missing_or_none_is_told(window: Window, tmp_path: Path) -> None:
    window.controller.open(tmp_path / "gone.panel")
    assert window.main.notices.current.tone is Tone.DANGER
    assert told(window).startswith("There is no file gone.panel")
    assert window.main.pages.currentWidget() is window.main.welcome

    path = tmp_path / "letter.panel"
    path.write_text("Dear panel", encoding="utf-8")
    window.controller.open(path)
    assert "is not a Grant Panel record" in told(window)
    assert path.read_text(encoding="utf-8") == "Dear panel"


def test_a_record_in_use_offers_its_copy_and_another_try(window: Window, held: Path, qtbot: QtBot) -> None:
    lock = lock_path(held)
    said = lock.rename(held.with_name("aside"))
    window.controller.open(held)
    assert "is open in this program already" in told(window)
    assert [button.text() for button in window.main.notices.remedies] == ["Read the copy", "Try again"]

    said.rename(lock)
    window.controller.open(held)
    assert told(window).startswith("Grace Okoro has this record open, on ")
    assert [button.text() for button in window.main.notices.remedies] == ["Read the copy", "Try again"]

    qtbot.mouseClick(window.main.notices.remedies[0], Qt.MouseButton.LeftButton)

    assert window.workspace.facts.is_copy
    assert window.main.status.saved.text() == "Reading a copy"


def test_closing_the_window_closes_the_record_first(opens: Opens, record_path: Path, qtbot: QtBot) -> None:
    window = opens(Runner())
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.workspace.facts is not None)

    window.main.close()

    qtbot.waitUntil(lambda: not window.main.isVisible())
    with Record.open(record_path, Opener("Grace Okoro", "tests")) as record:
        assert not record.is_copy


def test_the_window_holds_at_every_size_and_look_which_are_remembered(
    opened: Window, settings: Settings, qtbot: QtBot
) -> None:
    page = opened.main.ranking
    for width, height, percent in SIZES:
        look.set_percent(percent)
        opened.main.resize(width, height)
        whole = opened.main.rect()
        for name in ("sidebar", "header", "status", "pages"):
            part: QWidget = getattr(opened.main, name)
            at = part.mapTo(opened.main, part.rect().topLeft())
            assert whole.contains(QRect(at, part.size())), name
        for button in (page.finding, page.record):
            assert button.isHidden() or page.rect().contains(button.geometry())
        assert page.table.columnWidth(1) >= look.px(200)
    look.set_percent(100)
    for _ in range(9):
        qtbot.keyClick(opened.main, Qt.Key.Key_Plus, CTRL)
    largest = look.percent
    qtbot.keyClick(opened.main, Qt.Key.Key_0, CTRL)
    assert (largest, look.percent, settings.percent) == (200, 100, 100)
    opened.main.actions_by_name["look_dark"].trigger()
    opened.main.actions_by_name["rows_compact"].trigger()
    assert look.theme == Theme.dark()
    assert (settings.choice, settings.density) == (Choice.DARK, Density.COMPACT)
    assert page.table.rowHeight(1) == 30


def test_controls_keys_and_notices_of_the_window_and_its_guide(
    opened: Window, qtbot: QtBot, record_path: Path
) -> None:
    main = opened.main
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    controls = [w for kind in kinds for w in main.findChildren(kind) if w.isVisible()]
    names = [control.accessibleName() for control in controls if control.focusPolicy()]
    assert "" not in names
    assert sorted(names) == sorted(set(names))
    main.ranking.table.setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(main, Qt.Key.Key_F6)
        seen.append(main.focusWidget().accessibleName() if main.focusWidget() else "")
    assert len(set(seen)) == 6
    assert seen[-1] == "Ranked applications"

    opened.controller.open(record_path)
    assert main.notices.current is None, "reopening the open record does not lock itself out"
    assert opened.workspace.facts is not None
    main.tools.go("help")
    assert main.pages.currentWidget() is main.help
    main.help.show_topic("index.md")
    for topic in links(main.help):
        main.help.show_topic(topic)  # raises where there is no such page
    qtbot.keyClick(main, Qt.Key.Key_7, CTRL)
    assert main.pages.currentWidget() is main.ranking
    opened.workspace.failed.emit(ZeroDivisionError("division by zero"))
    assert opened.controller.dialog.windowTitle() == "Something went wrong in Grant Panel"
    opened.controller.dialog.accept()
    assert opened.controller.dialog is None
    qtbot.keyClick(main, Qt.Key.Key_S, CTRL)
    assert told(opened).startswith("Everything is saved as you work.")
    qtbot.keyClick(main, Qt.Key.Key_W, CTRL)
    assert main.pages.currentWidget() is main.welcome
    with Record.open(record_path, Opener("Grace Okoro", "tests")) as record:
        assert not record.is_copy, "it was let go of"


def test_whom_the_office_names_for_faults_is_named_wherever_one_is_reported(
    opened: Window, tmp_path: Path
) -> None:
    assert named(opened, tmp_path / "before.txt") == [NO_CONTACT] * 4

    contact = {"faults_name": "IT service desk", "faults_email": "it@office.example"}
    changes = tuple(FactChange(key, value) for key, value in contact.items())
    opened.workspace.perform(SetOfficeFacts(changes))
    assert (
        named(opened, tmp_path / "after.txt") == ["Report faults to IT service desk, it@office.example."] * 4
    )

    opened.workspace.undo_stack.undo()
    assert named(opened, tmp_path / "undone.txt") == [NO_CONTACT] * 4


def named(window: Window, report: Path) -> list[str]:
    """Return where a fault is to be reported: by the box after one, the help, the report and Settings."""
    main, controller = window.main, window.controller
    window.workspace.failed.emit(ZeroDivisionError("division by zero"))
    assert controller.dialog is not None
    box = words_in(controller.dialog)
    controller.dialog.accept()
    main.tools.go("help")
    main.help.show_topic("approval.md")
    guide = main.help.pages.toPlainText()
    controller.help.write_report(report)
    saved = told(window)
    main.notices.move_on()
    main.tools.go("settings")
    settings = words_in(main.pages.page("settings"))
    return [
        next(re.finditer(r"Report faults to .*?\.(?=\s|$)", text)).group()
        for text in (box, guide, saved, settings)
    ]
