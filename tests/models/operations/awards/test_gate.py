"""Whatever sets or raises the money of an award passes the one gate for it."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from inspect import getsource

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation, operation_of
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.authorities import AllowOverPot, authorised
from models.operations.awards.direct_awards import ChangeDirectAward, RemoveDirectAward, proposal_change
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.variations import SignVariation, VaryAward, WithdrawVariation
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.turns import TakeBackSignature
from models.operations.registry import OPERATIONS
from models.operations.set_up.areas import MoveAreas, SetPot
from models.queries.awards.awards import awards
from models.queries.awards.budget import fund_budget
from models.queries.awards.direct_awards import direct_awards
from models.queries.deciding.allowances import allowances, given_amounts, pot_uses, year_allowances
from models.queries.deciding.award_gate import award_doubts
from models.queries.deciding.decisions import decisions, final_decisions, recommendations
from models.queries.panel.to_do import ask_after
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.store.chain import entries
from models.values.awards import Returned, Terms
from models.values.direct_award import Route
from models.values.recommending import LineDecision
from models.values.rows import RoundRows, SheetRow, scored_round
from scoring.allocating.gate import Beyond, Concern
from scoring.allocating.over_pot import authority_words
from scoring.rank import rank
from scoring.ranking import Allowance
from tests.models.operations.awards.proposals import BOXING, direct
from tests.models.operations.budgets import ACF, YEAR, allocate, allow
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    decided,
    deciding_rows,
    declare_to_sign,
    first_step,
    last_step,
    paper,
    reasoned,
    recommended,
    sign_too,
    signed,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, application, load, only_round, refused, refuses, undo

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


def recommendation(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    recommended(record, rows)
    (stood,) = (row for row in record.ask(lambda s: recommendations(s, 1)) if row.application == "ACF-003")
    part = replace(stood, outcome="part_fund", amount_pence=160_000, reason="It keeps them off the street.")
    return RecordRecommendations(1, (part,)), OFFICER


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


def raised(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    """More than was decided: £1,000 becomes £1,600."""
    operation, actor = reserve(record, rows)
    assert isinstance(operation, RecordDecisions)
    least = replace(operation.lines[0], amount_pence=100_000)
    record.perform(replace(operation, lines=(least,), notice="030/2026"), actor)
    return operation, actor


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


Way = Callable[[Record, RoundRows], tuple[Operation, Actor]]
SETS: tuple[Way, ...] = (
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


WHO = Allowance("Coventry", 0, "Jo Sample", "Commissioner", "The hall burnt down.", DAY)


def pot_of(record: Record, pence: int) -> None:
    """Lower the pot after what was signed of it."""
    stood = only_round(record).areas[0]
    record.perform(SetPot(1, replace(stood, pot_pence=pence), stood), OFFICER)


def over(record: Record, make: Way, pence: int, **given: int) -> tuple[Operation, Actor]:
    """Return a way to set a sum in a round whose pot, or the area's money of whose year, it passes."""
    operation, actor = make(record, capped(pot=400_000))
    if pence != 400_000:
        pot_of(record, pence)
    if given:
        allocate(record, **given)
    return operation, actor


OVER: tuple[tuple[Way, int, int, tuple[int, ...]], ...] = (
    # by the pot, the money of the year (0 for none), and what is over each of them
    (recommendation, 300_000, 0, (160_000,)),  # £1,000, £2,000 and £1,600
    (first, 200_000, 0, (60_000,)),  # £1,000 and £1,600
    (from_paper, 400_000, 100_000, (60_000,)),  # £1,600, which the open pot holds
    (reserve, 300_000, 0, (160_000,)),  # £1,000, £2,000 and £1,600
    (variation, 350_000, 320_000, (10_000, 40_000)),  # £1,600 and £2,000
    (signature, 300_000, 300_000, (60_000, 60_000)),
    (proposal, 400_000, 500_000, (60_000,)),  # £1,600 beside the pot of £4,000
    (changed_proposal, 400_000, 500_000, (60_000,)),
)
MADE_BY = {variation: FINANCE, proposal: Actor("Ravi Example", "chair"), changed_proposal: OFFICER}
"""Whoever sets the money records who allows it: no role beside is asked for."""


