"""What each member marked is told to the panel of its area, and of other areas all that comes of it."""

import re
from collections.abc import Collection
from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.panel.meetings import SetAttendance, SetAttendances
from models.operations.panel.members import EditMember
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole
from models.papers.kinds import KINDS
from models.papers.order import PaperOrder
from models.permissions.viewing import OTHER_PANEL, Viewer, refuse_other_panels
from models.queries.deciding.round_list import RoundFigures, ask_round, explained, work_out
from models.queries.history import history
from models.queries.packs.packs import closed_to
from models.queries.panel.area_panels import areas_of_other_panels
from models.queries.panel.meeting import seen_meeting
from models.queries.panel.meeting_figures import marking_spread
from models.queries.panel.meeting_figures import work_out as work_out_meeting
from models.queries.panel.panel import member_details
from models.queries.panel.score_sheets import score_sheets
from models.queries.permissions.reading import area_to_read, open_order, paper_refusal, seen_round, sight_of
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line
from models.record import Record
from models.role import AT_MEETING, SIGNING, Role
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.scheme import Combine
from scoring.written.text import Refused
from tests.models.rounds import OFFICER, set_up_office
from tests.models.three_panels import AREAS, FIRST, code, marked_one_by_one, named, set_up_panels

QUAY, WEALD, HARBOUR = AREAS
CHAIR = Actor("Carla Chairs", Role.CHAIR)
"""Of no panel, so of all areas."""
OF_QUAY, OF_WEALD, OF_HARBOUR = ({FIRST[area], f"ACF-00{int(FIRST[area][-1]) + 1}"} for area in AREAS)
PANEL = (Role.CHAIR, Role.MEMBER, Role.ADVISER)


def viewer(role: Role, area: str) -> Viewer:
    return Viewer(named(role, area), role, code(role, area) if role in PANEL else None)


WENDY = viewer(Role.CHAIR, WEALD)


@pytest.fixture
def met(record: Record) -> Record:
    """Every sheet of three areas handed in, Market Quay and North Weald at their meetings."""
    rows = marked_one_by_one(0)
    scheme = replace(rows.scheme, combine=Combine.MEAN, quorum=1)
    set_up_panels(set_up_office(record), replace(rows, scheme=scheme))
    for stage in ("scoring", "meeting"):
        record.perform(MoveAreas(1, (QUAY, WEALD), stage), CHAIR)
    return record


def shut(record: Record, who: Viewer) -> Collection[str]:
    return record.ask(partial(areas_of_other_panels, round_id=1, viewer=who))


def figures(record: Record, who: Viewer) -> RoundFigures:
    line = record.ask(partial(round_line, round_id=1))
    return work_out(line, record.ask(ask_round(1, who)))


def told(record: Record, who: Viewer) -> set[str]:
    """Return the applications of which others' marks are told to somebody."""
    rows = record.ask(partial(seen_round, round_id=1, viewer=who)).rows
    return {
        one.application
        for one in rows.sheets
        if one.member != who.member and any(mark is not None for mark in one.marks)
    }


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("role", [*AT_MEETING, *SIGNING, Role.OFFICER, Role.FINANCE, Role.READER])
def test_it_is_told_to_the_areas_panel_and_to_who_reads_beside_it(met: Record, role: Role, area: str) -> None:
    others = {one for one in AREAS if one != area} if role in AT_MEETING else set()

    assert shut(met, viewer(role, area)) == others


def test_a_part_in_all_areas_or_in_several_opens_them(met: Record) -> None:
    stands = met.ask(partial(member_details, round_id=1, code="C2"))
    for areas, closed in (((), set()), ((WEALD, HARBOUR), {QUAY}), (AREAS, set())):
        now = met.ask(partial(member_details, round_id=1, code="C2"))
        if now.areas != areas:
            met.perform(EditMember(1, replace(stands, areas=areas), now), OFFICER)
        assert shut(met, WENDY) == closed

    # So does taking notes elsewhere; who has no part at all is bounded by none.
    met.perform(GiveRole(1, named(Role.MEMBER, WEALD), Role.NOTE_TAKER, areas=(QUAY,)), OFFICER)
    assert shut(met, viewer(Role.MEMBER, WEALD)) == {HARBOUR}
    assert shut(met, Viewer("Nobody Here", Role.CHAIR)) == set()


