"""History in sentences, and settings that hold at once."""

from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.publisher import PublisherDialog
from gui.pages.applications.page import ApplicationsPage
from gui.pages.history.page import COLUMNS, HistoryPage, ReadHistory
from gui.pages.page import Identity
from gui.pages.settings.page import SOUND, SettingsPage
from gui.settings import Settings
from gui.theme.look import Choice
from models.operations.applications.corrections import SetWithdrawn
from models.operations.panel.members import Declare
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveArea
from models.values.rows import InterestRow
from scoring.round import InterestKind


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


def history_tells_what_was_done_the_newest_first(opened: Window, history: HistoryPage) -> None:
    opened.workspace.perform(MoveArea(1, "Coventry", "scoring"))

    assert history.table.rows[0].words == "Moved Coventry to scoring"
    assert (history.table.rows[0].name, history.table.rows[0].role) == ("Priya Nair", "chair")
    assert history.chain.text() == "Chain unbroken"


def test_enter_on_a_change_opens_the_application_that_it_is_about(
    opened: Window, history: HistoryPage, qtbot: QtBot
) -> None:
    opened.workspace.perform(SetWithdrawn(1, "W-013", is_withdrawn=True, reason="They moved."))
    opened.workspace.perform(MoveArea(1, "Coventry", "scoring"))
    history.table.select_first()
    qtbot.keyClick(history.table, Qt.Key.Key_Return)
    assert opened.main.pages.key == "history"
    line = next(line for line in history.table.rows if line.application)
    history.table.select(line.seq)

    qtbot.keyClick(history.table, Qt.Key.Key_Return)

    assert opened.main.pages.key == "applications"


def test_history_is_narrowed_by_words_and_by_who(opened: Window, history: HistoryPage) -> None:
    opened.workspace.perform(MoveArea(1, "Coventry", "scoring"))
    everything = len(history.table.rows)
    history.words.setText("coventry")
    by_words = [line.words for line in history.table.rows]
    history.words.setText("")
    history.what.setCurrentText("make record")

    assert by_words == ["Moved Coventry to scoring"]
    assert [line.words for line in history.table.rows] == ["Made the record"]
    assert history.summary.text().startswith(f"1 change of {everything}")


def test_history_is_narrowed_by_application_and_by_days(opened: Window, history: HistoryPage) -> None:
    opened.workspace.perform(Declare(1, "NAIR", (InterestRow("NAIR", None, InterestKind.NONE),)))
    opened.workspace.perform(MoveArea(1, "Wolverhampton", "scoring"))
    opened.workspace.perform(SetMark(1, "NAIR", "W-013", "A1", 4, None))
    filters, today = history.filters, QDate.currentDate()
    everything = len(history.table.rows)
    filters.application.setCurrentText("W-013")
    of_one = [line.application for line in history.table.rows]
    filters.application.setCurrentIndex(0)
    filters.last.setDate(today.addDays(-1))
    before = len(history.table.rows)
    filters.last.setDate(today)
    filters.first.setDate(today)
    on_the_day = len(history.table.rows)
    filters.first.setDate(today.addDays(1))

    assert of_one == ["W-013", ""], "the mark, and the round that was loaded with it"
    assert (before, on_the_day) == (0, everything), "the last day is counted in"
    assert len(history.table.rows) == 0
    assert not history.export.isEnabled()


def test_what_is_cut_is_told_once_over_a_change(history: HistoryPage) -> None:
    line = replace(history.table.rows[0], detail="W-001, Match funding: £500.00 (was “500 own funds”)")
    (told,) = (column for column in COLUMNS if column.tip)

    assert told.tip is not None
    assert told.tip(line) == f"{line.words}\n{line.detail}", "the same that a cell tells of itself"


def test_an_application_asked_for_stays_chosen_where_no_change_is_on_it_alone(history: HistoryPage) -> None:
    history.filters.choose_application("W-014")

    history.filters.offer(())

    assert history.filters.wanted.application == "W-014"


def test_what_is_on_show_is_exported_as_a_workbook(
    opened: Window, history: HistoryPage, tmp_path: Path
) -> None:
    opened.workspace.perform(MoveArea(1, "Coventry", "scoring"))
    history.words.setText("coventry")
    wanted = history.filters.wanted
    history._exports.write(
        tmp_path / "History.xlsx", history.table.rows, f"Narrowed down to: {wanted.words}."
    )
    book = load_workbook(tmp_path / "History.xlsx")
    rows = list(book["History"].iter_rows(values_only=True))
    notice = opened.main.notices.current

    assert rows[1][0] == "Narrowed down to: “coventry”."
    heading = next(n for n, row in enumerate(rows) if row[0] == "Number")
    assert [row[4] for row in rows[heading + 1 :]] == ["Moved Coventry to scoring"]
    assert [row[2] for row in rows[heading + 1 :]] == ["Priya Nair"]
    assert notice is not None
    assert notice.words == "1 change was written to “History.xlsx”."


def test_the_history_of_one_application_is_on_show_from_its_page_and_prints(
    opened: Window, history: HistoryPage, tmp_path: Path
) -> None:
    opened.main.tools.go("applications", "W-013")
    page = opened.main.pages.page("applications")
    assert isinstance(page, ApplicationsPage)

    page.detail.history.click()

    assert history.filters.wanted.application == "W-013"
    assert history.table.rows
    assert all("W-013" in line.names for line in history.table.rows)
    own = replace(history.table.rows[0], application="W-013")
    elsewhere = replace(own, seq=own.seq + 1, round_id=2)
    history._take(ReadHistory((elsewhere, own), None))
    assert history.table.rows == (own,), "its namesake is in another round"
    history._exports.write(tmp_path / "History.pdf", history.table.rows, "Narrowed down to: W-013.")
    document = pypdfium2.PdfDocument(tmp_path / "History.pdf")
    words = " ".join(" ".join(one.get_textpage().get_text_range().split()) for one in document)
    document.close()
    assert "Narrowed down to: W-013. The oldest first." in words
    assert history.table.rows[0].words.split()[0] in words


