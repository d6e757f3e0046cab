"""What the chair of one area sees is of that area: nothing of other areas' panels is counted as theirs.

Two records of one round differ only in the panels, declarations, marks and attendance of the other areas.
"""

import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel

from gui.access.identity import SOMEBODY_ELSE
from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.help.search_controller import SearchDialog
from gui.listed.form import DataForm
from gui.pages.overview.query import ask_overview, overview_of
from gui.pages.page import Identity, Place
from gui.pages.panel.meeting.confirmation import made_minutes
from gui.pages.panel.page import PanelPage
from gui.pages.papers.exports.page import ExportsPage
from gui.record.runner import InlineRunner
from gui.shell.page_list import PAGES
from gui.widgets.buttons import Button
from models.operation import Actor
from models.operations.panel.meetings import SetAttendance, SetAttendances
from models.operations.panel.members import AddMember, EditMember
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole
from models.papers.kinds import KINDS
from models.queries.deciding.decisions import recommendations
from models.queries.panel.panel import MemberDetails, member_details
from models.queries.set_up.office import with_role
from models.queries.set_up.rounds import round_line
from models.record import Opener, Record
from models.role import AT_MEETING, SIGNING, Role
from scoring.written.text import Refused
from tests.gui.conftest import Opens
from tests.gui.pressing import answer, answer_to, box_of, told, words_in
from tests.gui.test_hidden_pages import on_show
from tests.gui.walking import settle
from tests.models.conftest import TickingClock
from tests.models.made_once import file_made_once
from tests.models.rounds import OFFICER, set_up_office
from tests.models.three_panels import AREAS, add_marking, marked, named, set_up_panels

QUAY, WEALD, HARBOUR = AREAS
CHAIR = Identity(named(Role.CHAIR, QUAY), Role.CHAIR, "C1", areas=(QUAY,))
STAGES = ("scoring", "meeting", "recommending")
SEARCHED = ("Project", "ACF", "Chair of", "Who signs", "Attendance", "marks", "Market Quay", "North Weald")
SHARED = {
    "panel": "who sits on which panel is no secret: every member is listed with the areas",
    "history": "what was changed in the record, by anybody",
    "ranking": "its strip of bars has the money of every area, beside each other",
}
"""Pages that show other areas' panels to whoever has a part in the round, and why."""


@file_made_once
def record_of(path: Path, stage: str, which: int) -> Path:
    with Record.create(path, Opener("Grace Okoro", "tests"), clock=TickingClock()) as record:
        set_up_panels(set_up_office(record), marked(QUAY))
        add_marking(record, QUAY, 1)
        for one in STAGES[: STAGES.index(stage) + 1]:
            record.perform(MoveAreas(1, AREAS, one), Actor("Carla Chairs", Role.CHAIR))
            if which and one == "scoring":
                _otherwise(record)
            if which and one == "meeting":
                there = tuple(SetAttendance(1, WEALD, code, "present", "") for code in ("C2", "M2", "X20"))
                record.perform(SetAttendances(WEALD, there), OFFICER)
    return path


@pytest.mark.parametrize("area", AREAS)
def test_the_minutes_and_their_annex_of_marks_are_of_ones_own_area_alone(tmp_path: Path, area: str) -> None:
    path = record_of(tmp_path / "office.panel", "meeting", 0)
    with Record.open(path, Opener("Grace Okoro", "tests"), clock=TickingClock()) as record:
        asked = partial(made_minutes, round_id=1, area=area, viewer=CHAIR.viewer)
        if area == QUAY:
            assert [kind for kind, _, _ in record.ask(asked)] == ["minutes", "minutes-annex"]
            return
        with pytest.raises(Refused, match="members’ marks"):
            record.ask(asked)


def _otherwise(record: Record) -> None:
    """Let the other areas have more members, one who never declares, another chair's name and marks."""
    add_marking(record, WEALD, 4)
    add_marking(record, HARBOUR, 2)
    record.perform(AddMember(1, MemberDetails("S2", "Sam Silent", "member", areas=(WEALD,))), OFFICER)
    stands = record.ask(lambda session: member_details(session, 1, "C3"))
    record.perform(EditMember(1, replace(stands, role="member"), stands), OFFICER)
    for code, name in (("M2", named(Role.MEMBER, WEALD)), ("C2", named(Role.CHAIR, WEALD))):
        by = Actor(name, Role.CHAIR if code == "C2" else Role.MEMBER)
        for at, criterion in enumerate(("A1", "A2", "A6")):
            record.perform(SetMark(1, code, "ACF-003", criterion, at + 1, None), by)
        record.perform(HandIn(1, code, "ACF-003"), by)


