"""The window as a whole: trouble, locks, looks, sizes and closing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.record.runner import PoolRunner
from gui.settings import Settings
from gui.theme.look import Choice, Density, look
from gui.theme.tokens import Theme, Tone
from gui.widgets.buttons import Button
from models.record import Opener, Record
from models.store.sqlite.lock import lock_path
from tests.gui.conftest import Opens
from tests.gui.help.test_help import links
from tests.gui.pressing import told

CTRL = Qt.KeyboardModifier.ControlModifier
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


def test_a_round_is_started_by_those_who_may(window: Window, empty_record_path: Path) -> None:
    start = window.main.actions_by_name["start_round"]
    assert not start.isEnabled()
    window.controller.open(empty_record_path)
    assert start.isEnabled()

    window.main.tools.use_as(Identity("Jo Adeyemi", "member"))

    assert not start.isEnabled()


def a_missing_record_is_told_in_the_notice_bar(window: Window, tmp_path: Path) -> None:
    window.controller.open(tmp_path / "gone.panel")

    notice = window.main.notices.current
    assert notice.tone is Tone.DANGER
    assert notice.words.startswith("There is no file gone.panel")
    assert window.main.pages.currentWidget() is window.main.welcome


def a_file_that_is_no_record_is_told_and_left_alone(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "letter.panel"
    path.write_text("Dear panel", encoding="utf-8")

    window.controller.open(path)

    assert "is not a Grant Panel record" in told(window)
    assert path.read_text(encoding="utf-8") == "Dear panel"


def test_a_record_that_is_missing_or_none_is_told(window: Window, tmp_path: Path) -> None:
    a_missing_record_is_told_in_the_notice_bar(window, tmp_path)
    a_file_that_is_no_record_is_told_and_left_alone(window, tmp_path)


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


def ctrl_w_closes_the_record_and_lets_go_of_it(opened: Window, record_path: Path, qtbot: QtBot) -> None:
    qtbot.keyClick(opened.main, Qt.Key.Key_W, CTRL)

    assert opened.main.pages.currentWidget() is opened.main.welcome
    with Record.open(record_path, Opener("Grace Okoro", "tests")) as record:
        assert not record.is_copy


def test_closing_the_window_closes_the_record_first(opens: Opens, record_path: Path, qtbot: QtBot) -> None:
    window = opens(PoolRunner())
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.workspace.facts is not None)

    window.main.close()

    qtbot.waitUntil(lambda: not window.main.isVisible())
    with Record.open(record_path, Opener("Grace Okoro", "tests")) as record:
        assert not record.is_copy


def reopening_the_open_record_does_not_lock_itself_out(opened: Window, record_path: Path) -> None:
    opened.controller.open(record_path)

    assert opened.main.notices.current is None
    assert opened.workspace.facts is not None


def ctrl_s_says_that_everything_is_saved(opened: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(opened.main, Qt.Key.Key_S, CTRL)

    assert told(opened).startswith("Everything is saved as you work.")


def the_guide_is_a_page_too_and_ctrl_7_comes_back(opened: Window, qtbot: QtBot) -> None:
    opened.main.tools.go("help")
    shown = opened.main.pages.currentWidget(), "user guide" in opened.main.help.pages.toPlainText()
    qtbot.keyClick(opened.main, Qt.Key.Key_7, CTRL)

    assert shown == (opened.main.help, True)
    assert opened.main.pages.currentWidget() is opened.main.ranking


def every_page_of_the_guide_that_is_linked_to_ships(opened: Window) -> None:
    opened.main.help.show_topic("index.md")
    for topic in links(opened.main.help):
        opened.main.help.show_topic(topic)  # raises where there is no such page


def f6_walks_the_panes_and_comes_round(opened: Window, qtbot: QtBot) -> None:
    main = opened.main
    main.ranking.table.setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(main, Qt.Key.Key_F6)
        focused = main.focusWidget()
        seen.append(focused.accessibleName() if focused else "")

    assert len(set(seen)) == 6
    assert seen[-1] == "Ranked applications"


def text_size_goes_by_key_to_200_and_back(opened: Window, settings: Settings, qtbot: QtBot) -> None:
    for _ in range(9):
        qtbot.keyClick(opened.main, Qt.Key.Key_Plus, CTRL)
    largest = look.percent
    qtbot.keyClick(opened.main, Qt.Key.Key_0, CTRL)

    assert largest == 200
    assert look.percent == 100
    assert settings.percent == 100


def the_chosen_look_and_row_height_are_remembered(opened: Window, settings: Settings) -> None:
    opened.main.actions_by_name["look_dark"].trigger()
    opened.main.actions_by_name["rows_compact"].trigger()

    assert look.theme == Theme.dark()
    assert (settings.choice, settings.density) == (Choice.DARK, Density.COMPACT)
    assert opened.main.ranking.table.rowHeight(1) == 30


def nothing_sticks_out_of_the_window(opened: Window, width: int, height: int, percent: int) -> None:
    look.set_percent(percent)
    opened.main.resize(width, height)

    whole = opened.main.rect()
    for name in ("sidebar", "header", "status", "pages"):
        part: QWidget = getattr(opened.main, name)
        at = part.mapTo(opened.main, part.rect().topLeft())
        assert whole.contains(QRect(at, part.size())), name
    page = opened.main.ranking
    for button in (page.finding, page.record):
        assert button.isHidden() or page.rect().contains(button.geometry())
    assert page.table.columnWidth(1) >= look.px(200)


def test_the_window_holds_at_every_size_and_look_which_are_remembered(
    opened: Window, settings: Settings, qtbot: QtBot
) -> None:
    for width, height, percent in SIZES:
        nothing_sticks_out_of_the_window(opened, width, height, percent)
    look.set_percent(100)
    text_size_goes_by_key_to_200_and_back(opened, settings, qtbot)
    the_chosen_look_and_row_height_are_remembered(opened, settings)


def every_control_has_a_name_of_its_own(opened: Window) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    controls = [w for kind in kinds for w in opened.main.findChildren(kind) if w.isVisible()]

    names = [control.accessibleName() for control in controls if control.focusPolicy()]

    assert "" not in names
    assert sorted(names) == sorted(set(names))


def no_two_actions_share_a_key(opened: Window) -> None:
    keys = [key.toString() for action in opened.main.actions_by_name.all() for key in action.shortcuts()]

    assert sorted(keys) == sorted(set(keys))


def a_bug_ends_in_the_report_and_the_window_goes_on(opened: Window, qtbot: QtBot) -> None:
    opened.workspace.failed.emit(ZeroDivisionError("division by zero"))

    assert opened.controller.dialog.windowTitle() == "Something went wrong in Grant Panel"
    opened.controller.dialog.accept()
    assert opened.controller.dialog is None


def test_controls_keys_and_notices_of_the_window_and_its_guide(
    opened: Window, qtbot: QtBot, record_path: Path
) -> None:
    every_control_has_a_name_of_its_own(opened)
    no_two_actions_share_a_key(opened)
    f6_walks_the_panes_and_comes_round(opened, qtbot)
    reopening_the_open_record_does_not_lock_itself_out(opened, record_path)
    opened.main.tools.go("ranking")
    the_guide_is_a_page_too_and_ctrl_7_comes_back(opened, qtbot)
    every_page_of_the_guide_that_is_linked_to_ships(opened)
    a_bug_ends_in_the_report_and_the_window_goes_on(opened, qtbot)
    ctrl_s_says_that_everything_is_saved(opened, qtbot)
    ctrl_w_closes_the_record_and_lets_go_of_it(opened, record_path, qtbot)