def test_an_observer_is_told_what_each_member_marked_until_they_are_not_let_in(met: Record) -> None:
    assert told(met, WENDY) == OF_WEALD
    for state, was, open_ in (("observer", "", OF_QUAY | OF_WEALD), ("", "observer", OF_WEALD)):
        met.perform(SetAttendances(QUAY, (SetAttendance(1, QUAY, "C2", state, was),)), OFFICER)
        assert told(met, WENDY) == open_


def test_the_list_of_another_area_is_as_it_is_for_the_office(met: Record) -> None:
    """Harbour is not at its meeting; the marks of Market Quay are summed up though they are not told."""
    whole = {
        one.reference: one for one in rank(scored_round(met.ask(partial(round_rows, round_id=1)))).standings
    }

    found = figures(met, WENDY)

    assert found.sight.other_panels == OF_QUAY | OF_HARBOUR
    assert {of: one for of, one in whole.items() if of in OF_QUAY} == {
        one.reference: one for one in found.ranking.standings if one.reference in OF_QUAY
    }
    assert found.whole.standings == tuple(whole.values())
    assert found.marking == {"C2": named(Role.CHAIR, WEALD), "M2": named(Role.MEMBER, WEALD)}
    office = figures(met, Viewer(""))
    assert len(office.marking) == len(office.rows.members)

    meeting = work_out_meeting(met.ask(partial(seen_meeting, round_id=1, viewer=WENDY)))
    first, own = meeting.items[FIRST[QUAY]], meeting.items[FIRST[WEALD]]
    assert (meeting.rows.columns(first), len(meeting.rows.columns(own))) == ((), 2)
    assert meeting.value(FIRST[QUAY], "A1") == "4.00"  # of 5 and 3


@pytest.mark.parametrize(("who", "words"), [(WENDY, OTHER_PANEL.format(QUAY)), (Viewer(""), "of 5, 3")])
def test_an_explanation_keeps_the_marks_of_another_panel_and_tells_the_sum(
    met: Record, who: Viewer, words: str
) -> None:
    steps = {step.rule: step for step in explained(figures(met, who), FIRST[QUAY]).steps}

    assert words in steps["value A1"].words
    assert (steps["value A1"].exact, steps["total"].shown) == ("4", steps["total"].shown)
    assert "5, 4" not in steps["value A1"].words


def test_a_paper_with_members_marks_is_for_the_panels_that_it_covers(met: Record) -> None:
    def why(kind: str, *areas: str, with_marks: bool = False, who: Viewer = WENDY) -> str:
        return met.ask(
            lambda session: paper_refusal(session, KINDS[kind], 1, areas, who, with_marks=with_marks)
        )

    closed = OTHER_PANEL.format(QUAY)
    for kind in ("minutes", "minutes-annex", "schedule"):
        assert closed in why(kind, QUAY)
        assert why(kind, WEALD) == ""
        assert why(kind, QUAY, who=viewer(Role.MEMBER, QUAY)) == ""
    assert why("panel-book", QUAY) == ""
    assert closed in why("panel-book", QUAY, with_marks=True)
    assert OTHER_PANEL.format(f"{QUAY} and {HARBOUR}") in why("minutes")
    assert why("notice", QUAY) == ""

    rows, sight = met.ask(
        lambda session: (round_rows(session, 1), sight_of(session, 1, WENDY)),
    )
    with pytest.raises(Refused, match=re.escape(OTHER_PANEL.format(f"{QUAY} and {HARBOUR}"))):
        refuse_other_panels(rows, sight)
    agreed = replace(rows.scheme, combine=Combine.CONSENSUS)
    assert agreed.is_agreed
    assert not KINDS["schedule"].prints_sheets(is_agreed=True, with_marks=False)
    assert KINDS["schedule"].prints_sheets(is_agreed=True, with_marks=True)  # how sure it is, by member


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_of_all_areas_opens_to_a_panel_with_its_own_where_others_are_closed(
    met: Record, kind: str
) -> None:
    """Each kind of paper, with marks and without: what is closed as a whole is open for the one area."""
    for with_marks in (False, True):
        for area in AREAS:
            who = viewer(Role.CHAIR, area)
            whole, own, read = met.ask(
                lambda session, who=who, area=area, marks=with_marks: (
                    paper_refusal(session, KINDS[kind], 1, (), who, with_marks=marks),
                    paper_refusal(session, KINDS[kind], 1, (area,), who, with_marks=marks),
                    area_to_read(session, KINDS[kind], 1, who, with_marks=marks),
                )
            )
            is_of_area = "area" in KINDS[kind].choices
            assert read == (area if is_of_area and "You are not on the panel for" in whole else None)
            assert read is None or own == "" or area == HARBOUR  # whose sheets are still to come
        for who in (Viewer(""), viewer(Role.OFFICER, QUAY), viewer(Role.COMMANDER, QUAY)):
            read = partial(area_to_read, kind=KINDS[kind], round_id=1, viewer=who, with_marks=with_marks)
            assert met.ask(read) is None


