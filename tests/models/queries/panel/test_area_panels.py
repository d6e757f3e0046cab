"""Each area has its own panel: its members, chair, quorum and minutes; others are let in as observers."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.panel.agreed import AgreeMarks, CloseItem, ConfirmRecord, SetAgreedMark
from models.operations.panel.meetings import SetAttendance, SetAttendances, SetMeetingHeld
from models.operations.panel.members import (
    AddInterest,
    AddMember,
    ChangePanel,
    Declare,
    EditMember,
    RemoveMember,
)
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole, NameSignatories
from models.papers.minutes import AnnexOfMarks, Minutes
from models.papers.order import PaperOrder
from models.queries.deciding.signatories import signatories
from models.queries.panel.area_panels import marks_elsewhere
from models.queries.panel.meeting import meeting, short_of_quorum
from models.queries.panel.meeting_figures import work_out
from models.queries.panel.panel import MemberDetails, members_of
from models.queries.panel.panel_board import panel_board
from models.queries.papers.minutes import annex_of_marks, round_minutes
from models.queries.papers.panel_book import panel_book
from models.queries.set_up.office import Part, parts, with_role
from models.record import Record
from models.role import Role
from models.values.rounds import MeetingHeld
from models.values.rows import InterestRow, RoundRows
from scoring.round import InterestKind
from scoring.scheme import Combine
from tests.models.conftest import TickingClock
from tests.models.rounds import OFFICER, assert_replays, load, refused, refuses, set_up_office, undo
from tests.models.three_panels import AREAS, add_marking, code, named, set_up_panels, three_areas
from tests.paper_text import minutes_lines

QUAY, WEALD, HARBOUR = AREAS
CHAIR = Actor("Carla Chairs", Role.CHAIR)
"""Of no panel, so of all areas."""
NOTES = Actor(named(Role.NOTE_TAKER, QUAY), Role.NOTE_TAKER)


def rows() -> RoundRows:
    found = three_areas()
    return replace(found, scheme=replace(found.scheme, combine=Combine.CONSENSUS, quorum=3))


@pytest.fixture
def gathered(record: Record) -> Record:
    """Market Quay at its meeting, with five on its panel who mark, and North Weald with four."""
    set_up_panels(set_up_office(record), rows())
    add_marking(record, QUAY, 3)
    add_marking(record, WEALD, 2)
    for stage in ("scoring", "meeting"):
        record.perform(MoveAreas(1, (QUAY, WEALD), stage), CHAIR)
    return record


@pytest.mark.parametrize(("days", "is_since"), [(0, False), (1, True)])
def test_an_interest_recorded_once_minutes_are_confirmed_kept_nobody_out_of_the_room(
    gathered: Record, clock: TickingClock, days: int, is_since: bool
) -> None:
    """What is typed in of a past meeting is recorded before its minutes are confirmed, or on that day."""
    said(gathered, "present", "C1", "M1", "X10")
    gathered.perform(SetMeetingHeld(1, QUAY, MeetingHeld(date(2026, 11, 1)), None), OFFICER)
    order = PaperOrder("minutes", datetime(2026, 12, 2, tzinfo=UTC), 1, QUAY)
    first, later = (
        AddInterest(1, InterestRow(one, "ACF-001", InterestKind.PECUNIARY, "a trustee"))
        for one in ("X10", "M1")
    )
    gathered.perform(first, CHAIR)
    gathered.perform(MoveAreas(1, (QUAY,), "recommending", "it met", minds_items=True), CHAIR)
    gathered.perform(ConfirmRecord(1, QUAY), CHAIR)
    clock.now += timedelta(days=days)
    gathered.perform(later, CHAIR)

    minutes = gathered.ask(partial(round_minutes, order=order))

    item = next(one for one in minutes.results[0].items if one.reference == "ACF-001")
    came = {one.member: one.came for one in minutes.interests}
    member = named(Role.MEMBER, QUAY)
    assert set(item.away) == {"Extra X10"} | (set() if is_since else {member})
    assert came == {"Extra X10": "ahead", member: "since" if is_since else "ahead"}


def said(record: Record, state: str, *members: str, area: str = QUAY) -> None:
    parts = tuple(SetAttendance(1, area, one, state, "") for one in members)
    record.perform(SetAttendances(area, parts), OFFICER)


def test_the_quorum_of_an_area_counts_its_own_panel_alone(gathered: Record) -> None:
    said(gathered, "absent", "C1", "M1", "X10", "X11", "X12")
    said(gathered, "observer", "C2", "M2", "X20")

    figures = work_out(gathered.ask(partial(meeting, round_id=1)))
    (item, *_) = (one for one in figures.items.values() if one.area == QUAY)
    board = gathered.ask(partial(panel_board, round_id=1))

    assert figures.rows.present(QUAY) == frozenset()
    assert figures.rows.observers(QUAY) == ("C2", "M2", "X20")
    assert not figures.lacks_attendance(item)
    assert figures.quorum(item).words == "0 decide, quorum 3: nothing can be closed"
    assert figures.rows.deciding(item) == ()
    lines = {line.area: line for line in board.quorum if not line.reference}
    assert [line.words for line in lines.values()] == [
        "0 of 5, quorum 3",
        "4 of 4, quorum 3",
        "2 of 2, quorum 3",
    ]
    assert [(line.holds, line.quorum.is_met) for line in lines.values()] == [
        (False, False),
        (True, False),
        (False, False),
    ]
    assert [line.members for line in board.quorum if line.reference] == [5, 5, 4, 4, 2, 2]
    marks = tuple(SetAgreedMark(1, item.reference, one, 4, "", None, "") for one in ("A1", "A2", "A6"))
    gathered.perform(AgreeMarks(1, item.reference, marks), NOTES)
    refuses(gathered, "0 of those present have declared", CloseItem(1, item.reference), NOTES)
    elsewhere, notes = "ACF-003", Actor(named(Role.NOTE_TAKER, WEALD), Role.NOTE_TAKER)
    theirs = tuple(replace(one, application=elsewhere) for one in marks)
    gathered.perform(AgreeMarks(1, elsewhere, theirs), notes)
    refuses(gathered, "Nobody is marked present in North Weald", CloseItem(1, elsewhere), notes)


def test_who_decides_an_item_is_of_its_areas_panel(gathered: Record) -> None:
    said(gathered, "present", "C1", "M1", "A1")
    said(gathered, "observer", "M2")
    marks = tuple(SetAgreedMark(1, "ACF-001", one, 4, "", None, "") for one in ("A1", "A2", "A6"))
    gathered.perform(AgreeMarks(1, "ACF-001", marks), NOTES)

    refuses(gathered, "2 of those present have declared", CloseItem(1, "ACF-001"), NOTES)
    assert gathered.ask(partial(short_of_quorum, round_id=1)).keys() == {"ACF-001", "ACF-002"}
    said(gathered, "present", "X10")
    closed = gathered.perform(CloseItem(1, "ACF-001"), NOTES)

    held = gathered.ask(partial(meeting, round_id=1))
    assert held.rooms["ACF-001"].decided == ("C1", "M1", "X10")
    undo(gathered, closed)
    assert_replays(gathered)


def test_marks_are_elsewhere_of_who_is_on_another_panel_and_of_nobody_on_all(record: Record) -> None:
    set_up_panels(set_up_office(record), replace(rows(), applications=rows().applications[1:4]))
    record.perform(AddMember(1, MemberDetails("Z1", "Zoe Everywhere", "member")), OFFICER)
    of = (("ACF-002", QUAY, "1"), ("ACF-003", WEALD, "2"), ("ACF-004", WEALD, "2"))

    found = record.ask(partial(marks_elsewhere, round_id=1))

    assert found == {
        (f"{letter}{at}", reference): area
        for letter in "CMA"
        for at in "123"
        for reference, area, own in of
        if at != own
    }


def test_a_member_of_another_panel_is_an_observer_and_one_of_the_own_is_not(gathered: Record) -> None:
    there, seen = SetAttendance(1, QUAY, "M2", "present", ""), SetAttendance(1, QUAY, "M1", "observer", "")

    refuses(
        gathered,
        "Member of North Weald sits on the panel for North Weald, not for Market Quay. You can let them in",
        there,
    )
    refuses(gathered, "Member of Market Quay is on the panel of Market Quay. Record them", seen)
    refuses(gathered, "not for Market Quay", SetAttendances(QUAY, (replace(there, state="absent"),)))
    let_in = gathered.perform(replace(there, state="observer"), NOTES)
    assert gathered.ask(partial(meeting, round_id=1)).observers(QUAY) == ("M2",)
    undo(gathered, let_in)
    assert gathered.ask(partial(meeting, round_id=1)).observers(QUAY) == ()
    assert_replays(gathered)


def test_a_member_who_is_put_on_another_panel_counts_there_and_no_more_here(gathered: Record) -> None:
    said(gathered, "present", "X10", "M1", "C1")
    (moved,) = (one for one in gathered.ask(partial(members_of, round_id=1)) if one.code == "X10")
    gathered.perform(EditMember(1, replace(moved, areas=(HARBOUR,)), moved), OFFICER)

    held = gathered.ask(partial(meeting, round_id=1))
    assert held.present(QUAY) == {"M1", "C1"}
    assert held.observers(QUAY) == ("X10",)
    assert held.panels.belongs("X10", HARBOUR)


def test_the_grid_of_an_item_has_a_column_for_each_of_its_areas_panel(gathered: Record) -> None:
    held = gathered.ask(partial(meeting, round_id=1))

    shown = {one.area: [held.members[at] for at in held.columns(one)] for one in held.items}

    assert shown == {
        QUAY: ["C1", "M1", "X10", "X11", "X12"],
        WEALD: ["C2", "M2", "X20", "X21"],
        HARBOUR: ["C3", "M3"],
    }


def test_papers_of_an_area_name_its_own_panel_chair_and_note_taker(gathered: Record) -> None:
    said(gathered, "present", "C1", "M1", "X10")
    said(gathered, "observer", "M2")
    marks = tuple(SetAgreedMark(1, "ACF-001", one, 4, "", None, "") for one in ("A1", "A2", "A6"))
    gathered.perform(AgreeMarks(1, "ACF-001", marks), NOTES)
    gathered.perform(CloseItem(1, "ACF-001"), NOTES)
    order = PaperOrder("minutes", datetime(2026, 12, 2, tzinfo=UTC), 1, QUAY)

    found: Minutes = gathered.ask(partial(round_minutes, order=order))
    annex: AnnexOfMarks = gathered.ask(partial(annex_of_marks, order=order))
    book = gathered.ask(partial(panel_book, order=order))

    (sitting,) = found.sittings
    present = ["Chair of Market Quay", "Member of Market Quay", "Extra X10"]
    assert [one.name for one in sitting.present] == present
    assert sitting.observers == ("Member of North Weald",)
    assert sitting.unrecorded == ("Extra X11", "Extra X12")
    assert found.chairs == (("", "Chair of Market Quay"),)
    assert found.note_takers == (("", "Note-taker of Market Quay"),)
    assert [one.members for one in annex.items] == [
        ("Chair of Market Quay", "Member of Market Quay", "Extra X10", "Extra X11", "Extra X12")
    ]
    assert {one.name for one in book.members} == {
        *present,
        "Adviser of Market Quay",
        "Extra X11",
        "Extra X12",
    }
    printed = " ".join(minutes_lines(found))
    assert "Observers from other panels: Member of North Weald." in printed

    whole = gathered.ask(partial(round_minutes, order=replace(order, area=None)))
    assert whole.chairs[:2] == ((QUAY, "Chair of Market Quay"), (WEALD, "Chair of North Weald"))


def test_each_area_is_warned_of_its_own_chairs(record: Record) -> None:
    set_up_panels(set_up_office(record), rows())

    def chairs() -> list[str]:
        return [one for one in record.ask(partial(panel_board, round_id=1)).warnings if "chair" in one]

    assert chairs() == []
    record.perform(AddMember(1, MemberDetails("Z1", "Zoe Second", "chair", areas=(HARBOUR,))), OFFICER)
    assert chairs() == ["Harbour: The panel has 2 chairs."]
    record.perform(RemoveMember(1, "C2"), OFFICER)
    assert chairs() == ["North Weald: The panel has no chair.", "Harbour: The panel has 2 chairs."]
    record.perform(AddMember(1, MemberDetails("Z2", "Zed Everywhere", "chair")), OFFICER)
    assert chairs() == ["Market Quay: The panel has 2 chairs.", "Harbour: The panel has 3 chairs."]


def test_a_round_without_areas_of_members_has_one_panel(record: Record) -> None:
    load(set_up_office(record), rows())

    board = record.ask(partial(panel_board, round_id=1))

    assert "The panel has 3 chairs." in board.warnings
    assert [line.members for line in board.quorum] == [6] * 9


def test_note_takers_have_areas_and_keep_them_as_signatories_are_named(record: Record) -> None:
    set_up_panels(set_up_office(record), rows())
    people = record.ask(partial(signatories, round_id=1))
    record.perform(NameSignatories(1, people[:1]), OFFICER)

    found = record.ask(partial(parts, round_id=1))
    assert Part(named(Role.NOTE_TAKER, WEALD), Role.NOTE_TAKER, areas=(WEALD,)) in found
    asked = partial(with_role, round_id=1, role=Role.NOTE_TAKER)
    assert record.ask(partial(asked, area=HARBOUR)) == ("Note-taker of Harbour",)
    assert len(record.ask(asked)) == len(AREAS)
    refused(
        "Areas are given to those who sign",
        record.perform,
        GiveRole(1, "Fin", "finance", areas=(QUAY,)),
        OFFICER,
    )
    assert_replays(record)


def test_several_declare_no_interest_as_one_change(record: Record) -> None:
    found = rows()
    load(set_up_office(record), replace(found, interests=()))
    declared = tuple(Declare(1, one, (InterestRow(one, None, InterestKind.NONE),)) for one in ("M1", "M2"))
    done = record.perform(ChangePanel("Record 2 declarations", declared), OFFICER)

    def known() -> dict[str, bool]:
        board = record.ask(partial(panel_board, round_id=1))
        return {one.details.code: one.declared_on is not None for one in board.members if one.has_declared}

    assert known() == {"M1": True, "M2": True}
    undo(record, done)
    assert known() == {}
    assert_replays(record)


def test_declarations_of_several_stay_once_there_is_a_meeting(gathered: Record) -> None:
    new = MemberDetails("N1", "New One", "member", areas=(QUAY,))
    gathered.perform(AddMember(1, new), OFFICER)
    none = (InterestRow("N1", None, InterestKind.NONE),)
    declared = ChangePanel("Record 1 declaration", (Declare(1, "N1", none),))

    assert gathered.perform(declared, OFFICER).inverse is None
    assert_replays(gathered)


def test_members_are_added_with_their_areas_as_one_change(record: Record) -> None:
    set_up_panels(set_up_office(record), rows())
    added = tuple(
        AddMember(1, MemberDetails(f"N{at}", f"New {at}", "member", areas=(area,)))
        for at, area in enumerate(AREAS)
    )
    done = record.perform(ChangePanel("Add 3 members", added), OFFICER)

    assert [one.areas for one in record.ask(partial(members_of, round_id=1)) if one.code.startswith("N")] == [
        (QUAY,),
        (WEALD,),
        (HARBOUR,),
    ]
    undo(record, done)
    assert not any(one.code.startswith("N") for one in record.ask(partial(members_of, round_id=1)))
    assert code(Role.CHAIR, QUAY) == "C1"
