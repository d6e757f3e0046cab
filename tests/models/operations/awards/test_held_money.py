"""Until both parties sign a variation, budgets hold the larger amount; until then it can be withdrawn."""

import pytest
from msgspec.structs import replace

from models.operations.awards.agreements import RecordAgreement, SignAgreement
from models.operations.awards.paying import PayInstalment, Proof, SetProof
from models.operations.awards.variations import VaryAward, WithdrawVariation
from models.queries.awards.variations import award_money
from models.queries.deciding.allowances import given_amounts, pot_uses, waiting_words
from models.record import Record
from models.values.awards import Part, PlannedReturn, Terms
from models.values.recommending import LineDecision
from scoring.budget.figures import AwardMoney
from scoring.round import Area
from tests.models.both_signed import both_sign
from tests.models.made_once import made_once
from tests.models.operations.awards.test_agreement_details import issue
from tests.models.operations.awards.varied_awards import (
    JULY,
    OF,
    allow_over,
    parts,
    sign_anew,
    sign_both,
    the_award,
    vary,
    varying,
)
from tests.models.operations.budgets import allocate, area_of
from tests.models.operations.deciding_rounds import (
    DAY,
    DECIDER,
    FINANCE,
    REASON,
    decided,
    deciding_rows,
    last_step,
)
from tests.models.rounds import OFFICER, SCHEME, application, assert_replays, refuses, undo

POUNDS = 100
RESERVE = LineDecision(
    "ACF-003", "change", "fund", 9_667 * POUNDS, change_reason="money came free", reason=REASON
)
DECLINED = "the recipient declined it"


@made_once
def signed_award(record: Record) -> Record:
    """Award £28,000 and £122,000 of a budget of £150,000, £9,667 on reserve, the first agreement signed."""
    rows = replace(
        deciding_rows(),
        areas=(Area("Coventry", 150_000 * POUNDS), Area("Dudley", 0)),
        scheme=replace(SCHEME, cap_per_award_pence=None),
        applications=tuple(
            application(number, requested_pence=pounds * POUNDS)
            for number, pounds in enumerate((28_000, 122_000, 9_667), 1)
        ),
    )
    decided(record, rows)
    record.perform(both_sign(OF, DAY), OFFICER)
    return record


def pot(record: Record) -> tuple[int, int]:
    """Return what the round's awards hold of its budget, and what of it is left, in pounds."""
    use = record.ask(lambda s: pot_uses(s, 1, given_amounts(s, 1)))[0]
    return use.given_pence // POUNDS, (use.pot_pence - use.given_pence) // POUNDS


def withdrawing(number: int = 1, reason: str = DECLINED) -> WithdrawVariation:
    return WithdrawVariation(1, OF, number, reason)


def test_money_of_a_decrease_is_free_only_once_both_have_signed(record: Record) -> None:
    signed_award(record)
    vary(record, amount_pence=18_333 * POUNDS)
    reserve = replace(last_step(RESERVE, notice="032/2026"), correcting=True)

    assert pot(record) == (150_000, 0)
    assert record.ask(lambda s: waiting_words(s, 1)) == {
        "Coventry": "Coventry: £9,667 will come free once all have signed."
    }
    refuses(record, r"£9,667\.00", reserve, DECIDER)
    sign_anew(record)
    # 28,000 − 9,667 + 122,000 = 140,333, and 9,667 left
    assert pot(record) == (140_333, 9_667)
    assert record.ask(lambda s: waiting_words(s, 1)) == {}
    record.perform(reserve, DECIDER)
    assert pot(record) == (150_000, 0)
    assert_replays(record)


def test_a_years_budget_holds_the_larger_amount_until_both_have_signed(record: Record) -> None:
    signed_award(record)
    allocate(record, Coventry=150_000 * POUNDS)
    vary(record, amount_pence=18_333 * POUNDS)

    area = area_of(record)
    assert (area.decided_pence, area.committed_pence, area.left_pence) == (15_000_000, 15_000_000, 0)
    assert (area.adds_pence, area.frees_pence) == (0, 966_700)
    sign_anew(record)
    # the open round's budget keeps what came free
    assert area_of(record).decided_pence == 14_033_300


def test_an_increase_is_held_from_its_proposal_and_free_again_when_it_is_withdrawn(
    record: Record,
) -> None:
    signed_award(record)
    allocate(record, Coventry=155_000 * POUNDS)
    refuses(record, r"£4,000\.00 over the £150,000\.00 pot", varying(amount_pence=32_000 * POUNDS))
    allow_over(record, 4_000 * POUNDS)
    vary(record, amount_pence=32_000 * POUNDS)
    refuses(record, "has no variation 2", withdrawing(2))

    area = area_of(record)
    # 28,000 + 122,000 agreed, 4,000 more held, 155,000 − 154,000 left
    assert (area.decided_pence, area.adds_pence, area.left_pence) == (15_000_000, 400_000, 100_000)
    assert record.ask(award_money)[the_award(record).number] == AwardMoney(2_800_000, 3_200_000)
    outcome = record.perform(withdrawing(), OFFICER)
    assert area_of(record).left_pence == 500_000
    allocate(record, Coventry=151_000 * POUNDS)
    # it is proposed again only as far as there is money for it
    assert outcome.inverse is not None
    refuses(record, r"has £1,000\.00 left.*The variation is not changed", outcome.inverse)
    allocate(record, Coventry=155_000 * POUNDS)
    undo(record, outcome)
    assert area_of(record).left_pence == 100_000
    sign_both(record)
    assert area_of(record).adds_pence == 400_000, "the recipient has not signed"
    sign_anew(record)
    area = area_of(record)
    assert (area.decided_pence, area.adds_pence, area.left_pence) == (15_400_000, 0, 100_000)