def walked(window: Window, area: str | None) -> dict[str, list[str]]:
    found, tools = {}, window.main.tools
    tools.choose_area(area)
    for key in (entry.key for entry in PAGES if entry.key != "help"):
        for of in (("", *KINDS) if key == "exports" and area else ("",)) if key in tools.pages else ():
            tools.go(key, of)
            settle()
            found[f"{key} {of}".strip()] = on_show(window.main.pages.current)
    for words in SEARCHED if area else ():
        tools.dialogs.drop()
        tools.actions["search"].trigger()
        box_of(window, SearchDialog).typed.setText(words)
        settle()
        found[f"search {words}"] = on_show(box_of(window, SearchDialog))
    tools.dialogs.drop()
    tools.go("overview")
    settle()
    found["counts"] = on_show(window.main)
    return found


OF_AREAS = ("overview", "meeting")
"""Pages that are of the person's own areas under all areas as well."""


@pytest.mark.parametrize("area", [QUAY, None])
@pytest.mark.parametrize("stage", STAGES)
def test_nothing_of_other_areas_is_counted_as_the_chairs(
    stage: str, area: str | None, opens: Opens, tmp_path: Path
) -> None:
    told = []
    for which in (0, 1):
        window = opens(InlineRunner(), is_awaiting=True)
        window.controller.open(record_of(tmp_path / f"{which}.panel", stage, which))
        window.main.tools.use_as(CHAIR)
        told.append(walked(window, area))
        window.main.hide()

    first, second = told
    assert len(first) > 8
    differing = {
        at: sorted({*first[at]} ^ {*second[at]})
        for at in first
        if first[at] != second[at] and at not in SHARED and (area or at in OF_AREAS)
    }
    assert differing == {}
    if area is None:
        assert [
            words for words in first.get("meeting", ()) if f"{QUAY}: 2 items" in words
        ] or stage == "scoring"


def test_whoever_takes_over_the_laptop_is_shown_their_own_area(opens: Opens, tmp_path: Path) -> None:
    window = opens(InlineRunner(), is_awaiting=True)
    window.controller.open(record_of(tmp_path / "0.panel", "scoring", 0))
    tools, rounds = window.main.tools, window.controller.rounds
    tools.choose_area(WEALD)
    assert rounds.place is not None
    assert rounds.place.area == WEALD

    tools.use_as(CHAIR)

    assert rounds.place.area == QUAY
    tools.choose_area(WEALD)  # and may look at another all the same
    assert rounds.place.area == WEALD
    tools.choose_area(None)
    tools.use_as(replace(CHAIR, name="Wendy Stone", areas=(WEALD,)))
    assert rounds.place.area is None, "all areas are nobody's in particular"


def test_the_chair_is_offered_to_issue_papers_of_their_own_area_alone(opens: Opens, tmp_path: Path) -> None:
    window = opens(InlineRunner(), is_awaiting=True)
    window.controller.open(record_of(tmp_path / "0.panel", "meeting", 0))
    window.main.tools.use_as(CHAIR)
    offered = {}
    for kind in ("panel-book", "schedule", "minutes"):
        for area in (QUAY, WEALD, None):
            window.main.tools.choose_area(area)
            window.main.tools.go("exports", kind)
            settle()
            page = window.main.pages.current
            assert isinstance(page, ExportsPage)
            offered[kind, area] = not page.issue.isHidden()

    # of all areas it is of the own one, where it shows what members marked
    opens_own = {("schedule", None), ("minutes", None)}
    assert offered == {(kind, area): area == QUAY or (kind, area) in opens_own for kind, area in offered}


def test_each_role_is_told_beforehand_whom_it_adds_at_the_foot(opens: Opens, tmp_path: Path) -> None:
    window = opens(InlineRunner(), is_awaiting=True)
    window.controller.open(record_of(tmp_path / "0.panel", "scoring", 0))
    offered = {}
    member = Identity(named(Role.MEMBER, QUAY), Role.MEMBER, "M1", areas=(QUAY,))
    for who in (CHAIR, member, Identity("Olive Officer", Role.OFFICER)):
        window.main.tools.use_as(who)
        window.main.actions_by_name["person"].trigger()
        box = box_of(window, DataForm)
        people = box["person"]
        words = " ".join(one.text() for one in box.findChildren(QLabel))
        offered[who.role] = (
            SOMEBODY_ELSE in {people.itemText(at) for at in range(people.count())},
            {box["role"].itemText(at) for at in range(box["role"].count())},
            {box["area"].itemText(at) for at in range(box["area"].count())},
            re.findall("You can add[^.]*|An officer or the chair[^.]*", words),
        )
        window.main.tools.dialogs.drop()

    assert offered[Role.CHAIR] == (True, {"note-taker"}, {QUAY}, [f"You can add a note-taker for {QUAY}"])
    assert offered[Role.MEMBER] == (
        False,
        set(),
        set(),
        ["An officer or the chair gives people their roles, not the member"],
    )
    roles = {"officer", "auditor", "note-taker", "commander", "decision-maker", "finance"}
    assert offered[Role.OFFICER] == (True, roles, {"All areas", *AREAS}, [])