def test_an_order_of_somebody_who_is_named_is_of_their_area_or_refused(met: Record) -> None:
    order = PaperOrder("minutes", datetime(2026, 12, 2, tzinfo=UTC), 1)

    def of(name: str, order: PaperOrder) -> str | None:
        return met.ask(partial(open_order, order=order, name=name, with_marks=False)).area

    assert of(WENDY.name, order) == WEALD
    assert of(WENDY.name, replace(order, area=WEALD)) == WEALD
    assert of("Ann Officer", order) is None
    assert of(WENDY.name, replace(order, kind="360giving", round_id=None)) is None
    with pytest.raises(Refused, match=re.escape(OTHER_PANEL.format(QUAY))):
        of(WENDY.name, replace(order, area=QUAY))


def test_who_is_of_two_panels_chooses_of_which_a_paper_is(met: Record) -> None:
    met.perform(SetAttendances(QUAY, (SetAttendance(1, QUAY, "C2", "observer", ""),)), OFFICER)
    read = partial(area_to_read, kind=KINDS["minutes"], round_id=1, viewer=WENDY, with_marks=False)

    assert met.ask(read) is None


def test_what_is_told_beside_the_meeting_is_of_the_own_area(met: Record) -> None:
    spread = met.ask(partial(marking_spread, round_id=1, viewer=WENDY))
    assert {one.name for one in spread} <= {named(Role.CHAIR, WEALD), named(Role.MEMBER, WEALD)}
    assert met.ask(partial(closed_to, round_id=1, person=WENDY.name)) == OF_QUAY | OF_HARBOUR

    notes = viewer(Role.NOTE_TAKER, WEALD)
    typed = met.ask(partial(score_sheets, round_id=1, viewer=notes, of="M1"))
    assert {line.area for line in typed.lines} <= {WEALD}


def test_the_history_tells_a_note_taker_no_mark_of_another_panel(record: Record) -> None:
    set_up_panels(set_up_office(record))
    record.perform(MoveAreas(1, (QUAY,), "scoring"), CHAIR)
    by = Actor(named(Role.MEMBER, QUAY), Role.MEMBER)
    record.perform(SetMark(1, "M1", FIRST[QUAY], "A1", 4, None), by)
    record.perform(MoveAreas(1, (QUAY,), "meeting", minds_items=True), CHAIR)

    details = {
        area: {
            one.detail
            for one in record.ask(partial(history, viewer=viewer(Role.NOTE_TAKER, area)))
            if one.kind == "set mark"
        }
        for area in (QUAY, WEALD)
    }

    assert details == {
        QUAY: {"4 (was nothing)"},
        WEALD: {"What was given opens when the area is at its meeting."},
    }