@pytest.mark.parametrize("change", ["amount", "parts", "recipient", "returns"])
def test_what_is_withdrawn_leaves_the_award_as_it_was_and_undo_brings_it_back(
    half_paid: Record, change: str
) -> None:
    before, terms = the_award(half_paid), {
        "amount": Terms(amount_pence=80_000, profile="thirds"),
        "parts": Terms(parts=(Part(50_000, "the end", JULY),)),
        "recipient": Terms(recipient="Allotment Friends CIO"),
        "returns": Terms(end_on=JULY, returns=(PlannedReturn(1, JULY, "the end"),)),
    }[change]  # fmt: skip
    half_paid.perform(VaryAward(1, OF, 1, terms, "less rent", DAY), OFFICER)
    varied = the_award(half_paid)

    outcome = half_paid.perform(withdrawing(), OFFICER)
    found = the_award(half_paid)
    assert replace(found, variations=()) == before
    assert [(one.state, one.ended_because) for one in found.variations] == [("withdrawn", DECLINED)]
    undo(half_paid, outcome)
    assert the_award(half_paid) == varied
    half_paid.perform(withdrawing(), OFFICER)
    vary(half_paid, 2, amount_pence=70_000)
    assert the_award(half_paid).held_pence == 100_000
    refuses(half_paid, "varied in the meantime", replace(withdrawing(), back=True))
    assert_replays(half_paid)


def test_only_the_newest_is_withdrawn_and_none_that_both_have_signed(half_paid: Record) -> None:
    vary(half_paid, amount_pence=90_000)
    vary(half_paid, 2, amount_pence=80_000)

    refuses(half_paid, "Say why", withdrawing(2, " "))
    refuses(half_paid, "Variation 2 of A-031-01 is the newest", withdrawing(1))
    second = half_paid.perform(withdrawing(2), OFFICER)
    first = half_paid.perform(withdrawing(1), OFFICER)
    assert the_award(half_paid).amount_pence == 100_000
    undo(half_paid, first)
    undo(half_paid, second)
    assert the_award(half_paid).amount_pence == 80_000
    sign_anew(half_paid)
    refuses(half_paid, "both parties have signed it", withdrawing(2))


def test_what_is_paid_since_stays_paid_and_the_rest_is_as_before(half_paid: Record) -> None:
    vary(half_paid, amount_pence=80_000)
    half_paid.perform(SetProof(1, OF, 2, Proof(DAY, "the receipts"), None), OFFICER)
    half_paid.perform(PayInstalment(1, OF, 2, DAY, None), FINANCE)

    outcome = half_paid.perform(withdrawing(), OFFICER)
    # £180.00 of £300.00 was paid as varied, so £1,000.00 − £500.00 − £180.00 are to be paid at the end
    assert parts(half_paid)[1:] == [(18_000, "proof of purchase", True), (32_000, "the end", False)]
    undo(half_paid, outcome)
    assert parts(half_paid)[1:] == [(18_000, "proof of purchase", True), (12_000, "the end", False)]


def test_a_variation_of_which_more_is_paid_than_before_it_is_not_withdrawn(half_paid: Record) -> None:
    vary(half_paid, amount_pence=60_000)
    vary(half_paid, 2, amount_pence=90_000)
    sign_both(half_paid, 2)
    # what waits for no signature may be paid as the office has it: £500.00 and £240.00 of £400.00
    half_paid.perform(SetProof(1, OF, 2, Proof(DAY, "the receipts"), None), OFFICER)
    half_paid.perform(PayInstalment(1, OF, 2, DAY, None), FINANCE)

    refuses(half_paid, r"£740\.00 of A-031-01 is paid, more than the £600\.00", withdrawing(2))


def test_a_version_with_a_variation_that_was_withdrawn_is_not_signed(half_paid: Record) -> None:
    row = the_award(half_paid)
    vary(half_paid, amount_pence=80_000)
    issue(half_paid)
    half_paid.perform(withdrawing(), OFFICER)
    known = row.agreement
    details = known.signed_as(1)

    refuses(half_paid, "Version 1 .*withdrawn. Issue the next", RecordAgreement(1, OF, details, known))
    issue(half_paid)
    assert the_award(half_paid).void_versions == (1,)
    half_paid.perform(RecordAgreement(1, OF, replace(details, signed_version=2), known), OFFICER)
    assert the_award(half_paid).agreed_pence == row.agreed_pence


def test_taking_back_a_signature_needs_the_money_that_it_freed(record: Record) -> None:
    signed_award(record)
    vary(record, amount_pence=18_333 * POUNDS)
    sign_anew(record)
    record.perform(replace(last_step(RESERVE, notice="032/2026"), correcting=True), DECIDER)

    now = the_award(record).agreed_on
    refuses(record, "Nothing was recorded of the agreement", SignAgreement(1, OF, DAY, now))
