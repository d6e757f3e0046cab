"""History in sentences, and settings that hold at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.history.page import HistoryPage
from gui.pages.settings.page import SOUND, SettingsPage
from gui.settings import Settings
from gui.theme.look import Choice
from models.operations.areas import MoveArea


@pytest.fixture
def history(opened: Window) -> HistoryPage:
    opened.main.tools.go("history")
    page = opened.main.pages.page("history")
    assert isinstance(page, HistoryPage)
    return page


@pytest.fixture
def settings_page(opened: Window) -> SettingsPage:
    opened.main.tools.go("settings")
    page = opened.main.pages.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def test_history_tells_what_was_done_the_newest_first(opened: Window, history: HistoryPage) -> None:
    opened.workspace.perform(MoveArea(1, "Coventry", "scoring"))

    assert history.table.rows[0].words == "Move Coventry to scoring"
    assert (history.table.rows[0].name, history.table.rows[0].role) == ("Priya Nair", "chair")
    assert history.chain.text() == "Chain unbroken"


def test_history_is_narrowed_by_words_and_by_who(opened: Window, history: HistoryPage) -> None:
    opened.workspace.perform(MoveArea(1, "Coventry", "scoring"))
    everything = len(history.table.rows)
    history.words.setText("coventry")
    by_words = [line.words for line in history.table.rows]
    history.words.setText("")
    history.what.setCurrentText("make record")

    assert by_words == ["Move Coventry to scoring"]
    assert [line.words for line in history.table.rows] == ["Made the record"]
    assert history.summary.text().startswith(f"1 change of {everything}")


def test_history_keeps_the_rules_of_a_model(history: HistoryPage) -> None:
    model = history.table.model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    history.words.setText("nothing at all")
    history.words.setText("")

    assert tester.model() is model
    assert model.rowCount() == len(history.table.rows)


def test_a_look_is_chosen_kept_and_shown(
    opened: Window, settings_page: SettingsPage, settings: Settings
) -> None:
    settings_page.looks.activated.emit(2)

    assert opened.look.choice is Choice.DARK
    assert settings.choice is Choice.DARK
    assert settings_page.looks.currentText() == "Dark"


def test_a_size_chosen_by_key_elsewhere_shows_here(
    opened: Window, settings_page: SettingsPage, settings: Settings
) -> None:
    settings_page.sizes.activated.emit(3)
    assert (opened.look.percent, settings.percent) == (150, 150)
    opened.main.actions_by_name["plain_size"].trigger()

    assert settings_page.sizes.currentText() == "100%"


def test_the_record_is_checked_in_one_sentence(settings_page: SettingsPage) -> None:
    settings_page.check.click()

    assert settings_page.says.text() == SOUND


def test_a_record_that_was_not_checked_leaves_no_gap(opened: Window, settings_page: SettingsPage) -> None:
    before = settings_page.says.isHidden()
    settings_page.check.click()

    assert before
    assert settings_page.says.isVisible()


def test_single_keys_switched_off_reach_text_alone(
    opened: Window, settings_page: SettingsPage, history: HistoryPage, qtbot: QtBot
) -> None:
    seen: list[str] = []
    opened.main.toast.undo.keyPressEvent = lambda event: seen.append(event.text())  # type: ignore[method-assign]
    qtbot.keyClick(opened.main.toast.undo, Qt.Key.Key_F)
    settings_page.keys.setChecked(False)
    qtbot.keyClick(opened.main.toast.undo, Qt.Key.Key_F)
    qtbot.keyClicks(history.words, "cov")

    assert seen == ["f"]
    assert history.words.text() == "cov"


def test_settings_open_without_a_record_and_say_what_waits_for_one(window: Window) -> None:
    window.main.tools.go("settings")
    page = window.main.pages.page("settings")

    assert isinstance(page, SettingsPage)
    assert not page.check.isEnabled()
    assert not page.back_up.isEnabled()
    assert page.says.text() == "Open a record to back it up or to check it."