def allowed_now(record: Record) -> tuple[int, int]:
    """Return what is allowed over the pot and over the money of the year."""
    pots = record.ask(lambda s: allowances(s, 1))
    budget = record.ask(lambda s: fund_budget(s, (1, YEAR)))
    return sum(one.pence for one in pots), budget.of("Coventry").allowed_pence


@pytest.mark.parametrize(("make", "pot", "year", "lacking"), OVER)
def test_each_goes_over_a_budget_with_an_authority_by_name_and_figure_as_one_change(
    record: Record, make: Way, pot: int, year: int, lacking: tuple[int, ...]
) -> None:
    operation, actor = over(record, make, pot, **({"Coventry": year} if year else {}))
    actor, most = MADE_BY.get(make, actor), max(lacking)

    def by(pence: int) -> Operation:
        given = [replace(WHO, pence=pence)]
        return record.ask(lambda s: authorised(s, operation, given))  # type: ignore[type-var]

    assert tuple(one.pence for one in record.ask(operation.beyond)) == lacking  # type: ignore[attr-defined]
    refuses(record, "nobody allows|Nobody allows", operation, actor)
    refuses(record, "obody allows|is not|does not cover", by(most - 1), actor)
    refused("Allow that and no more", by, most + 1)
    assert allowed_now(record) == (0, 0), "what is refused records nobody"

    outcome = record.perform(by(most), actor)

    pots, years = allowed_now(record)
    assert tuple(pence for pence in (pots, years) if pence) == lacking, "of each what it takes, and no more"
    assert "Allowed by Jo Sample, Commissioner: £" in outcome.words
    (entry,) = record.ask(lambda s: tuple(entries(s, after=record.head().seq - 1)))
    assert "Jo Sample, Commissioner" in operation_of(entry.kind, entry.body or "").detail
    if outcome.inverse is not None:
        again = record.perform(outcome.inverse, actor)
        assert allowed_now(record) == (0, 0), "one undo takes both back"
        assert "Allowed by" not in again.words
        assert again.inverse is not None
        record.perform(again.inverse, actor)
        assert allowed_now(record) == (pots, years)


def test_whoever_signs_first_is_asked_about_all_that_a_decision_takes(record: Record) -> None:
    operation, _ = over(record, first, 400_000, Coventry=100_000)
    taken = (Beyond("Coventry", 60_000, "Active Citizens Fund", YEAR),)  # £1,600 of £1,000
    assert record.ask(operation.beyond) == taken  # type: ignore[attr-defined]

    given = [replace(WHO, pence=60_000)]
    record.perform(record.ask(lambda s: authorised(s, operation, given)), COMMANDER)  # type: ignore[type-var]

    assert record.ask(last_step(LineDecision("ACF-002")).beyond) == ()
    record.perform(last_step(LineDecision("ACF-002", reason="It keeps them off the street.")), DECIDER)
    more = LineDecision("ACF-002", "change", "fund", 200_000, change_reason="whole again")
    again = replace(last_step(more, notice="032/2026"), correcting=True)
    assert [one.pence for one in record.ask(again.beyond)] == [40_000], "beside what is decided of it"


def test_nobody_is_recorded_for_nothing_or_with_what_is_refused_for_another_reason(
    record: Record,
) -> None:
    operation, _ = over(record, variation, 300_000)
    given = [replace(WHO, pence=60_000)]
    wordless = replace(operation, reason=" ")  # type: ignore[type-var, call-arg]
    both = record.ask(lambda s: authorised(s, wordless, given))  # type: ignore[type-var]

    refuses(record, "Say why the award is varied", both, FINANCE)
    assert allowed_now(record) == (0, 0)
    less = replace(operation, terms=Terms(90_000))  # type: ignore[type-var, call-arg]
    refused("Nothing here goes over a budget", record.ask, lambda s: authorised(s, less, given))
    assert record.ask(lambda s: authorised(s, less, ())) == less


