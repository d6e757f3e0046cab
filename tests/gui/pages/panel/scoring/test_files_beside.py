"""The files of an application beside its score sheet: tabs, pages, words in them, and what is remembered."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.pages.panel.scoring.page import ScoringPage
from gui.papers.file_pane import LEAST_HEIGHT
from gui.shell.page_stack import keeps_rows
from gui.theme.look import look
from models.operations.applications.attachments import RemoveAttachments, TickAttachments
from models.values.attachments import APPLICATION
from tests.gui.pages.panel.attached import FILES, attach_files
from tests.gui.pages.panel.scoring_rounds import CHAIR, at_scoring, press
from tests.gui.pressing import box_of

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window: Window, scoring_file: Path) -> ScoringPage:
    """The scoring page on W-003, which has files, used by the chair; the last file is not ticked."""
    attach_files(scoring_file)
    return at_scoring(window, scoring_file)


def test_files_stand_in_tabs_beside_the_sheet_and_only_where_there_are_some(page: ScoringPage) -> None:
    beside = page.beside

    assert [pill.text() for pill in beside.tabs.pills] == ["Answers", *list(FILES)[:3]], (
        "the last stays with the office"
    )
    assert beside.tabs.isVisible()
    assert not beside.pane.isVisible(), "the answers come first"
    page.show_reference("W-005")
    assert not beside.tabs.isVisible()


def test_tab_goes_from_the_tabs_through_the_file_to_the_sheet_also_where_they_are_offered_anew(
    page: ScoringPage,
) -> None:
    page.show_reference("W-005")
    page.show_reference("W-003")
    beside = page.beside
    beside.stop.setFocus()
    press(Qt.Key.Key_Backtab)
    assert page.window().focusWidget() is beside.tabs.pills[0]

    press(Qt.Key.Key_Right)
    passed = []
    while not page.form.isAncestorOf(page.window().focusWidget()):
        passed.append(page.window().focusWidget())
        press(Qt.Key.Key_Tab)
    pane = beside.pane
    assert passed == [beside.tabs.pills[1], pane.larger, pane.after, pane.paper, pane.sought, pane.save]


def test_its_page_turns_by_key_while_the_mark_has_the_focus_and_is_remembered(page: ScoringPage) -> None:
    beside = page.beside
    beside.tabs.choose("1")
    press(Qt.Key.Key_PageDown, modifier=ALT)
    press(Qt.Key.Key_PageDown, modifier=ALT)

    assert beside.pane.words.text() == "Page 3 of 3"
    assert beside.pane.paper.accessibleName() == "quotes.pdf, page 3 of 3, "
    assert beside.pane.paper.accessibleDescription().startswith("Quote 3 for boxing gloves")
    assert not beside.pane.paper.sheet.pixmap().isNull()
    press("4")
    assert page.sheets.current.marks[0] == 4

    beside.tabs.choose("answers")
    beside.tabs.choose("1")
    assert beside.pane.words.text() == "Page 3 of 3"
    press(Qt.Key.Key_PageUp, modifier=ALT)
    assert beside.pane.words.text() == "Page 2 of 3"


def test_words_are_found_in_a_file_from_page_to_page(page: ScoringPage) -> None:
    pane = page.beside.pane
    page.beside.tabs.choose("1")
    pane.sought.setText("BOXING")
    seen = []
    for _ in range(3):
        pane.sought.returnPressed.emit()
        seen.append(pane.words.text())

    assert seen == ["Page 2 of 3", "Page 3 of 3", "Page 1 of 3"]
    assert pane.found.text() == "Found on 3 pages"
    pane.sought.setText("swimming")
    pane.sought.returnPressed.emit()
    assert pane.found.text() == "Not found in this file."


def test_a_list_is_shown_as_text_and_what_is_not_shown_says_what_it_is(page: ScoringPage) -> None:
    pane = page.beside.pane
    page.beside.tabs.choose("2")
    assert pane.text.toPlainText() == "Item,Cost\nGloves,40"
    assert not pane.larger.isVisible()

    page.beside.tabs.choose("3")
    assert pane.why.text() == (
        "“run.exe” is of a kind that is not shown here. It is a program for Windows; do not start it. "
        "Save a copy to open it in its own program."
    )
    assert not pane.text.isVisible()


def test_what_a_file_would_do_is_named_beside_its_page(window: Window, page: ScoringPage) -> None:
    window.workspace.perform(TickAttachments(APPLICATION, 1, "W-003", "", (4,), is_read=True))
    page.beside.tabs.choose("4")

    assert page.beside.pane.words.text() == "Page 1 of 1"
    assert page.beside.pane.notes.text() == (
        "This file has an action that would start a program. None of it was run or fetched."
    )


def test_a_copy_is_saved_as_it_was_sent(
    window: Window, page: ScoringPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(wanted), ""))
    page.beside.tabs.choose("1")

    page.beside.pane.save.click()
    box_of(window, ConfirmDialog).do.click()

    assert wanted.read_bytes() == FILES["quotes.pdf"]


def test_a_member_sees_what_was_ticked_and_nothing_of_a_closed_application(
    window: Window, page: ScoringPage
) -> None:
    page.beside.tabs.choose("1")
    window.main.tools.use_as(replace(CHAIR, name="Aisha Khan", role="member", member="KHAN"))
    page.show_reference("W-003")
    assert page.beside.tabs.keys == ("answers", "1", "2", "3")
    assert page.beside.pane._file is None, "what another person read is let go"

    window.main.tools.use_as(replace(CHAIR, name="Jo Adeyemi", role="member", member="JO"))
    page.refresh()
    assert not page.beside.tabs.isVisible()


def test_a_file_that_is_removed_goes_from_beside_the_sheet(window: Window, page: ScoringPage) -> None:
    page.beside.tabs.choose("1")

    window.workspace.perform(RemoveAttachments(APPLICATION, 1, "W-003", "", (1,)))

    assert page.beside.tabs.keys == ("answers", "2", "3")
    assert page.beside.stop is page.pane.pane


def test_a_page_can_be_read_at_twice_the_size_of_text_in_a_low_window(page: ScoringPage) -> None:
    window, pane = page.window(), page.beside.pane
    window.resize(860, 640)
    look.set_percent(200)
    page.beside.tabs.choose("1")

    assert keeps_rows(page)
    assert pane.paper.height() >= look.px(LEAST_HEIGHT) > 200
