"""A member of the panel who has not declared is shown nothing of the panel's work, and the way to declare."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from gui.app import Window
from gui.pages.applications.page import ApplicationsPage
from gui.pages.declare_first import DeclareFirst
from gui.pages.page import Identity
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.meeting.page import MeetingPage
from models.operations.panel.members import AddMember
from models.queries.panel.member_details import MemberDetails
from tests.gui.deciding import CHAIR, REASON, at_page, make_recommended
from tests.gui.walking import settle

MEMBER = Identity("Jo Newcomer", "member", "JO")
PAGES = ("meeting", "ranking", "decisions")


@pytest.fixture
def shown(window: Window, tmp_path: Path) -> Window:
    """A window at the list that the chair reads, in a round that a member joined and not yet declared in."""
    chair = Identity(CHAIR.name, CHAIR.role, "NAIR")
    at_page(window, make_recommended(tmp_path / "office.panel"), chair, "ranking")
    window.workspace.perform(AddMember(1, MemberDetails("JO", "Jo Newcomer")))
    return window


def asks(window: Window) -> DeclareFirst | None:
    """Return what stands in the place of the page on show, None where the page is open."""
    page = window.main.pages.current
    assert isinstance(page, QWidget)
    return next((one for one in page.findChildren(DeclareFirst) if one.isVisible()), None)


def walk(window: Window) -> dict[str, bool]:
    """Return by page whether it asks for the declaration first."""
    found = {}
    for key in PAGES:
        window.main.tools.go(key)
        settle()
        found[key] = asks(window) is not None
    return found


def offers_it_over_the_list(window: Window) -> bool:
    """Return whether the list of applications has the button, too."""
    window.main.tools.go("applications")
    page = window.main.pages.current
    assert isinstance(page, ApplicationsPage)
    return page.declare.isVisible()


def test_nothing_of_the_panel_opens_before_the_declaration(shown: Window) -> None:
    assert not any(walk(shown).values())
    assert not offers_it_over_the_list(shown)
    ranking = shown.main.ranking
    shown.main.tools.go("ranking")
    ranking.projecting.toggle()
    assert ranking.projecting.is_on

    shown.main.tools.use_as(MEMBER)

    assert all(walk(shown).values())
    assert offers_it_over_the_list(shown)
    assert REASON not in repr(ranking.figures)
    assert not ranking.projecting.is_on
    ranking.projecting.toggle()
    assert not ranking.projecting.is_on
    shown.main.tools.go("meeting")
    meeting = shown.main.pages.current
    assert isinstance(meeting, MeetingPage)
    meeting.projecting.toggle()
    assert not meeting.projecting.is_on
    assert not meeting.write_minutes.isEnabled()

    instead = asks(shown)
    assert instead is not None
    instead.button.click()
    dialog = shown.main.tools.dialogs.dialog
    assert isinstance(dialog, DeclareDialog)
    dialog.rest.click()
    dialog.do.click()

    assert not any(walk(shown).values())
    assert meeting.write_minutes.isEnabled()
    assert not offers_it_over_the_list(shown)

    shown.workspace.undo_stack.undo()
    assert all(walk(shown).values())