def test_start_up_money_is_allowed_over_by_nobody(record: Record) -> None:
    signed(record, capped())
    allocate(record, Coventry=(1_000_000, 50_000))
    start_up = replace(BOXING, route=Route.START_UP, route_reason="", amount_pence=60_000)
    change = record.ask(lambda s: proposal_change(s, ACF, YEAR, start_up, tuple(Concern)))

    assert record.ask(change.beyond) == ()
    refuses(record, "no other money pays for it", change)


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


def with_small(rows: RoundRows) -> RoundRows:
    """Return the round with four more applications, of £100 each, which are the usual."""
    small = tuple(application(number, requested_pence=10_000) for number in range(4, 8))
    marked = tuple(SheetRow("M1", one.reference, True, (4, 4, 4)) for one in small)
    more = {"applications": (*rows.applications, *small), "sheets": (*rows.sheets, *marked)}
    return replace(rows, **more)


def recommend_small(record: Record) -> None:
    """Recommend awards of £100 in another round of the year."""
    small = with_small(capped())
    own = small.applications[3:]
    sheets = tuple(one for one in small.sheets if one.application in {of.reference for of in own})
    load(record, replace(small, name="Another", applications=own, sheets=sheets))
    number = record.ask(lambda session: find_round(session, "Another"))
    for stage in ("scoring", "meeting", "recommending"):
        record.perform(MoveAreas(number, ("Coventry",), stage), CHAIR)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, number))))
    record.perform(RecordRecommendations(number, reasoned(proposed(ranked))), OFFICER)


@pytest.mark.parametrize("make", [*(one for one in SETS if one is not correction), raised])
def test_each_is_refused_at_ten_times_the_usual_until_that_is_confirmed(record: Record, make: Way) -> None:
    """A round of few awards is held against those of its year, as an award without a competition is."""
    operation, actor = make(record, capped(pot=440_000))
    pot_of(record, 1_000_000)
    recommend_small(record)
    words = r"£1,600\.00 is at least 10 times the usual award of £100\.00.*confirm it with --amount-is-right"
    refuses(record, words, operation, actor)
    record.perform(replace(operation, confirmed=(Concern.TENFOLD,)), actor)  # type: ignore[type-var]


def test_what_the_rule_offers_is_asked_about_too(record: Record) -> None:
    """A request with a nought too many is offered whole."""
    signed(record, with_small(capped()))

    refuses(record, "ACF-002: .* 10 times the usual award", first_step(LineDecision("ACF-002")), COMMANDER)


def test_a_first_award_without_a_competition_is_held_against_those_applied_for(
    record: Record,
) -> None:
    decided(record, capped())  # £1,000, £2,000 and £3,000
    huge = replace(BOXING, amount_pence=2_000_000)

    change = record.ask(lambda s: proposal_change(s, ACF, YEAR, huge))
    words = (
        r"£20,000\.00 is at least 10 times the usual award of £2,000\.00.*confirm it with --amount-is-right"
    )
    refuses(record, words, change)
    record.perform(record.ask(lambda s: proposal_change(s, ACF, YEAR, huge, (Concern.TENFOLD,))), OFFICER)


def test_the_cap_of_an_organisation_counts_what_it_has_from_the_years_rounds(record: Record) -> None:
    decided(record, capped(organisation=250_000))
    (award,) = (one for one in record.ask(lambda s: awards(s, 1)) if one.amount_pence == 200_000)
    again = replace(BOXING, organisation=award.organisation, amount_pence=50_001)
    words = rf"would get £2,500\.01 with {award.reference}, over the cap of £2,500\.00 for one organisation"

    refuses(record, words, record.ask(lambda s: proposal_change(s, ACF, YEAR, again)))
    record.perform(record.ask(lambda s: proposal_change(s, ACF, YEAR, again, (Concern.CAP,))), OFFICER)
    number = direct(record)
    (reference,) = record.ask(lambda s: direct_awards(s, number))
    # Its decision is asked the same; one penny less is under the cap.
    (doubt,) = record.ask(lambda s: award_doubts(s, number, {reference: 50_001}))
    assert re.search(words, doubt.words)
    assert record.ask(lambda s: award_doubts(s, number, {reference: 50_000})) == ()


