"""Every change is tried across the border of an area, by each role of another area's panel."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from msgspec.structs import astuple, replace

from models.operation import Actor, Operation, references_of
from models.operations.applications.attachments import TickAttachments
from models.operations.deciding.chair_decisions import DecideTie
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.meetings import SetAttendance
from models.operations.panel.members import Declare, DeclareToSign, EditMember
from models.operations.registry import OPERATIONS
from models.operations.set_up.people import GiveRole, NameSignatories, TakeRole
from models.operations.set_up.scheme import AmendScheme
from models.permissions.table import EVERY_AREA
from models.queries.awards.awards import awards
from models.queries.panel.panel import member_details
from models.queries.permissions.acting import refusal
from models.queries.permissions.areas import refuse_other_area
from models.queries.set_up.office import with_role
from models.record import Record
from models.role import BESIDE, SIGNING, Role
from models.values import canonical
from models.values.attachments import Subject
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.models.operations.test_every_operation import EXAMPLES
from tests.models.permissions.test_table import ROLES
from tests.models.rounds import OFFICER, SCHEME, refuses, set_up_office
from tests.models.three_panels import AREAS, FIRST, PANEL, code, decide, marked, named, set_up_panels

BOUND = (*PANEL, Role.NOTE_TAKER, Role.COMMANDER, Role.DECIDER)
"""The roles that somebody can have in one area alone."""
OF_NO_AREA = {
    # what a round has once for all its areas, and each of its chairs may do
    "publish scheme",
    # a member's own record, and their own word
    *("open pack", "update pack", "put pack back", "make return"),
    *("declare", "declare to sign", "add interest", "set chair scores"),
}


def redirected(operation: Operation, area: str, actor: Actor) -> Any:
    """Return an example as it is of an area, and as somebody makes it: in their seat, in their name."""
    text = canonical.to_text(operation)
    text = re.sub("Coventry|Dudley|Solihull|Walsall", area, text)
    text = re.sub(r"(ACF|VF)-[A-Z0-9-]*\d", FIRST[area], text)
    text = re.sub(r'"M\d"', f'"{seat(actor)}"', text)
    made = canonical.from_text(OPERATIONS[operation.kind], text)
    own: dict[str, Any] = {"from_paper": False, "by": actor.name, "in_place": "", "about": "application"}
    own |= {"application": FIRST[area]} if hasattr(made, "about") else {}
    own |= {"round_id": 1}
    own |= {"paper": "minutes", "subject": area, "name": actor.name}
    own |= {"step": int(actor.role == Role.DECIDER), "post": "", "on": date(2026, 12, 2)}
    return replace(made, **{name: one for name, one in own.items() if name in made.__struct_fields__})


def seat(actor: Actor) -> str:
    """Return the code of somebody on their panel, "" beside one."""
    seats = {named(role, area): code(role, area) for area in AREAS for role in PANEL}
    return seats.get(actor.name, "")


def is_of_all(operation: Operation) -> bool:
    """Whether a change is of every area: by its kind, or since it names none."""
    names_none = getattr(operation, "area", None) == "" and not references_of(operation)
    return operation.kind in EVERY_AREA or names_none


def tried(record: Record, example: Operation, of: str) -> Iterator[tuple[str, str, str]]:
    """Yield by role and area of who makes a change of an area why it is refused as another area's."""
    for role in BOUND:
        for area in AREAS if role in ROLES[example.kind] else ():
            actor = Actor(named(role, area), role)
            operation = redirected(example, of, actor)
            why = record.ask(partial(refusal, operation=operation, actor=actor))
            yield role, area, why if f" for {area}" in why else ""


@pytest.fixture
def panels(record: Record) -> Record:
    return set_up_panels(set_up_office(record))


def test_every_change_is_refused_across_the_border_of_an_area_and_none_within_it(panels: Record) -> None:
    wrong = []

    for operation in EXAMPLES:
        kind, own = operation.kind, "Market Quay"
        for role, area, why in tried(panels, operation, own):
            is_bound = kind not in OF_NO_AREA or (kind, role) == ("add interest", Role.NOTE_TAKER)
            is_refused = is_of_all(operation) or (is_bound and area != own)
            if is_refused is not bool(why):
                wrong.append((kind, role, area, why))

    assert wrong == []


def test_a_refusal_across_the_border_names_who_makes_that_change_there_and_nobody_else(
    panels: Record,
) -> None:
    own, wrong, met = "Market Quay", [], set()

    for operation in EXAMPLES:
        for role, area, why in tried(panels, operation, own):
            if f"not for {own}" not in why and f"is of {own}" not in why:
                continue
            met.add(role)
            does = {
                Role.CHAIR: f"The chair for {own} is {named(role, own)}.",
                Role.MEMBER: f"{named(role, own)} sits on the panel for {own}.",
                Role.ADVISER: f"{named(role, own)} advises the panel for {own}.",
                Role.NOTE_TAKER: f"{named(role, own)} takes the notes for {own}.",
            }.get(role, f"{named(role, own)} signs for {own}.")
            if not why.endswith(does) or why.count(own) > 4:
                wrong.append((operation.kind, role, area, why))

    assert wrong == []
    assert met == {*BOUND}