def history_keeps_the_rules_of_a_model(history: HistoryPage) -> None:
    model = history.table.model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    history.words.setText("nothing at all")
    history.words.setText("")

    assert tester.model() is model
    assert model.rowCount() == len(history.table.rows)


def test_history_tells_the_newest_first_and_keeps_the_rules_of_a_model(
    history: HistoryPage, opened: Window
) -> None:
    history_keeps_the_rules_of_a_model(history)
    history_tells_what_was_done_the_newest_first(opened, history)


def a_look_is_chosen_kept_and_shown(opened: Window, settings_page: SettingsPage, settings: Settings) -> None:
    settings_page.looks.activated.emit(2)

    assert opened.look.choice is Choice.DARK
    assert settings.choice is Choice.DARK
    assert settings_page.looks.currentText() == "Dark"


def a_size_chosen_by_key_elsewhere_shows_here(
    opened: Window, settings_page: SettingsPage, settings: Settings
) -> None:
    settings_page.sizes.activated.emit(3)
    assert (opened.look.percent, settings.percent) == (150, 150)
    opened.main.actions_by_name["plain_size"].trigger()

    assert settings_page.sizes.currentText() == "100%"


def test_a_look_and_a_size_are_chosen_kept_and_shown(
    opened: Window, settings_page: SettingsPage, settings: Settings
) -> None:
    a_size_chosen_by_key_elsewhere_shows_here(opened, settings_page, settings)
    a_look_is_chosen_kept_and_shown(opened, settings_page, settings)


def the_record_is_checked_in_one_sentence(settings_page: SettingsPage) -> None:
    settings_page.check.click()

    assert settings_page.says.text() == SOUND


def a_record_that_was_not_checked_leaves_no_gap(opened: Window, settings_page: SettingsPage) -> None:
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


def settings_open_without_a_record_and_say_what_waits_for_one(window: Window) -> None:
    window.main.tools.go("settings")
    page = window.main.pages.page("settings")

    assert isinstance(page, SettingsPage)
    assert not page.check.isEnabled()
    assert not page.back_up.isEnabled()
    assert page.says.text() == "Open a record to back it up or to check it."


def settings_say_what_the_round_has_and_lead_to_it(opened: Window, settings_page: SettingsPage) -> None:
    card = settings_page.round
    said = (card.areas.text(), card.chain.text())
    shown = [one.isVisible() for one in (card.to_areas, card.to_panel, card.to_chain)]
    card.to_areas.click()

    # 16,000 + 17,500 + 19,000 + 20,500 + 3,000 + 23,500 + 25,000 + 30,000
    assert said[0] == "8 areas, £154,500 in the pots"
    assert said[1].startswith("Panel › ")
    assert shown == [True, True, True]
    assert opened.main.pages.key == "criteria"


def settings_of_a_record_without_a_round_say_so(window: Window, empty_record_path: Path) -> None:
    window.controller.open(empty_record_path)
    window.main.tools.go("settings")
    page = window.main.pages.page("settings")

    assert isinstance(page, SettingsPage)
    assert page.round.areas.text().startswith("This record has no round yet.")


def test_settings_say_what_waits_for_a_record_or_a_round(window: Window, empty_record_path: Path) -> None:
    settings_open_without_a_record_and_say_what_waits_for_one(window)
    settings_of_a_record_without_a_round_say_so(window, empty_record_path)


def the_marking_of_a_round_is_chosen_by_the_office_and_undone(
    opened: Window, settings_page: SettingsPage
) -> None:
    opened.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    row = settings_page.round.marking
    assert not row.choice.isEnabled()
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    assert (row.choice.isEnabled(), row.choice.currentText()) == (True, "OFFICIAL")

    row.choice.setCurrentText("OFFICIAL-SENSITIVE")
    row.choice.activated.emit(1)

    assert opened.main.status.marking.text() == "OFFICIAL-SENSITIVE"
    opened.workspace.undo_stack.undo()
    assert opened.main.status.marking.text() == "OFFICIAL"
    assert row.choice.currentText() == "OFFICIAL"


def who_publishes_open_data_is_set_once_in_the_record(opened: Window, settings_page: SettingsPage) -> None:
    part = settings_page.open_data
    assert part.says.text().startswith("Open data has no publisher yet")

    part.change.click()
    dialog = opened.controller.dialog
    assert isinstance(dialog, PublisherDialog)
    dialog.prefix.setText("360G-Example")
    dialog.funder.setText("GB-GOR-PB1")
    dialog.do.click()

    assert part.says.text() == "Open data is published as 360G-Example, by the funder GB-GOR-PB1."
    opened.workspace.undo_stack.undo()
    assert part.says.text().startswith("Open data has no publisher yet")


def test_the_record_is_checked_and_what_the_round_has_is_chosen_and_led_to(
    opened: Window, settings_page: SettingsPage
) -> None:
    a_record_that_was_not_checked_leaves_no_gap(opened, settings_page)
    the_record_is_checked_in_one_sentence(settings_page)
    who_publishes_open_data_is_set_once_in_the_record(opened, settings_page)
    the_marking_of_a_round_is_chosen_by_the_office_and_undone(opened, settings_page)
    settings_say_what_the_round_has_and_lead_to_it(opened, settings_page)