def test_an_award_to_a_stranger_with_anothers_number_says_with_whom_it_counts(record: Record) -> None:
    decided(record, capped())
    scouts = replace(BOXING, charity_number="5000000")
    theatre = replace(scouts, organisation="Quite Another Theatre")

    first, second = (
        record.perform(record.ask(lambda s, to=to: proposal_change(s, ACF, YEAR, to)), OFFICER).words  # type: ignore[misc]
        for to in (scouts, theatre)
    )

    assert "counts as one organisation" not in first
    assert f"counts as one organisation with {BOXING.organisation} by its registered number" in second


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


def by(record: Record, operation: Operation, pence: int, name: str) -> Operation:
    """Return a change with who allows its money over each budget that it passes."""
    given = [replace(WHO, pence=pence, name=name)]
    return record.ask(lambda s: authorised(s, operation, given))  # type: ignore[type-var]


def lacking(record: Record, operation: Operation) -> tuple[int, ...]:
    return tuple(one.pence for one in record.ask(operation.beyond))  # type: ignore[attr-defined]


def told_of_pot(record: Record) -> str:
    """Return what a schedule says of the authorities over the pot."""
    given = record.ask(lambda s: given_amounts(s, 1))
    decided = record.ask(lambda s: final_decisions(decisions(s, 1)))
    return authority_words(record.ask(lambda s: pot_uses(s, 1, given))[0], decided)


def test_an_authority_for_one_award_is_used_by_no_other_and_ends_with_its_variation(record: Record) -> None:
    corrected, actor = reserve(record, capped(pot=300_000))
    record.perform(by(record, corrected, 160_000, "Ann First"), actor)  # £4,600 of £3,000
    pot_of(record, 460_000)  # nothing is over any more, so nothing rests on it
    unneeded = (
        "£1,600.00 over the pot for ACF-003 (no longer needed), allowed by Ann First, Commissioner, on "
        "2 December 2026: The hall burnt down"
    )
    assert told_of_pot(record) == unneeded

    vary = VaryAward(1, "ACF-001", 1, Terms(130_000), "more to do", DAY)
    assert lacking(record, vary) == (30_000,), "£4,900 of £4,600, whatever was allowed for ACF-003"
    refuses(record, "nobody allows", vary, FINANCE)
    varied = record.perform(by(record, vary, 30_000, "Ben Second"), FINANCE)
    assert told_of_pot(record).startswith("£300.00 over the pot, allowed by Ben Second")
    assert told_of_pot(record).endswith(f". {unneeded}")

    withdrawn = record.perform(WithdrawVariation(1, "ACF-001", 1, "They declined."), FINANCE)
    assert told_of_pot(record) == unneeded
    assert [one.name for one in record.ask(lambda s: allowances(s, 1))] == ["Ann First"]
    assert withdrawn.inverse is not None
    again = record.perform(withdrawn.inverse, FINANCE)
    assert "Ben Second" in told_of_pot(record), "what is undone is allowed again"
    assert again.inverse is not None
    record.perform(again.inverse, FINANCE)
    more = VaryAward(1, "ACF-002", 1, Terms(230_000), "more to do", DAY)
    assert lacking(record, more) == (30_000,), "what was allowed for ACF-001 went with its variation"
    assert varied.inverse is not None