def note_takers(window: Window, area: str) -> tuple[str, ...]:
    return answer_to(window, partial(with_role, round_id=1, role=Role.NOTE_TAKER, area=area))


@pytest.mark.parametrize("way", ["at the foot", "on the page"])
def test_the_chair_names_who_takes_notes_in_their_area(opens: Opens, tmp_path: Path, way: str) -> None:
    window = opens(InlineRunner(), is_awaiting=True)
    window.controller.open(record_of(tmp_path / "0.panel", "scoring", 0))
    window.main.tools.use_as(CHAIR)
    window.main.tools.go("panel")
    settle()
    if way == "on the page":
        page = window.main.pages.current
        assert isinstance(page, PanelPage)
        assert page.tabs is not None
        page.tabs.choose(2)
        page.notes.click()
    else:
        window.main.actions_by_name["person"].trigger()
        box = box_of(window, DataForm)
        box["person"].setCurrentIndex(box["person"].findText(SOMEBODY_ELSE))
        box["person"].activated.emit(box["person"].currentIndex())
    answer(window, name="Nia New")
    settle()

    assert [note_takers(window, area) for area in AREAS] == [
        (f"Note-taker of {area}", *(["Nia New"] if area == QUAY else [])) for area in AREAS
    ]
    assert window.main.tools.identity.name == ("Nia New" if way == "at the foot" else CHAIR.name)


def roles_of(window: Window, who: Identity) -> PanelPage:
    """Return the panel's page at its list of other roles, as a person has it."""
    window.main.tools.use_as(who)
    window.main.tools.go("panel")
    settle()
    page = window.main.pages.current
    assert isinstance(page, PanelPage)
    assert page.tabs is not None
    page.tabs.choose(2)
    return page


@pytest.mark.parametrize("who", [CHAIR, Identity("Olive Officer", Role.OFFICER)], ids=["chair", "officer"])
def test_note_takers_are_listed_by_area_and_given_another_or_removed_by_who_names_them(
    opens: Opens, tmp_path: Path, who: Identity
) -> None:
    window = opens(InlineRunner(), is_awaiting=True)
    window.controller.open(record_of(tmp_path / "0.panel", "scoring", 0))
    page = roles_of(window, who)
    notes = page.tables[2]
    own = {QUAY} if who is CHAIR else {*AREAS}
    names = {area: f"Note-taker of {area}" for area in AREAS}

    listed = [row.key for row in notes.rows if row.role == Role.NOTE_TAKER]
    assert listed == [(names[area], "note-taker", area) for area in AREAS]
    removable = set()
    for area in AREAS:
        notes.select((names[area], "note-taker", area))
        settle()
        if page.remove_role.isVisibleTo(page):
            removable.add(area)
    assert removable == own
    notes.select((names[WEALD], "note-taker", WEALD))
    notes.opened.emit(notes.current)
    box = box_of(window, DataForm)
    box["area"].setCurrentIndex(box["area"].findText(QUAY))
    box.do.click()
    settle()
    assert note_takers(window, QUAY) == (names[QUAY], names[WEALD])
    notes.select((names[WEALD], "note-taker", QUAY))
    settle()
    page.remove_role.click()
    box_of(window, ConfirmDialog).do.click()
    settle()
    assert [note_takers(window, area) for area in AREAS] == [(name,) for name in names.values()]
    window.workspace.undo_stack.undo()
    settle()
    assert note_takers(window, QUAY) == (names[QUAY], names[WEALD])


@pytest.mark.parametrize("who", [CHAIR, Identity("Olive Officer", Role.OFFICER)], ids=["chair", "officer"])
@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_finance_and_auditors_are_listed_and_removed_by_an_officer(
    opens: Opens, tmp_path: Path, role: Role, who: Identity
) -> None:
    window = opens(InlineRunner(), is_awaiting=True)
    path = record_of(tmp_path / "0.panel", "scoring", 0)
    with Record.open(path, Opener("Ann", "tests")) as record:
        record.perform(GiveRole(1, "Nia New", role), Actor("Olive Officer", Role.OFFICER))
    window.controller.open(path)
    page = roles_of(window, who)

    def people() -> tuple[str, ...]:
        return answer_to(window, partial(with_role, round_id=1, role=role))

    before = people()
    others = page.tables[2]
    others.select(("Nia New", role.value, ""))
    settle()
    assert page.remove_role.isVisibleTo(page) is (who.role == Role.OFFICER)
    if who.role == Role.OFFICER:
        page.remove_role.click()
        box_of(window, ConfirmDialog).do.click()
        settle()
        assert people() == before[:-1]
        assert "Nia New" not in {row.name for row in others.rows}
        window.workspace.undo_stack.undo()
        settle()
        assert people() == before


