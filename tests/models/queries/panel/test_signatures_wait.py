"""What waits for a signature stands on the Overview of whoever signs it, on a page that they have."""

from collections.abc import Callable
from datetime import date

import pytest

from gui.pages.overview.figures import WAYS
from gui.pages.overview.query import ask_overview, overview_of
from gui.pages.page import Identity, Place
from gui.shell.page_list import PAGES
from models.operation import Actor
from models.operations.awards.variations import SignVariation, VaryAward
from models.operations.panel.members import DeclareToSign
from models.operations.set_up.people import NameSignatories
from models.permissions.viewing import Viewer
from models.queries.deciding.awaiting import Signed, awaiting
from models.queries.deciding.signatories import signatories
from models.queries.panel.to_do import ToDo
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.role import SIGNING
from models.values.awards import Terms
from models.values.recommending import LineDecision
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.models.made_once import made_once
from tests.models.operations.awards.proposals import direct, propose
from tests.models.operations.deciding.test_chain import ABE, CORA, CUT, correct, jointly_decided
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    decided,
    declare_to_sign,
    every_line,
    first_step,
    sign_too,
    signed,
)
from tests.models.rounds import OFFICER

SIGNERS = {one.role: one for one in (COMMANDER, DECIDER)}
POSTS = {COMMANDER: (0, "NPU commander"), DECIDER: (1, "Chief Executive")}
FIRST = LineDecision("ACF-001")


@made_once
def before_commander(record: Record) -> Record:
    return signed(record)


@made_once
def before_decider(record: Record) -> Record:
    signed(record).perform(first_step(*every_line()), COMMANDER)
    return record


@made_once
def varied(record: Record) -> Record:
    decided(record)
    record.perform(VaryAward(1, "ACF-001", 1, Terms(130_000), "more to do", DAY), OFFICER)
    return record


@made_once
def varied_and_signed(record: Record) -> Record:
    varied(record)
    step, post = POSTS[COMMANDER]
    record.perform(SignVariation(1, "ACF-001", 1, step, COMMANDER.name, post, DAY, "none"), COMMANDER)
    return record


@made_once
def proposed(record: Record) -> Record:
    signed(record)
    propose(record)
    none = InterestRow(COMMANDER.name, None, InterestKind.NONE)
    record.perform(DeclareToSign(direct(record), COMMANDER.name, (none,)), OFFICER)
    return record


@made_once
def corrected_by_one(record: Record) -> Record:
    """Have one of two who decide together begin a correction, which waits for the other."""
    jointly_decided(record)
    correct(record, CORA, "Area commander", CUT)
    return record


WAITING: dict[str, tuple[Callable[[Record], Record], Actor, str]] = {
    "a decision's first step": (before_commander, COMMANDER, "3 recommendations wait"),
    "a decision's last step": (before_decider, DECIDER, "3 recommendations wait"),
    "a variation": (varied, COMMANDER, "1 variation waits"),
    "a variation's last step": (varied_and_signed, DECIDER, "1 variation waits"),
    "a direct award": (proposed, COMMANDER, "1 recommendation waits"),
    "a correction": (corrected_by_one, ABE, "1 correction waits"),
}


def tasks(record: Record, who: Actor, *, of_direct: bool) -> list[ToDo]:
    """Return what Overview asks of somebody in the round, or in the one of direct awards."""
    number = direct(record) if of_direct else 1
    line = next(one for one in record.ask(rounds) if one.round_id == number)
    asked = record.ask(lambda s: ask_overview(s, number, Viewer(who.name, who.role)))
    shown = overview_of(Place(line, None), Identity(who.name, who.role), date(2026, 12, 2), asked)
    return [one for one in shown.tasks if "for your signature" in one.words]


@pytest.mark.parametrize("role", SIGNING)
@pytest.mark.parametrize("kind", WAITING)
def test_what_waits_is_on_the_overview_of_whoever_signs_it_and_opens_where_they_may(
    record: Record, kind: str, role: str
) -> None:
    make, signer, words = WAITING[kind]
    who = signer if signer.role == role else SIGNERS[role]
    found = tasks(make(record), who, of_direct="direct" in kind)

    assert [one.words.startswith(words) for one in found[-1:]] == [True] * (signer.role == role)
    for one in found:
        page = next(each for each in PAGES if each.key == WAYS[one.what].page)
        assert page.roles is None or role in page.roles
        assert one.reference.startswith("ACF-"), "it leads to the line"


def test_what_waits_in_another_round_is_told_and_leads_there(record: Record) -> None:
    proposed(record)
    sign_too(record, COMMANDER)
    there = direct(record)
    named = record.ask(lambda s: signatories(s, 1))
    record.perform(NameSignatories(there, named, reason="They sign these, too."), OFFICER)

    found = tasks(record, COMMANDER, of_direct=False)
    assert [(one.words, one.note) for one in found if one.round is not None] == [
        (
            "1 line of another round waits for your signature",
            "Awards without a competition, Active Citizens Fund 2026/27",
        )
    ]
    assert not [one for one in tasks(record, DECIDER, of_direct=False) if one.round is not None]


def test_a_correction_waits_for_nobody_who_signed_it(record: Record) -> None:
    """The second line is corrected, and the third not decided yet."""
    corrected_by_one(record)

    found = [
        [(one.words, one.reference) for one in tasks(record, who, of_direct=False)] for who in (CORA, ABE)
    ]

    first = "1 recommendation waits for your signature", "ACF-003"
    assert found == [[first], [first, ("1 correction waits for your signature", "ACF-002")]]
    assert {one.what for one in record.ask(lambda s: awaiting(s, 1))} == {Signed.DECISION, Signed.CORRECTION}


def test_it_waits_for_each_who_is_named_and_for_nobody_else(record: Record) -> None:
    other, third = Actor("Olive Other", "commander"), Actor("Thea Third", "commander")
    sign_too(varied(record), other, COMMANDER)
    declare_to_sign(record, other, third)

    assert [len(tasks(record, who, of_direct=False)) for who in (other, COMMANDER, third)] == [1, 1, 0]