def test_an_area_goes_from_intake_to_its_decision_by_its_own_people_alone(record: Record) -> None:
    decide(set_up_panels(set_up_office(record), marked("North Weald")), "North Weald")

    assert record.ask(lambda session: [row.application for row in awards(session, 1)]) == [
        "ACF-003",
        "ACF-004",
    ]


def test_nobody_of_another_panel_signs_a_paper_of_the_chair_or_enters_what_it_settled(
    record: Record,
) -> None:
    decide(set_up_panels(set_up_office(record), marked("North Weald")), "North Weald")
    again = SignRecommendations(1, "North Weald", date(2026, 12, 2), "Chair of Harbour", from_paper=True)

    refuses(record, "not for North Weald. The chair for North Weald is Chair of North Weald", again)
    for name in ("Chair of North Weald", "Carla Chairs", "Ann Officer"):
        record.ask(partial(refuse_other_area, operation=again, name=name))


def test_a_new_signatory_signs_for_the_area_of_what_they_sign_where_others_sign_for_theirs(
    panels: Record,
) -> None:
    new = panels.ask(
        lambda session: NameSignatories.with_signer(
            session, 1, 0, ("Nia New", "NPU commander"), ("ACF-003",), "They stand in."
        )
    )

    assert [one.areas for one in new.people if one.name == "Nia New"] == [("North Weald",)]


OF_ROUND, OF_ORGANISATION = Subject("round", 1), Subject("organisation", organisation="uid")


@pytest.mark.parametrize("subject", [OF_ROUND, OF_ORGANISATION])
def test_a_chair_of_one_area_attaches_nothing_to_the_round_or_an_organisation(
    panels: Record, subject: Subject
) -> None:
    attaching = TickAttachments(*astuple(subject), numbers=(1,))
    chair = Actor(named(Role.CHAIR, "Harbour"), Role.CHAIR)

    assert "concerns every area" in panels.ask(partial(refusal, operation=attaching, actor=chair))
    assert not panels.ask(partial(refusal, operation=attaching, actor=OFFICER))


def test_a_chair_records_a_declaration_for_their_own_panel_alone(panels: Record) -> None:
    def why(member: str, *areas: str) -> str:
        held = panels.ask(lambda session: member_details(session, 1, member))
        if areas:
            panels.perform(EditMember(1, replace(held, areas=areas), held), OFFICER)
        made = Declare(1, member, (InterestRow(member, None, InterestKind.NONE),))
        return panels.ask(partial(refusal, operation=made, actor=Actor("Chair of Harbour", Role.CHAIR)))

    assert not why("M3")
    assert "not for Market Quay" in why("M1")
    assert not why("M1", "Market Quay", "Harbour"), "they sit on both"
    assert "not for North Weald" in panels.ask(
        partial(
            refusal,
            operation=DeclareToSign(
                1,
                "Commander of North Weald",
                (InterestRow("Commander of North Weald", None, InterestKind.NONE),),
            ),
            actor=Actor("Chair of Harbour", Role.CHAIR),
        )
    )


def test_what_only_chairs_do_for_every_area_says_how_one_comes_about(panels: Record) -> None:
    amending = AmendScheme(1, SCHEME, SCHEME, "why")
    chair = Actor("Chair of Harbour", Role.CHAIR)

    assert panels.ask(partial(refusal, operation=amending, actor=chair)) == (
        "Chair of Harbour chairs the panel for Harbour. This change concerns every area: an officer can add "
        "a chair for all areas, who can make it."
    )


def test_whoever_chairs_each_area_of_a_round_chairs_all_of_it(panels: Record) -> None:
    amending = AmendScheme(1, SCHEME, SCHEME, "why")
    held = panels.ask(lambda session: member_details(session, 1, "C3"))
    panels.perform(EditMember(1, replace(held, areas=AREAS), held), OFFICER)

    assert not panels.ask(partial(refusal, operation=amending, actor=Actor("Chair of Harbour", Role.CHAIR)))


def test_whoever_has_the_role_in_all_areas_is_bound_to_none(panels: Record) -> None:
    chair = Actor("Carla Chairs", Role.CHAIR)
    bound = [redirected(one, "Harbour", chair) for one in EXAMPLES if "chair" in ROLES[one.kind]]

    found = [panels.ask(partial(refusal, operation=one, actor=chair)) for one in bound]

    assert not any("for Harbour" in why or "every area" in why for why in found)


