"""The files of an application at its item in the meeting, and on the projector."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.meeting.projector import SharpLabel
from models.operations.applications.attachments import TickAttachments
from models.values.attachments import APPLICATION
from tests.gui.meeting_rounds import at_meeting
from tests.gui.pages.panel.attached import attach_files


@pytest.fixture
def page(window: Window, path: Path, qtbot: QtBot) -> MeetingPage:
    """The meeting at W-003, which has files; the last of them is not ticked."""
    attach_files(path)
    page = at_meeting(window, path, qtbot)
    page.show_reference("W-003")
    return page


def on_the_wall(page: MeetingPage) -> SharpLabel:
    return page.projector.file


def test_files_stand_beside_the_item_and_the_projector_shows_those_that_may_leave_and_no_other(
    window: Window, page: MeetingPage, qtbot: QtBot
) -> None:
    beside = page.beside
    beside.tabs.choose("1")
    qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    turned = beside.pane.words.text()
    page.go_on()
    assert turned == "Page 2 of 3"
    assert beside.tabs.current == "answers", "going on comes back to the item first"
    assert beside.tabs.pills[0].text() == "This item"
    assert page.matrix.isVisible()

    page.projecting.toggle()
    beside.tabs.choose("1")
    assert on_the_wall(page).drawn.height() > 300, "the page is shown whole and large"
    assert not page.projector.matrix.isVisible()
    beside.tabs.choose("2")
    assert on_the_wall(page).text() == "Item,Cost\nGloves,40"
    assert "4" not in beside.tabs.values, "nobody has ticked it"
    beside.show_first()
    assert page.projector.matrix.isVisible()
    assert on_the_wall(page).drawn.isNull()
    # who stands aside sees no file of the item
    beside.tabs.choose("1")
    window.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    page.show_reference("W-003")
    assert not beside.tabs.isVisible()
    assert beside.leaving is None


def test_what_is_no_longer_read_and_what_is_of_a_closed_record_leaves_the_projector(
    window: Window, page: MeetingPage
) -> None:
    beside = page.beside
    # many files leave the page its room, and the one on show is in sight
    one = beside._files[0]
    beside._take(tuple(replace(one, number=at, name=f"photograph {at}.jpg") for at in range(1, 61)))
    QApplication.processEvents()
    assert beside._stack.height() > beside.height() // 2
    assert beside.tabs.pills[-1].visibleRegion().isEmpty()
    beside.tabs.choose("60")
    QApplication.processEvents()
    assert not beside.tabs.pills[-1].visibleRegion().isEmpty()
    page.show_reference("W-017")
    page.show_reference("W-003")
    # while another page is on show
    beside.tabs.choose("1")
    assert beside.leaving is not None
    window.main.tools.go("applications")
    QApplication.processEvents()
    assert not beside.isVisible()
    window.workspace.perform(TickAttachments(APPLICATION, 1, "W-003", "", (1,), is_read=False))
    QApplication.processEvents()
    assert beside.leaving is None
    # as the record closes
    window.main.tools.go("meeting")
    page.show_reference("W-003")
    beside.tabs.choose("2")
    window.workspace.close()
    QApplication.processEvents()
    assert (beside.tabs.isHidden(), beside.leaving) == (True, None)
    assert beside.pane._file is None
