"""Whatever sets or raises the money of an award passes the one gate for it."""

from collections.abc import Callable, Iterator
from inspect import getsource

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.awards.direct_awards import ChangeDirectAward, proposal_change
from models.operations.awards.variations import SignVariation, VaryAward
from models.operations.deciding.recommendations import AllowOverPot
from models.operations.registry import OPERATIONS
from models.queries.awards.direct_awards import direct_awards
from models.record import Record
from models.values.awards import Terms
from models.values.recommending import LineDecision
from models.values.rows import RoundRows
from scoring.allocating.gate import Concern
from scoring.ranking import Allowance
from tests.models.operations.awards.proposals import BOXING, direct
from tests.models.operations.budgets import ACF, YEAR
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    decided,
    deciding_rows,
    declare_to_sign,
    first_step,
    last_step,
    paper,
    sign_too,
    signed,
)
from tests.models.rounds import OFFICER, refuses

PASSES = {"record decisions", "vary award", "sign variation", "add direct award", "change direct award"}
PUTS_BACK = {"take back variation", "withdraw variation"}
"""What puts back a sum that stood, or was proposed."""
WRITING = ("make_awards(", "set_award(", "put_proposal(")
"""What writes the sum of an award, or of a proposal of one."""
MORE = LineDecision("ACF-002", "change", "part_fund", 160_000, change_reason="more is wanted")


def capped(award: int | None = None, organisation: int | None = None, pot: int = 1_000_000) -> RoundRows:
    """Return the round with other caps and pot, in pence."""
    rows = deciding_rows()
    caps = {"cap_per_award_pence": award, "cap_per_organisation_pence": organisation}
    pots = (replace(rows.areas[0], pot_pence=pot), *rows.areas[1:])
    return replace(rows, scheme=replace(rows.scheme, **caps), areas=pots)


def first(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    signed(record, rows)
    return first_step(MORE), COMMANDER


def from_paper(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    signed(record, rows)
    return paper(last_step(MORE)), OFFICER


def correction(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    decided(record, rows)
    return replace(last_step(MORE, notice="032/2026"), correcting=True), DECIDER


def reserve(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    """Money for what got none."""
    decided(record, rows)
    line = replace(MORE, application="ACF-003", reason="It keeps them off the street.")
    return replace(paper(last_step(line, notice="032/2026")), correcting=True), OFFICER


def variation(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    decided(record, rows)
    return VaryAward(1, "ACF-001", 1, Terms(160_000), "more to do", DAY), OFFICER


def signature(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    change, _ = variation(record, rows)
    record.perform(replace(change, confirmed=tuple(Concern)), OFFICER)  # type: ignore[type-var]
    return SignVariation(1, "ACF-001", 1, 0, COMMANDER.name, "NPU commander", DAY, "none"), COMMANDER


def proposal(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    signed(record, rows)
    return record.ask(lambda s: proposal_change(s, ACF, YEAR, replace(BOXING, amount_pence=160_000))), OFFICER


def changed_proposal(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    signed(record, rows)
    least = replace(BOXING, amount_pence=100_000)
    change = record.ask(lambda s: proposal_change(s, ACF, YEAR, least))
    record.perform(change, OFFICER)
    number = direct(record)
    (stands,) = record.ask(lambda s: direct_awards(s, number)).values()
    more = replace(stands, amount_pence=160_000)
    return ChangeDirectAward(number, change.application, more, stands, "more to do"), OFFICER


SETS: tuple[Callable[[Record, RoundRows], tuple[Operation, Actor]], ...] = (
    *(first, from_paper, correction, reserve, variation, signature, proposal, changed_proposal),
)


def test_whatever_writes_the_sum_of_an_award_passes_the_gate() -> None:
    writing = {kind for kind, one in OPERATIONS.items() if any(name in getsource(one) for name in WRITING)}

    assert writing == PASSES | PUTS_BACK
    assert {kind for kind, one in OPERATIONS.items() if "confirmed" in one.__struct_fields__} == PASSES


@pytest.mark.parametrize("make", SETS)
@pytest.mark.parametrize("caps", [(150_000, None), (None, 150_000)])
def test_each_is_refused_over_a_cap_until_that_is_confirmed(
    record: Record, make: Callable[..., tuple[Operation, Actor]], caps: tuple[int | None, int | None]
) -> None:
    operation, actor = make(record, capped(*caps))

    refuses(record, r"over the cap of £1,500\.00 for one .*confirm it with --over-cap", operation, actor)
    record.perform(replace(operation, confirmed=(Concern.CAP,)), actor)  # type: ignore[type-var]


@pytest.mark.parametrize("make", [reserve, variation])
def test_none_goes_over_the_pot_without_an_authority(
    record: Record, make: Callable[..., tuple[Operation, Actor]]
) -> None:
    operation, actor = make(record, capped(pot=300_000))

    refuses(record, "over the £3,000.00 pot, and nobody allows", operation, actor)
    allowed = Allowance("Coventry", 160_000, "Jo Sample", "Commissioner", "The hall burnt down.", DAY)
    record.perform(AllowOverPot(1, allowed), OFFICER)
    record.perform(operation, actor)


def ten_times(record: Record) -> Iterator[tuple[Operation, Actor]]:
    """Yield what raises £100 to £2,000, each beside what stood."""
    few = replace(MORE, amount_pence=10_000)
    many = LineDecision("ACF-002", "change", "fund", 200_000, change_reason="whole again")
    record.perform(replace(last_step(few, notice="032/2026"), correcting=True), DECIDER)
    yield replace(last_step(many, notice="033/2026"), correcting=True), DECIDER
    yield VaryAward(1, "ACF-002", 1, Terms(100_000), "more to do", DAY), OFFICER
    sure = VaryAward(1, "ACF-002", 1, Terms(100_000), "more to do", DAY, tuple(Concern))
    record.perform(sure, OFFICER)
    yield SignVariation(1, "ACF-002", 1, 0, COMMANDER.name, "NPU commander", DAY, "none"), COMMANDER


def test_each_is_refused_at_ten_times_the_amount_before_until_that_is_confirmed(record: Record) -> None:
    decided(record)
    for operation, actor in ten_times(record):
        words = r"at least 10 times the £100\.00 .*confirm it with --amount-is-right"
        refuses(record, words, operation, actor)


def test_nobody_signs_whom_no_list_names(record: Record) -> None:
    """£2,300 was varied to £23,000 with one signature by a name in no list."""
    signature(record, capped())
    sign_too(record, COMMANDER, DECIDER)
    zed = ("Zed Nobody", "NPU commander", DAY, "none")
    who = "Cora Command signs as NPU commander, not Zed Nobody"

    refuses(record, who, SignVariation(1, "ACF-001", 1, 0, *zed, from_paper=True), OFFICER)
    in_person = Actor("Zed Nobody", "commander")
    declare_to_sign(record, in_person)
    refuses(record, who, SignVariation(1, "ACF-001", 1, 0, *zed), in_person)
    last = ("Zed Nobody", "Chief Executive", DAY, "none")
    anew = replace(paper(last_step(MORE, notice="032/2026")), by="Zed Nobody")
    refuses(record, "not Zed Nobody", anew, OFFICER)
    refuses(record, "Record that signature first", SignVariation(1, "ACF-001", 1, 1, *last, True), OFFICER)