def test_a_refusal_says_whose_area_it_is_and_who_chairs_it(panels: Record) -> None:
    change = SetAttendance(1, "Market Quay", code(Role.MEMBER, "Market Quay"), "present", "")
    chair = Actor("Chair of Harbour", Role.CHAIR)

    assert panels.ask(partial(refusal, operation=change, actor=chair)) == (
        "Chair of Harbour chairs the panel for Harbour, not for Market Quay. The chair for Market Quay is "
        "Chair of Market Quay."
    )


def test_a_tie_in_a_shared_budget_is_decided_by_the_chair_of_any_area_that_shares_it(panels: Record) -> None:
    tie = DecideTie(1, (FIRST["Harbour"], FIRST["North Weald"]), "The chairs agreed it.")

    def why(area: str) -> str:
        return panels.ask(partial(refusal, operation=tie, actor=Actor(named(Role.CHAIR, area), Role.CHAIR)))

    assert [bool(why(area)) for area in AREAS] == [True, False, False]


NEW = "Nia New"
BEYOND: dict[str, Operation] = {
    "for all areas": GiveRole(1, NEW, Role.NOTE_TAKER),
    "for another area": GiveRole(1, NEW, Role.NOTE_TAKER, areas=("Harbour",)),
    "for another area as well": GiveRole(1, NEW, Role.NOTE_TAKER, areas=("Market Quay", "Harbour")),
    "from another area": TakeRole(1, named(Role.NOTE_TAKER, "Harbour"), Role.NOTE_TAKER),
    "with another post of one who signs": GiveRole(
        1, named(Role.DECIDER, "Harbour"), Role.NOTE_TAKER, "Clerk", ("Market Quay",)
    ),
    **{
        f"as {role}": GiveRole(1, NEW, role, areas=("Market Quay",) if role in SIGNING else ())
        for role in BESIDE
        if role != Role.NOTE_TAKER
    },
}
"""What the chair of one area gives or takes no more than anybody else of its panel."""


def test_a_chair_names_who_takes_notes_in_their_own_area_and_takes_it_back(panels: Record) -> None:
    chair = Actor(named(Role.CHAIR, "Market Quay"), Role.CHAIR)
    own = partial(with_role, round_id=1, role=Role.NOTE_TAKER, area="Market Quay")
    before = panels.ask(own)

    for post in ("", "Clerk to the panel"):
        given = panels.perform(GiveRole(1, NEW, Role.NOTE_TAKER, post, ("Market Quay",)), chair)
        assert panels.ask(own) == (*before, NEW)
        taken = panels.perform(given.inverse, chair)
        assert panels.ask(own) == before
        again = panels.perform(taken.inverse, chair)
        panels.perform(again.inverse, chair)


def test_each_chair_adds_their_own_area_to_a_note_taker_and_takes_no_other_chairs_away(
    panels: Record,
) -> None:
    for area in AREAS:
        chair = Actor(named(Role.CHAIR, area), Role.CHAIR)
        panels.perform(GiveRole(1, NEW, Role.NOTE_TAKER, areas=(area,)), chair)
    of_quay, of_harbour = (Actor(named(Role.CHAIR, area), Role.CHAIR) for area in ("Market Quay", "Harbour"))
    for beyond in (
        TakeRole(1, NEW, Role.NOTE_TAKER),
        TakeRole(1, NEW, Role.NOTE_TAKER, areas=("Harbour",)),
        GiveRole(1, NEW, Role.NOTE_TAKER),
    ):
        assert panels.ask(partial(refusal, operation=beyond, actor=of_quay))
    taken = panels.perform(TakeRole(1, NEW, Role.NOTE_TAKER, areas=("Market Quay",)), of_quay)
    notes = [panels.ask(partial(with_role, round_id=1, role=Role.NOTE_TAKER, area=area)) for area in AREAS]

    assert [NEW in names for names in notes] == [area != "Market Quay" for area in AREAS]
    assert panels.ask(partial(refusal, operation=taken.inverse, actor=of_harbour))
    panels.perform(taken.inverse, of_quay)


@pytest.mark.parametrize("what", BEYOND)
def test_a_chair_of_one_area_gives_no_other_role_and_none_beyond_it(panels: Record, what: str) -> None:
    operation = BEYOND[what]
    of_quay = Actor(named(Role.CHAIR, "Market Quay"), Role.CHAIR)

    assert panels.ask(partial(refusal, operation=operation, actor=of_quay))
    assert not panels.ask(partial(refusal, operation=operation, actor=OFFICER))
    for role in BOUND:
        for area in AREAS:
            actor = Actor(named(role, area), role)
            own = GiveRole(1, NEW, Role.NOTE_TAKER, areas=("Market Quay",))
            why = panels.ask(partial(refusal, operation=own, actor=actor))
            assert bool(why) is not ((role, area) == (Role.CHAIR, "Market Quay")), (role, area)
