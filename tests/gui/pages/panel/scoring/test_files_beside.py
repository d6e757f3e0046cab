"""The files of an application beside its score sheet: tabs, pages, words in them, and what is remembered."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.pages.panel.scoring.page import ScoringPage
from gui.papers.preview_pane import LEAST_HEIGHT
from gui.shell.page_stack import keeps_rows
from gui.theme.look import look
from models.operations.applications.attachments import RemoveAttachments, TickAttachments
from models.values.attachments import APPLICATION
from tests.gui.pages.panel.attached import FILES, attach_files
from tests.gui.pages.panel.scoring_rounds import CHAIR, at_scoring, by_reference, press
from tests.gui.pressing import box_of

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window: Window, scoring_file: Path) -> ScoringPage:
    """The scoring page on W-003, which has files, used by the chair; the last file is not ticked."""
    attach_files(scoring_file)
    return by_reference(at_scoring(window, scoring_file))


def test_files_stand_beside_the_sheet_are_read_by_keys_searched_and_saved_as_they_were_sent(
    window: Window, page: ScoringPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, pane = page.beside, page.beside.pane
    assert [pill.text() for pill in beside.tabs.pills] == ["Answers", *list(FILES)[:3]], (
        "the last stays with the office"
    )
    assert beside.tabs.isVisible()
    assert not pane.isVisible(), "the answers come first"
    page.show_reference("W-005")
    assert not beside.tabs.isVisible()
    # Tab goes from the tabs through the file to the sheet, also where they are offered anew
    page.show_reference("W-003")
    beside.stop.setFocus()
    press(Qt.Key.Key_Backtab)
    assert page.window().focusWidget() is beside.tabs.pills[0]
    press(Qt.Key.Key_Right)
    passed = []
    while not page.form.isAncestorOf(page.window().focusWidget()):
        passed.append(page.window().focusWidget())
        press(Qt.Key.Key_Tab)
    assert passed == [beside.tabs.pills[1], pane.larger, pane.after, pane.paper, pane.sought, pane.save]
    # its page turns by key while the mark has the focus, and is remembered
    page.form.focus_open()
    press(Qt.Key.Key_PageDown, modifier=ALT)
    press(Qt.Key.Key_PageDown, modifier=ALT)
    assert pane.words.text() == "Page 3 of 3"
    assert pane.paper.accessibleName() == "quotes.pdf, page 3 of 3, "
    assert pane.paper.accessibleDescription().startswith("Quote 3 for boxing gloves")
    assert not pane.paper.sheet.pixmap().isNull()
    press("4")
    assert page.sheets.current.marks[0] == 4
    beside.tabs.choose("answers")
    beside.tabs.choose("1")
    assert pane.words.text() == "Page 3 of 3"
    press(Qt.Key.Key_PageUp, modifier=ALT)
    assert pane.words.text() == "Page 2 of 3"
    # words are found from page to page
    pane.sought.setText("BOXING")
    seen = []
    for _ in range(3):
        pane.sought.returnPressed.emit()
        seen.append(pane.words.text())
    assert seen == ["Page 3 of 3", "Page 1 of 3", "Page 2 of 3"]
    assert pane.found.text() == "Found on 3 pages"
    pane.sought.setText("swimming")
    pane.sought.returnPressed.emit()
    assert pane.found.text() == "Not found in this file."
    # a copy is saved as it was sent
    wanted = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(wanted), ""))
    pane.save.click()
    box_of(window, ConfirmDialog).do.click()
    assert wanted.read_bytes() == FILES["quotes.pdf"]
    # a list is shown as text, and what is not shown says what it is
    beside.tabs.choose("2")
    assert pane.text.toPlainText() == "Item,Cost\nGloves,40"
    assert not pane.larger.isVisible()
    beside.tabs.choose("3")
    assert pane.why.text() == (
        "“run.exe” is of a kind that is not shown here. It is a program for Windows; do not start it. "
        "Save a copy to open it in its own program."
    )
    assert not pane.text.isVisible()
    # a page can be read at twice the size of text in a low window
    window.main.resize(860, 640)
    look.set_percent(200)
    beside.tabs.choose("1")
    assert keeps_rows(page)
    assert pane.paper.height() >= look.px(LEAST_HEIGHT) > 200


def test_a_member_sees_what_was_ticked_and_what_is_removed_goes_and_what_a_file_would_do_is_named(
    window: Window, page: ScoringPage
) -> None:
    beside = page.beside
    beside.tabs.choose("1")
    window.main.tools.use_as(replace(CHAIR, name="Aisha Khan", role="member", member="KHAN"))
    page.show_reference("W-003")
    assert beside.tabs.values == ("answers", "1", "2", "3")
    assert beside.pane._file is None, "what another person read is let go"
    window.main.tools.use_as(replace(CHAIR, name="Jo Adeyemi", role="member", member="JO"))
    page.refresh()
    assert not beside.tabs.isVisible(), "the application is closed to whoever has not declared"

    window.main.tools.use_as(CHAIR)
    page.show_reference("W-003")
    beside.tabs.choose("1")
    window.workspace.perform(RemoveAttachments(APPLICATION, 1, "W-003", "", (1,)))
    assert beside.tabs.values == ("answers", "2", "3")
    assert beside.stop is page.pane.pane

    window.workspace.perform(TickAttachments(APPLICATION, 1, "W-003", "", (4,), is_read=True))
    beside.tabs.choose("4")
    assert beside.pane.words.text() == "Page 1 of 1"
    assert beside.pane.notes.text() == (
        "This file has an action that would start a program. None of it was run or fetched."
    )
