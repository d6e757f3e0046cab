"""A member of the panel who has not declared is shown nothing of the panel's work, and the way to declare."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from gui.app import Window
from gui.pages.applications.page import ApplicationsPage
from gui.pages.page import Identity
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.page import PanelPage
from gui.pages.sided_page import ClosedPage
from gui.widgets.empty_state import EmptyState
from models.operations.panel.members import AddMember, Declare
from models.operations.set_up.load import LoadRound
from models.operations.set_up.people import GiveRole
from models.permissions.viewing import NOT_DECLARED
from models.queries.deciding.round_list import deciding
from models.queries.panel.panel import MemberDetails
from models.record import Opener, Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.gui.builders import wolverhampton_round
from tests.gui.deciding import CHAIR, OFFICER, REASON, at_page, make_recommended
from tests.gui.pressing import box_of, page_of
from tests.gui.walking import settle

MEMBER = Identity("Jo Newcomer", "member", "JO")
CLOSES = "An interest of any kind closes its application:"
PAGES = ("overview", "meeting", "ranking", "decisions", "reports")
COMMANDER = Identity("Lee Late", "commander")


@pytest.fixture
def shown(window: Window, tmp_path: Path) -> Window:
    """A window at the list that the chair reads, in a round that a member joined and not yet declared in."""
    chair = Identity(CHAIR.name, CHAIR.role, "NAIR")
    at_page(window, make_recommended(tmp_path / "office.panel"), chair, "ranking")
    window.workspace.perform(AddMember(1, MemberDetails("JO", "Jo Newcomer")))
    return window


def asks(window: Window) -> EmptyState | None:
    """Return what stands in the place of the page on show, None where the page is open."""
    page = window.main.pages.current
    return page.empty if isinstance(page, ClosedPage) and page.empty.words == NOT_DECLARED else None


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
    page = page_of(window, ApplicationsPage)
    return page.buttons[3].isVisible()


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
    shown.main.tools.go("meeting")

    asks(shown).button.click()
    dialog = box_of(shown, DeclareDialog)
    dialog.rest.click()
    dialog.do.click()

    assert not any(walk(shown).values())
    assert not offers_it_over_the_list(shown)

    shown.workspace.undo_stack.undo()
    assert not any(walk(shown).values()), "an area met: the declaration stays"
    assert not shown.workspace.undo_stack.canUndo()


def test_a_declaration_that_is_undone_before_the_meeting_is_asked_for_again(
    window: Window, tmp_path: Path
) -> None:
    with Record.create(tmp_path / "office.panel", Opener(CHAIR.name, "tests")) as record:
        record.perform(LoadRound(wolverhampton_round()), OFFICER)
        record.perform(AddMember(1, MemberDetails("JO", MEMBER.name)), OFFICER)
    at_page(window, tmp_path / "office.panel", MEMBER, "overview")
    assert asks(window) is not None
    none = InterestRow("JO", None, InterestKind.NONE)
    window.workspace.perform(Declare(1, "JO", (none,)))
    assert not any(walk(window).values())

    window.workspace.undo_stack.undo()

    assert all(walk(window).values())


def test_who_signs_declares_first_and_their_signature_repeats_it(shown: Window) -> None:
    shown.workspace.perform(GiveRole(1, COMMANDER.name, COMMANDER.role))
    shown.main.tools.use_as(COMMANDER)
    assert all(walk(shown).values())
    assert REASON not in repr(shown.main.ranking.figures)

    asks(shown).button.click()
    settle()
    dialog = box_of(shown, DeclareDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    (hint,) = (words for words in said if words.startswith(f"{CLOSES} somebody else signs there."))
    assert hint.endswith("The statement below is made in your name: confirm its words or change them.")
    assert not any("meeting" in words for words in said), "who signs marks nothing, and is at no meeting"
    dialog.statement.setText("I know nobody here.")
    dialog.rest.click()
    dialog.do.click()

    assert not any(walk(shown).values())
    held = shown.workspace.session.record.ask(lambda s: deciding(s, 1, COMMANDER.viewer))
    assert (held.interests, held.is_declared) == ("I know nobody here.", True)
    shown.main.tools.go("panel")
    panel = page_of(shown, PanelPage)
    assert panel.declare.isVisible()
    assert not panel.add.isVisible()