@pytest.mark.parametrize("role", [*AT_MEETING, *SIGNING, Role.FINANCE, Role.OFFICER])
def test_a_note_taker_is_added_on_the_page_by_who_names_one(opens: Opens, tmp_path: Path, role: Role) -> None:
    window = opens(InlineRunner(), is_awaiting=True)
    window.controller.open(record_of(tmp_path / "0.panel", "scoring", 0))
    code = {Role.CHAIR: "C1", Role.MEMBER: "M1", Role.ADVISER: "A1"}.get(role)
    areas = () if role in (Role.FINANCE, Role.OFFICER) else (QUAY,)
    window.main.tools.use_as(Identity(named(role, QUAY), role, code, areas=areas))
    window.main.tools.go("panel")
    settle()
    page = window.main.pages.current
    assert isinstance(page, PanelPage)
    assert page.tabs is not None
    page.tabs.choose(2)
    words = {one.text() for one in page.findChildren(Button) if one.isVisibleTo(page)}

    assert ("Add note-taker…" in words) is (role in (Role.CHAIR, Role.OFFICER))


def test_under_all_areas_overview_has_the_figures_of_the_persons_own(tmp_path: Path) -> None:
    applications, money = {}, {}
    with Record.open(record_of(tmp_path / "0.panel", "meeting", 0), Opener("Ann", "tests")) as record:
        line = record.ask(partial(round_line, round_id=1))
        for who in (CHAIR, Identity("Olive Officer", Role.OFFICER)):
            asked = record.ask(partial(ask_overview, round_id=1, viewer=who.viewer))
            for area in (None, WEALD):
                shown = overview_of(Place(line, area), who, date(2026, 11, 3), asked)
                applications[who.role, area] = shown.tiles[0].figure
                money[who.role, area] = [one.area for one in shown.budget]

    assert applications == {
        (Role.CHAIR, None): "2",
        (Role.CHAIR, WEALD): "2",
        (Role.OFFICER, None): "6",
        (Role.OFFICER, WEALD): "2",
    }
    assert list(money.values()) == [[QUAY], [WEALD], list(AREAS), [WEALD]]


def test_nothing_is_offered_to_the_chair_on_what_is_of_another_area(opens: Opens, tmp_path: Path) -> None:
    window = opens(InlineRunner(), is_awaiting=True)
    window.controller.open(record_of(tmp_path / "0.panel", "scoring", 0))
    window.main.tools.use_as(CHAIR)

    offered = {}
    for reference in ("ACF-001", "ACF-003"):
        window.main.tools.go("applications", reference)
        settle()
        page = window.main.pages.current
        words = {one.text() for one in page.findChildren(Button) if one.isVisibleTo(page)}
        offered[reference] = words & {"Correct…", "Withdraw…"}

    assert offered == {"ACF-001": {"Correct…", "Withdraw…"}, "ACF-003": set()}
    window.main.tools.go("panel")
    settle()
    page = window.main.pages.current
    assert "Who signs…" not in {one.text() for one in page.findChildren(Button) if one.isVisibleTo(page)}


def test_under_all_areas_a_chair_records_what_is_recommended_in_their_own(
    opens: Opens, tmp_path: Path
) -> None:
    window = opens(InlineRunner(), is_awaiting=True)
    window.controller.open(record_of(tmp_path / "1.panel", "recommending", 1))
    window.main.tools.use_as(replace(CHAIR, areas=(QUAY, WEALD)))
    window.main.tools.actions["record_recommendations"].trigger()
    assert told(window) == f"Choose the area at the top first: {QUAY} or {WEALD}."

    window.main.tools.use_as(CHAIR)
    window.main.tools.actions["record_recommendations"].trigger()
    settle()
    box = window.controller.dialog
    assert isinstance(box, ConfirmDialog)
    assert f"{QUAY}: fund 2 (£3,000)." in words_in(box)
    box.do.click()
    settle()

    recorded = answer_to(window, partial(recommendations, round_id=1))
    assert {one.application for one in recorded} == {"ACF-001", "ACF-002"}
