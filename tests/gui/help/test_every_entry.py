"""Each entry of the search, each button of Copies and of Settings is pressed by people of one panel of three.

None that is offered is refused for whose it is, and nothing that it opens differs by other panels.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel

from gui.app import Window
from gui.help.search_controller import SearchDialog
from gui.help.searching import Found
from gui.listed.view import ListedView
from gui.pages.copies import WAYS, Way
from gui.pages.page import Identity
from gui.record.runner import InlineRunner
from gui.shell.actions import ACTIONS
from models.operations.panel.meetings import SetAttendance, SetAttendances
from models.record import Opener, Record
from models.role import Role
from tests.gui.conftest import Opens
from tests.gui.pages.panel.test_other_areas import QUAY, SHARED, WEALD, record_of
from tests.gui.pressing import box_of
from tests.gui.test_hidden_pages import on_show
from tests.gui.walking import settle
from tests.models.rounds import OFFICER
from tests.models.three_panels import code, named

SEATS = (Role.CHAIR, Role.MEMBER)
PERSONS = {
    role.value: Identity(named(role, QUAY), role, code(role, QUAY) if role in SEATS else None, areas=(QUAY,))
    for role in (*SEATS, Role.NOTE_TAKER)
}
BESIDE = {
    "officer": Identity("Olive Officer", Role.OFFICER),
    "auditor": Identity("Ada Auditor", Role.AUDITOR),
    "observer": Identity(named(Role.MEMBER, WEALD), Role.MEMBER, "M2", areas=(WEALD,)),
}
"""Who is tried alone: to an officer all is open, and one of another panel is let in by name."""
REFUSED = re.compile(r"\bnot for |every area|, not (the|finance)|You cannot|change nothing")
READ = ("Application", "Organisation", "Page", "Paper", "Field", "Help")
"""Groups of what is gone to and read, each of which `test_other_areas` and `test_hidden_pages` walk."""
ENDS = {
    # they end the sitting, or begin another record's; and what says beforehand who adds people
    "Who is using this laptop",
    *("New record", "Close the record", "Lock the record", "Quit", "Try the sample round", "Take the tour"),
    *("Start the sample over", "Full screen"),
}


@pytest.fixture(autouse=True)
def no_file_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for ask in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")


def window_of(opens: Opens, path: Path, person: Identity) -> Window:
    window = opens(InlineRunner(), is_awaiting=True)
    window.controller.open(path)
    window.main.tools.use_as(person)
    return window


def entries(window: Window) -> list[Found]:
    """Return what the search offers to do, whatever is typed."""
    window.main.tools.go("overview")
    settle()
    window.main.tools.actions["search"].trigger()
    found = box_of(window, SearchDialog).everything
    window.main.tools.dialogs.drop()
    return [one for one in found if one.group not in READ and one.words not in ENDS and not one.why]


def presses(window: Window) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what can be pressed: entries of the search, ways of Copies, and buttons of Settings."""
    for one in entries(window):
        yield f"search: {one.words}", one.do
    tools = window.main.tools
    if "copies" in tools.pages:
        tools.go("copies")
        settle()
        page = window.main.pages.current
        assert isinstance(page, ListedView)
        for way in page.table.rows:
            yield f"copies: {way.words}", partial(open_row, page, way)
    tools.go("settings")
    settle()
    page = window.main.pages.current
    for button in page.findChildren(QAbstractButton):
        if button.isVisibleTo(page) and button.isEnabled() and button.text() not in ENDS:
            yield f"settings: {button.text()}", button.click


def open_row(page: ListedView, way: Way) -> None:
    assert page.table.select(way.action)
    page.table.opened.emit(page.table.at_hand)


def pressed(window: Window) -> dict[str, tuple[list[str], list[str]]]:
    """Press each; return by its words which refusals are told, and what is shown then."""
    tools, said = window.main.tools, list[str]()
    tools.hinted.connect(said.append)
    found = {}
    for words, press in list(presses(window)):
        tools.dialogs.drop()
        tools.go(words.partition(":")[0] if not words.startswith("search") else "overview")
        settle()
        said.clear()
        press()
        settle()
        notice, dialog = window.main.notices.current, window.controller.dialog
        told = [*said, *([notice.words] if notice is not None else [])]
        told += [one.text() for one in dialog.findChildren(QLabel)] if dialog is not None else []
        key = getattr(window.main.pages.current, "key", "")
        shown = on_show(dialog) if dialog is not None else []
        shown += on_show(window.main.pages.current) if key and key not in SHARED else []
        found[words] = ([one for one in told if REFUSED.search(one)], shown)
        tools.dialogs.drop()
    return found


@pytest.mark.parametrize("who", PERSONS)
def test_nothing_offered_to_one_of_a_panel_is_refused_or_tells_of_another_panel(
    opens: Opens, tmp_path: Path, who: str
) -> None:
    first, second = (
        pressed(window_of(opens, record_of(tmp_path / f"{which}.panel", "meeting", which), PERSONS[who]))
        for which in (0, 1)
    )

    assert {words: refused for words, (refused, _) in first.items() if refused} == {}
    assert first.keys() == second.keys()
    by_chance = {"settings: Encrypt this record…"}  # it offers a passphrase of random words
    assert {words for words in first if first[words][1] != second[words][1]} - by_chance == set()
    assert len(first) > 30


@pytest.mark.parametrize("who", BESIDE)
def test_nothing_offered_is_refused_to_the_office_or_one_who_is_let_in(
    opens: Opens, tmp_path: Path, who: str
) -> None:
    path = record_of(tmp_path / "0.panel", "meeting", 0)
    with Record.open(path, Opener("Ann", "tests")) as record:
        let_in = SetAttendance(1, QUAY, "M2", "observer", "")
        record.perform(SetAttendances(QUAY, (let_in,)), OFFICER)

    found = pressed(window_of(opens, path, BESIDE[who]))

    assert {words: refused for words, (refused, _) in found.items() if refused} == {}


@pytest.mark.parametrize("who", [*PERSONS, *BESIDE])
def test_what_has_a_kind_is_offered_to_whom_the_permissions_give_it(
    opens: Opens, tmp_path: Path, who: str
) -> None:
    person = (PERSONS | BESIDE)[who]
    window = window_of(opens, record_of(tmp_path / "0.panel", "meeting", 0), person)
    offered = {one.words for one in entries(window)}
    actions = window.main.actions_by_name
    shown = {one.name for one in ACTIONS if one.kind and actions[one.name].isVisible()}

    assert shown == {one.name for one in ACTIONS if one.kind and person.may(one.kind)}
    ways = {way.words for way in WAYS if actions[way.action].isVisible()}
    assert {words for words in (way.words.rstrip("…") for way in WAYS) if words in offered} == {
        words.rstrip("…") for words in ways
    }
    if "copies" in window.main.tools.pages:
        window.main.tools.go("copies")
        settle()
        page = window.main.pages.current
        assert isinstance(page, ListedView)
        assert {way.words for way in page.table.rows} == ways