def test_an_authority_over_the_years_money_waits_with_its_signature_and_no_award_takes_it(
    record: Record,
) -> None:
    signed(record, capped(pot=300_000))
    record.perform(first_step(LineDecision("ACF-001"), LineDecision("ACF-002")), COMMANDER)
    funded = (LineDecision(of, reason="It keeps them off the street.") for of in ("ACF-001", "ACF-002"))
    record.perform(last_step(*funded), DECIDER)  # £3,000
    allocate(record, Coventry=300_000)
    line = replace(MORE, application="ACF-003", reason="It keeps them off the street.")
    first_signed = first_step(line)
    assert lacking(record, first_signed) == (160_000, 160_000)
    record.perform(by(record, first_signed, 160_000, "Ann First"), COMMANDER)

    proposed = record.ask(lambda s: proposal_change(s, ACF, YEAR, replace(BOXING, amount_pence=160_000)))
    assert lacking(record, proposed) == (160_000,), "the one that waits for a signature is not decided"
    refuses(record, "Nobody allows|is allowed, and", proposed, OFFICER)
    record.perform(by(record, proposed, 160_000, "Ben Second"), OFFICER)

    done = last_step(LineDecision("ACF-003", reason="So it is."), notice="032/2026")
    assert lacking(record, done) == ()
    record.perform(done, DECIDER)
    budget = record.ask(lambda s: fund_budget(s, (1, YEAR))).of("Coventry")
    assert (budget.project_left_pence, budget.allowed_pence) == (-160_000, 320_000)


def test_who_allows_money_over_the_years_is_taken_back_with_what_rests_on_it_alone(record: Record) -> None:
    decided(record)
    allocate(record, Coventry=300_000)
    vary = VaryAward(1, "ACF-001", 1, Terms(130_000), "more to do", DAY)
    varied = record.perform(by(record, vary, 30_000, "Ann First"), FINANCE)
    (ann,) = record.ask(lambda s: year_allowances(s, 1))
    back = AllowOverPot(1, ann, is_back=True, of_year=True)

    refuses(record, r"£300\.00 over the money for 2026/27 depends on it", back)
    undo(record, varied)
    assert record.ask(lambda s: year_allowances(s, 1)) == ()


def test_no_pot_is_raised_over_the_years_money_beneath_what_was_allowed_for_one_award(record: Record) -> None:
    decided(record)
    allocate(record, Coventry=350_000)
    vary = VaryAward(1, "ACF-001", 1, Terms(180_000), "more to do", DAY)
    record.perform(by(record, vary, 30_000, "Ann First"), FINANCE)  # awards of £3,800 on £3,500
    pot = only_round(record).areas[0]
    raised = SetPot(1, replace(pot, pot_pence=380_000), pot)

    refuses(record, r"Nobody allows the £300\.00 above it", raised, OFFICER)
    allow(record, "Coventry", 30_000)
    record.perform(raised, OFFICER)


def test_a_proposal_that_is_taken_out_takes_along_who_allowed_it(record: Record) -> None:
    proposed, actor = over(record, proposal, 400_000, Coventry=500_000)
    record.perform(by(record, proposed, 60_000, "Ann First"), actor)
    number = direct(record)
    (reference,) = record.ask(lambda s: direct_awards(s, number))

    taken_out = record.perform(RemoveDirectAward(number, reference), OFFICER)

    assert allowed_now(record) == (0, 0)
    assert taken_out.inverse is not None
    record.perform(taken_out.inverse, OFFICER)
    assert allowed_now(record) == (0, 60_000)


def test_an_authority_goes_with_the_signature_that_it_was_given_for(record: Record) -> None:
    """Whether the line is sent back or the signature is taken back; one of others stays."""
    signed(record, capped(pot=400_000))
    pot_of(record, 200_000)
    more = by(record, first_step(LineDecision("ACF-001"), MORE), 60_000, "Ann First")

    record.perform(more, COMMANDER)
    (allowed,) = record.ask(lambda s: allowances(s, 1))
    assert (allowed.name, allowed.awards) == ("Ann First", "ACF-002"), "not of the line that stays as it was"
    back = last_step(LineDecision("ACF-002", "send_back", change_reason="ask for a quote"), notice="")
    record.perform(back, DECIDER)
    assert record.ask(lambda s: allowances(s, 1)) == ()


