"""Papers tell of the panel that decided, whoever joins, leaves, moves or is renamed later."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations.panel.meetings import SetAttendance, SetAttendances
from models.operations.panel.members import AddMember, Declare, EditMember, RemoveMember
from models.operations.set_up.people import GiveRole
from models.queries.panel.panel import MemberDetails, member_details
from models.record import Record
from models.role import Role
from models.values import canonical
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.models.rounds import OFFICER, assert_replays, paper, set_up_office
from tests.models.three_panels import AREAS, add_marking, decide, marked, named, set_up_panels

QUAY, WEALD, HARBOUR = AREAS
NOW = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
SILENT = MemberDetails("S1", "Sam Silent", "member", areas=(QUAY,))
HERE = (("C1", "present"), ("M1", "present"), ("X10", "present"), ("X11", "absent"), ("M2", "observer"))
PAPERS = ("minutes", "minutes-annex", "panel-book", "schedule", "decision-report", "notice", "letters")


@pytest.fixture
def met(record: Record) -> Record:
    """Market Quay as it was decided by the five who mark there, one who never declared, and an observer."""
    set_up_panels(set_up_office(record), marked(QUAY))
    add_marking(record, QUAY, 3)
    record.perform(AddMember(1, SILENT), OFFICER)
    there = tuple(SetAttendance(1, QUAY, code, state, "") for code, state in HERE)
    record.perform(SetAttendances(QUAY, there), OFFICER)
    decide(record, QUAY)
    return record


def papers(record: Record) -> dict[str, str]:
    whole = {
        "notice": {"notice": "031/2026"},
        "letters": {},
        "panel-book": {"area": QUAY, "with_marks": True},
    }
    return {
        kind: canonical.to_text(paper(record, kind, NOW, **whole.get(kind, {"area": QUAY})))
        for kind in PAPERS
    }


def _edited(code: str, **changes: object) -> Callable[[Record], Operation]:
    def edit(record: Record) -> Operation:
        stands = record.ask(lambda session: member_details(session, 1, code))
        return EditMember(1, replace(stands, **changes), stands)

    return edit


NONE = InterestKind.NONE
ACTS: dict[str, Callable[[Record], Operation]] = {
    "add a member to the area": lambda _: AddMember(1, MemberDetails("N1", "New One", areas=(QUAY,))),
    "add a member to all areas": lambda _: AddMember(1, MemberDetails("N1", "New One")),
    "add a second chair": lambda _: AddMember(1, MemberDetails("N1", "New Chair", "chair", areas=(QUAY,))),
    "remove a member": lambda _: RemoveMember(1, "X12"),
    "remove who never declared": lambda _: RemoveMember(1, "S1"),
    "rename the chair": _edited("C1", name="Ann Married-Name"),
    "rename a member who was away": _edited("X11", name="Another Name"),
    "rename an observer": _edited("M2", name="Other Observer"),
    "move the chair away": _edited("C1", areas=(WEALD,)),
    "move a member away": _edited("M1", areas=(HARBOUR,)),
    "move an observer in": _edited("M2", areas=(QUAY, WEALD)),
    "let the chair be a member": _edited("C1", role="member"),
    "let a member be an adviser": _edited("X10", role="adviser"),
    "name another note-taker": lambda _: GiveRole(1, "Nina Notes", Role.NOTE_TAKER, areas=(QUAY,)),
    "declare late": lambda _: Declare(1, "S1", (InterestRow("S1", None, NONE),)),
}


@pytest.mark.parametrize("act", ACTS)
def test_no_later_change_of_the_panel_reaches_a_paper_of_the_decided_area(met: Record, act: str) -> None:
    before = papers(met)
    minutes = paper(met, "minutes", NOW, area=QUAY)
    assert [one.name for one in minutes.sittings[0].present] == [
        named(r, QUAY) for r in (Role.CHAIR, Role.MEMBER)
    ] + ["Extra X10"]
    assert minutes.sittings[0].observers == (named(Role.MEMBER, WEALD),)
    assert minutes.silent == ("Sam Silent",)
    assert named(Role.CHAIR, WEALD) not in minutes.without, "members of other panels are not told of"

    met.perform(ACTS[act](met), OFFICER)

    after = papers(met)
    assert {kind for kind in PAPERS if after[kind] != before[kind]} == set()
    assert_replays(met)
