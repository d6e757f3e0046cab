"""Nothing but the names of applicants opens to whoever declares first and has not: every query, walked."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from models.operations.deciding.challenges import AddChallenge
from models.operations.panel.members import AddMember, Declare, DeclareToSign
from models.operations.set_up.people import GiveRole
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.organisation import organisation
from models.queries.applications.organisations import organisations
from models.queries.applications.reading import findable, intake, reading
from models.queries.deciding.challenges import held_challenges
from models.queries.deciding.round_list import ask_round, deciding
from models.queries.history import history
from models.queries.panel.meeting_figures import ask_meeting, marking_spread
from models.queries.panel.panel import MemberDetails
from models.queries.panel.panel_board import panel_facts
from models.queries.panel.score_sheets import peer_sheets, score_sheets
from models.queries.permissions.declarations import own_list, waits_to_declare, who_declared
from models.queries.permissions.reading import refuse_undeclared, rounds_to_declare_in, seen_round
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.role import DECLARING, SIGNING, Role
from models.values.awards import Challenge, ChallengeKind
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.operations.awards.proposals import direct, propose
from tests.models.operations.deciding_rounds import DAY, deciding_rows, recommended
from tests.models.rounds import OFFICER
from tests.sources import texts

SECRET = "Quartz"
TODAY = date(2026, 12, 3)
SEAT, SIGNER = "Jo Newcomer", "Sal Signs"
QUERIES: dict[str, Callable[[Any, Viewer], object]] = {
    "ask_meeting": lambda s, who: ask_meeting(1, who)(s),
    "ask_round": lambda s, who: ask_round(1, who)(s),
    "deciding": lambda s, who: deciding(s, 1, who),
    "findable": lambda s, who: findable(s, 1, who),
    "held_challenges": held_challenges,
    "history": history,
    "intake": lambda s, who: intake(s, 1, who),
    "marking_spread": lambda s, who: marking_spread(s, 1, who),
    "organisation": lambda s, who: [organisation(s, number, TODAY, who) for number in (1, 2, 3)],
    "organisations": lambda s, who: organisations(s, TODAY, who),
    "panel_facts": lambda s, who: panel_facts(s, 1, who),
    "peer_sheets": lambda s, who: peer_sheets(s, 1, who, "ACF-001"),
    "reading": lambda s, who: reading(s, 1, who, "ACF-001"),
    "rounds_to_declare_in": rounds_to_declare_in,
    "score_sheets": lambda s, who: score_sheets(s, 1, who),
    "seen_round": lambda s, who: seen_round(s, 1, who),
}
ASKED_OF_THESE = {"closed_applications", "own_conflicts", "require_open", "seen_meeting"}
ASKED_OF_THESE |= {"history_of", "sight_of"}
ASKED_OF_THESE |= {"waits_to_declare"}
"""What the queries above ask in their turn: which references are closed, and why."""


@pytest.fixture
def record(record: Record) -> Record:
    """A round before its deciders, in which the word stands wherever an applicant or a marker writes."""
    rows = deciding_rows()
    told = {"summary": SECRET, "need": SECRET, "outcomes": SECRET, "contact_name": SECRET, "email": SECRET}
    rows = replace(
        rows,
        applications=tuple(replace(one, **told, answers=((SECRET, SECRET),)) for one in rows.applications),
        sheets=tuple(replace(one, reasons=(SECRET,) * len(one.marks)) for one in rows.sheets),
        interests=(InterestRow("M1", "ACF-003", InterestKind.PREJUDICIAL, SECRET),),
    )
    recommended(record, rows)
    asks = Challenge(ChallengeKind.REVIEW, SECRET, SECRET, DAY, DAY)
    record.perform(AddChallenge(1, "ACF-001", 1, asks), OFFICER)
    return record


def viewer_in(record: Record, role: Role) -> Viewer:
    """Give somebody new a part of the round, and return them as who reads."""
    if role in SIGNING:
        record.perform(GiveRole(1, SIGNER, role), OFFICER)
        return Viewer(SIGNER, role)
    label = role.value if role is not Role.CHAIR else "chair"
    record.perform(AddMember(1, MemberDetails("JO", SEAT, label)), OFFICER)
    return Viewer(SEAT, role, "JO")


def told(record: Record, viewer: Viewer) -> dict[str, str]:
    """Return what each query says to a person, a refusal being its sentence."""
    found = {}
    for name, query in QUERIES.items():
        try:
            found[name] = record.ask(partial(_said, query=query, viewer=viewer))
        except Refused as refused:
            found[name] = str(refused)
    return found


def _said(session: Any, query: Callable[[Any, Viewer], object], viewer: Viewer) -> str:
    return repr(query(session, viewer))


def declare(record: Record, viewer: Viewer) -> None:
    key = viewer.name if viewer.member is None else viewer.member
    none = (InterestRow(key, None, InterestKind.NONE),)
    of = DeclareToSign(1, key, none) if viewer.member is None else Declare(1, key, none)
    record.perform(of, OFFICER)


@pytest.mark.parametrize("role", DECLARING)
def test_nothing_an_applicant_or_a_member_wrote_is_told_before_the_declaration(
    record: Record, role: Role
) -> None:
    viewer = viewer_in(record, role)

    before = told(record, viewer)
    declare(record, viewer)
    after = told(record, viewer)

    assert {name for name, words in before.items() if SECRET in words} == set()
    assert {"intake", "reading", "ask_round", "deciding"} <= {
        n for n, words in after.items() if SECRET in words
    }


def test_all_of_it_is_told_to_the_office(record: Record) -> None:
    office = told(record, OFFICE_VIEWER)

    assert {name for name, words in office.items() if SECRET not in words} <= {
        *("findable", "marking_spread", "organisations", "peer_sheets", "rounds_to_declare_in"),
        *("score_sheets", "history"),
    }


def test_every_query_that_is_asked_by_somebody_is_walked() -> None:
    asked = re.compile(r"^def ([a-z]\w*)\(\s*session: \w+,[^)]*\bviewer: Viewer", re.M)
    factories = re.compile(r"^def (ask_\w+)\([^)]*\bviewer: Viewer", re.M)
    written = texts("models").values()
    found = {name for text in written for rule in (asked, factories) for name in rule.findall(text)}

    assert found - QUERIES.keys() - ASKED_OF_THESE == set(), "a query that takes who reads is walked above"


def test_a_command_is_refused_in_a_round_of_that_name_alone_and_the_list_has_names(record: Record) -> None:
    viewer = viewer_in(record, Role.COMMANDER)
    name = record.ask(rounds)[0].name

    for asked in (None, name):
        with pytest.raises(Refused, match="You have not declared your interests"):
            record.ask(partial(refuse_undeclared, name=SIGNER, round_name=asked))
    record.ask(partial(refuse_undeclared, name=SIGNER, round_name="Another"))
    listed = record.ask(partial(own_list, round_id=1, name=SIGNER, member=None))
    assert (listed.key, listed.declared, len(listed.applicants)) == (SIGNER, (), 3)
    assert SECRET not in repr(listed)
    declare(record, viewer)
    record.ask(partial(refuse_undeclared, name=SIGNER, round_name=None))
    seat = record.ask(partial(own_list, round_id=1, name="Ann Sample", member="M1"))
    assert {row.application for row in seat.declared} == {"ACF-003"}
    assert {"M1", SIGNER} <= (record.ask(partial(who_declared, round_id=1)) or set())


def test_nobody_is_asked_where_awards_are_given_without_a_competition(record: Record) -> None:
    propose(record)
    number = direct(record)
    record.perform(GiveRole(number, SIGNER, Role.DECIDER), OFFICER)

    assert record.ask(partial(who_declared, round_id=number)) is None
    assert not record.ask(partial(waits_to_declare, round_id=number, viewer=Viewer(SIGNER, Role.DECIDER)))
    seen = record.ask(partial(seen_round, round_id=number, viewer=Viewer(SIGNER, Role.DECIDER)))
    assert not seen.sight.must_declare