def test_a_signature_that_is_taken_back_takes_along_who_allowed_it(record: Record) -> None:
    operation, _ = over(record, first, 200_000)
    record.perform(by(record, operation, 60_000, "Ann First"), COMMANDER)

    record.perform(TakeBackSignature(1, 0, COMMANDER.name, "NPU commander", ("ACF-002",)), COMMANDER)
    assert record.ask(lambda s: allowances(s, 1)) == ()


def test_the_last_signature_is_not_asked_for_what_others_were_allowed(record: Record) -> None:
    """The year holds £600 of ACF-002 on Ann's word and £100 of another on Ben's; nothing is asked twice."""
    operation, _ = over(record, first, 400_000, Coventry=100_000)
    record.perform(by(record, operation, 60_000, "Ann First"), COMMANDER)
    other = first_step(LineDecision("ACF-001", "change", "part_fund", 10_000, change_reason="less is needed"))
    record.perform(by(record, other, 10_000, "Ben Second"), COMMANDER)

    reasoned_line = LineDecision("ACF-002", reason="It keeps them off the street.")
    assert lacking(record, last_step(reasoned_line)) == ()
    record.perform(last_step(reasoned_line), DECIDER)
    used = record.ask(lambda s: fund_budget(s, (1, YEAR))).of("Coventry")
    assert (used.project_used_pence, used.allowed_pence) == (170_000, 70_000)


WAYS_BACK = {
    "withdrawn": "ACF-002 stays withdrawn",
    "returned": "What came back stays as it was",
    "allowed": "What is signed depends on it",
}
"""How a change that left money to others is taken back, and what is said where others have it by now."""


def make_room(record: Record, way: str) -> Operation:
    """Leave money of a pot of £3,500 to others, and return what takes that back."""
    gone = SetWithdrawn(1, "ACF-002", is_withdrawn=True, reason="not taken up")
    back = Returned(50_000, DAY, "by bank transfer")
    if way == "withdrawn":
        record.perform(gone, OFFICER)
        return replace(gone, is_withdrawn=False)
    if way == "returned":
        ready_to_pay(record, "ACF-002", DAY, FINANCE)
        record.perform(PayInstalment(1, "ACF-002", 1, DAY, None), FINANCE)
        record.perform(SetReturned(1, "ACF-002", (back,), ()), FINANCE)
        return SetReturned(1, "ACF-002", (), (back,))
    return AllowOverPot(1, BEN, is_back=True)


BEN = Allowance("Coventry", 100_000, "Ben Second", "Commissioner", "It is wanted", DAY, "ACF-001")


@pytest.mark.parametrize("way", WAYS_BACK)
def test_what_left_money_to_another_award_is_not_taken_back_over_the_pot_unless_somebody_allows_that(
    record: Record, way: str
) -> None:
    decided(record)
    back, actor = make_room(record, way), FINANCE if way == "returned" else OFFICER
    allowed = (AllowOverPot(1, BEN),) if way == "allowed" else ()
    terms = Terms(200_000)
    record.perform(VaryAward(1, "ACF-001", 1, terms, "more to do", DAY, allowed=allowed), FINANCE)

    refuses(record, WAYS_BACK[way], back, actor)
    if way != "allowed":
        record.perform(AllowOverPot(1, replace(BEN, awards="")), OFFICER)
        record.perform(back, actor)


def test_pot_is_lowered_under_what_is_agreed_and_that_is_told(record: Record) -> None:
    """Less money is never refused."""
    decided(record)
    pot = only_round(record).areas[0]

    lowered = record.perform(SetPot(1, replace(pot, pot_pence=250_000), pot), OFFICER)
    told = lowered.words

    assert told.startswith("Changed the pot of Coventry to £2,500.00. Coventry: ")
    assert "over the £2,500.00 pot" in told
    (over,) = record.ask(partial(ask_after, round_id=1)).over
    assert (over.areas, over.pot_pence) == (("Coventry",), 250_000)
    undo(record, lowered)
    assert record.ask(partial(ask_after, round_id=1)).over == ()
