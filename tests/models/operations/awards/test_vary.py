"""Varying an award: at once, or after the chain; what is paid stays; refused and undone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.agreements import RecordAgreement
from models.operations.awards.checks import SetSubsidy
from models.operations.awards.paying import HoldAward, PayInstalment, Proof, SetDue, SetInstalments, SetProof
from models.operations.awards.variations import SignVariation, VaryAward, WithdrawVariation
from models.papers.order import PaperOrder
from models.queries.awards.amendments import change_words
from models.queries.awards.variation_letters import award_letters
from models.queries.awards.variations import variations
from models.record import Record
from models.values.awards import MINIMAL, NOT_SENT, AgreementDetails, Instalment, Part, Subsidy, Terms
from models.values.recommending import LineDecision
from scoring.written.text import Refused
from tests.models.both_signed import both_sign, sign_as
from tests.models.conftest import TickingClock
from tests.models.operations.awards.proposals import MANAGER, award, direct
from tests.models.operations.awards.varied_awards import (
    HALVES,
    JULY,
    MARCH,
    OF,
    allow_over,
    parts,
    sign_both,
    signing,
    the_award,
    vary,
    varying,
)
from tests.models.operations.budgets import allocate
from tests.models.operations.deciding.test_chain import ABE, sign, with_people
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    REASON,
    every_line,
    last_step,
    sign_too,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, refused, refuses, undo

SIGN = signing(0, COMMANDER, "NPU commander")


def test_only_the_letter_of_the_newest_variation_says_what_is_still_to_be_paid(half_paid: Record) -> None:
    vary(half_paid, amount_pence=90_000)
    vary(half_paid, 2, amount_pence=80_000)

    order = PaperOrder("award-letters", datetime(2026, 12, 2, tzinfo=UTC), round_id=1)
    letters = half_paid.ask(lambda s: award_letters(s, order)).letters

    # £500.00 is paid, so £300.00 of £800.00 is to come; the first letter's £400.00 no longer is.
    assert [(one.offered_pence, sum(pence for pence, _ in one.payments)) for one in letters] == [
        (90_000, 0),
        (80_000, 30_000),
    ]
    assert {one.signed_on for one in letters} == {None}, "what was signed before it was varied asks for it"
    before = the_award(half_paid)
    later = before.varied[1].proposed_on + timedelta(days=1)
    half_paid.perform(sign_as(before, later), OFFICER)
    assert {one.signed_on for one in half_paid.ask(lambda s: award_letters(s, order)).letters} == {later}


def test_less_money_holds_at_once_and_what_is_paid_stays(half_paid: Record) -> None:
    outcome = vary(half_paid, amount_pence=75_000)

    proposed = "is proposed: it holds once both have signed the new version of the agreement."
    assert outcome.words == f"Variation 1 of A-031-01, from £1,000.00 to £750.00, {proposed}"
    # 250 of 750 are left, shared 30:20.
    assert parts(half_paid) == [
        (50_000, "agreement signed", True),
        (15_000, "proof of purchase", False),
        (10_000, "the end", False),
    ]
    assert (the_award(half_paid).amount_pence, the_award(half_paid).first_pence) == (75_000, 100_000)
    undo(half_paid, outcome)
    assert the_award(half_paid).instalments[1:] == HALVES[1:]
    assert the_award(half_paid).variations == ()
    # What is paid since is not varied back.
    outcome = vary(half_paid, amount_pence=75_000)
    half_paid.perform(PayInstalment(1, OF, 3, DAY, None), FINANCE)

    refused("A-031-01 was paid since", undo, half_paid, outcome)


def test_what_is_paid_on_signature_waits_for_the_version_that_says_how_much_that_is(decided: Record) -> None:
    ready_to_pay(decided, OF, DAY, FINANCE)
    on = DAY + timedelta(days=3)
    paying = PayInstalment(1, OF, 1, on, None)
    vary(decided, amount_pence=80_000)

    def may_be_paid(version: AgreementDetails) -> list[str]:
        varied = replace(the_award(decided), agreement=version)
        return [part.trigger for part in varied.may_be_paid(on)]

    signed_anew = AgreementDetails(signed_anew_on=on)
    assert (may_be_paid(NOT_SENT), may_be_paid(signed_anew)) == ([], ["signature"])
    decided.perform(
        SetDue(1, OF, 2, on, None), OFFICER
    )  # so long as no day is set, nobody knows of "half way"
    assert (may_be_paid(NOT_SENT), may_be_paid(signed_anew)) == (["half way"], ["signature", "half way"])
    refuses(decided, r"waits for the next version .* Nothing is paid before that", paying, FINANCE)


def test_what_is_proposed_after_both_signed_is_agreed_by_no_signature_before_it(decided: Record) -> None:
    """Whatever day is given: a decrease frees nothing, and more is not agreed, until both sign anew."""
    vary(decided, amount_pence=130_000)
    next_day = DAY + timedelta(days=1)
    decided.perform(both_sign(OF, next_day), OFFICER)

    sign_both(decided)

    assert (the_award(decided).agreed_pence, the_award(decided).held_pence) == (100_000, 130_000)
    lower = VaryAward(1, OF, 2, Terms(amount_pence=75_000), "fewer sessions", DAY)
    refuses(decided, "was signed on 3 December 2026. A variation that is proposed after that holds", lower)
    decided.perform(replace(lower, on=next_day), OFFICER)
    assert (the_award(decided).agreed_pence, the_award(decided).held_pence) == (100_000, 100_000)


def test_lowered_to_what_is_paid_nothing_is_left_to_pay_and_more_is_a_part_of_its_own(
    half_paid: Record, clock: TickingClock
) -> None:
    vary(half_paid, amount_pence=50_000)
    assert parts(half_paid) == [(50_000, "agreement signed", True)]

    vary(half_paid, 2, amount_pence=50_001)
    sign_both(half_paid, 2)

    assert parts(half_paid)[1:] == [(1, "the next version of the agreement", False)]
    more, next_day = PayInstalment(1, OF, 2, DAY, None), DAY + timedelta(days=1)
    words = r"waits for the next version of the agreement to be issued and signed\. Nothing is"
    refuses(half_paid, words, more, FINANCE)
    known, clock.now = the_award(half_paid).agreement, datetime(2026, 12, 20, 12, tzinfo=UTC)
    half_paid.perform(RecordAgreement(1, OF, known.signed_as(None, next_day), known), OFFICER)
    half_paid.perform(replace(more, on=next_day), FINANCE)


def test_more_money_waits_for_the_chain_that_the_new_total_requires(half_paid: Record) -> None:
    outcome = vary(half_paid, amount_pence=130_000, reason="a second group")
    assert outcome.words == (
        "Variation 1 of A-031-01, from £1,000.00 to £1,300.00, waits for the NPU commander to sign."
    )
    assert the_award(half_paid).amount_pence == 100_000
    first = half_paid.perform(SIGN, COMMANDER)
    assert first.words == "Variation 1 of A-031-01 is signed, and waits for the Chief Executive."
    assert first.inverse is None
    assert the_award(half_paid).instalments[1:] == HALVES[1:]

    both = Actor(COMMANDER.name, "decider")
    early = replace(signing(1, DECIDER, "Chief Executive"), on=DAY - timedelta(days=1))
    refuses(half_paid, "signed it on 2 December 2026, and this comes after it", early, DECIDER)
    refuses(
        half_paid,
        "Dan Decides signed before|signed it as NPU commander",
        signing(1, both, "Chief Executive"),
        both,
    )
    with pytest.MonkeyPatch.context() as older:
        older.setattr(SignVariation, "check_at_entry", lambda *_: None)
        refuses(half_paid, "signed it as NPU commander", signing(1, both, "Chief Executive"), both)
    last = half_paid.perform(signing(1, DECIDER, "Chief Executive"), DECIDER)

    assert last.words.startswith("Variation 1 of A-031-01, to £1,300.00, is proposed: ")
    # 800 are left, shared 30:20.
    assert [pence for pence, _, _ in parts(half_paid)] == [50_000, 48_000, 32_000]
    refused("Withdraw it, or vary it again", undo, half_paid, outcome)


def test_dates_outcomes_conditions_and_the_name_are_varied_and_undone(half_paid: Record) -> None:
    said = {
        "start_on": MARCH,
        "end_on": JULY,
        "outcomes": "Twelve sessions",
        "conditions": ("Send a report.",),
        "recipient": "Allotment Friends Trust",
    }

    outcome = vary(half_paid, **said)

    now = the_award(half_paid)
    assert outcome.words.startswith("Variation 1 of A-031-01 is proposed: it holds once both have signed")
    assert (now.organisation, now.conditions) == ("Allotment Friends Trust", ("Send a report.",))
    assert now.terms == Terms(**said)  # type: ignore[arg-type]
    assert now.variations[0].was.end_on != JULY
    assert list(change_words(now.variations[0])) == [
        "the start date is now 1 Mar 2027",
        "the end date is now 1 Jul 2027",
        f"{now.variations[0].was.recipient} is now Allotment Friends Trust",
        "new outcomes are agreed",
        "new conditions are agreed",
    ]
    vary(half_paid, 2, end_on=date(2027, 8, 1))
    assert the_award(half_paid).terms.start_on == MARCH
    refused("The outcomes are unchanged", vary, half_paid, 3, outcomes="Twelve sessions", amount_pence=90_000)
    refused("varied in the meantime", undo, half_paid, outcome)


def test_a_profile_or_parts_of_its_own_share_what_is_not_paid(half_paid: Record) -> None:
    by_profile = vary(half_paid, profile="thirds")
    assert [pence for pence, _, _ in parts(half_paid)] == [50_000, 16_500, 16_500, 17_000]
    assert the_award(half_paid).profile == "thirds"
    told = list(change_words(the_award(half_paid).variations[0]))
    assert told == ["what is still to be paid is paid in other parts"]
    again = vary(half_paid, 2, profile="thirds", amount_pence=70_000)
    assert [pence for pence, _, _ in parts(half_paid)] == [50_000, 6_600, 6_600, 6_800]
    undo(half_paid, again)
    undo(half_paid, by_profile)
    assert the_award(half_paid).profile == ""

    vary(half_paid, parts=(Part(49_000, "report", JULY), Part(1_000, "the end")))

    assert parts(half_paid)[1:] == [(49_000, "report", False), (1_000, "the end", False)]
    assert the_award(half_paid).instalments[1].due_on == JULY


def test_more_than_the_years_money_is_refused_before_and_at_the_last_signature(half_paid: Record) -> None:
    allow_over(half_paid, 100_000)
    allocate(half_paid, Coventry=400_000)
    refused("Nothing was varied", vary, half_paid, amount_pence=300_000)
    assert the_award(half_paid).variations == ()
    vary(half_paid, amount_pence=190_000)
    allocate(half_paid, Coventry=350_000)
    half_paid.perform(SIGN, COMMANDER)

    refuses(half_paid, "Nothing was varied", signing(1, DECIDER, "Chief Executive"), DECIDER)

    assert the_award(half_paid).amount_pence == 100_000


def test_an_award_that_was_varied_is_not_corrected(decided: Record) -> None:
    lowered = vary(decided, amount_pence=90_000)
    line = LineDecision(OF, "change", "part_fund", 80_000, REASON, "less is needed")

    with pytest.raises(Refused, match="Vary it again instead of correcting it"):
        decided.perform(replace(last_step(line, notice="032/2026"), correcting=True), DECIDER)
    undo(decided, lowered)
    # Nobody varies, or signs for more, on an application that was withdrawn.
    withdrawn = SetWithdrawn(1, OF, True, "closed down")
    gone = decided.perform(withdrawn, OFFICER)
    refused("ACF-001 is withdrawn", vary, decided, amount_pence=90_000)
    undo(decided, gone)
    vary(decided, amount_pence=120_000)
    decided.perform(withdrawn, OFFICER)
    refuses(decided, "ACF-001 is withdrawn, so its award cannot be varied", SIGN, COMMANDER)


def test_what_does_not_hold_together_is_refused(half_paid: Record) -> None:
    for operation, words in (
        (varying(2, amount_pence=1), "varied in the meantime"),
        (varying(amount_pence=0), "above £0.00"),
        (varying(amount_pence=49_999), r"£500\.00 of A-031-01 is paid.*Ask for money back"),
        (varying(amount_pence=100_000), "changes nothing"),
        (varying(), "changes nothing"),
        (varying(reason=" ", amount_pence=90_000), "Say why"),
        (varying(start_on=JULY, end_on=MARCH), "before it starts on"),
        (varying(recipient=" "), "called now"),
        (varying(conditions=("",)), "condition is blank"),
        (varying(profile="weekly"), "no payment profile “weekly”. Its profiles: thirds"),
        (varying(parts=(Part(1, "x"),)), r"add up to £0\.01, and £500\.00"),
        (varying(parts=(Part(0, "x"), Part(50_000, "x"))), "above £0.00 and say"),
        (WithdrawVariation(1, OF, 1, "x"), "has no variation 1"),
        (WithdrawVariation(1, OF, 1, "x", back=True), "varied in the meantime"),
        (HoldAward(1, "ACF-009", "x", ""), "ACF-009"),
    ):
        refuses(half_paid, words, operation)
    refuses(half_paid, "No variation 1 of A-031-01", SIGN, COMMANDER)
    assert the_award(half_paid).variations == ()


def test_a_signature_out_of_turn_is_refused(half_paid: Record) -> None:
    vary(half_paid, amount_pence=130_000)
    for operation, actor, words in (
        (signing(1, DECIDER, "Chief Executive"), DECIDER, "waits for the NPU commander, step 1"),
        (signing(1, DECIDER, "Chief Executive", from_paper=True), OFFICER, "Record that signature first"),
        (replace(SIGN, interests=" "), COMMANDER, "State the interests"),
        (replace(SIGN, number=2), COMMANDER, "No variation 2"),
        (replace(SIGN, by="Dan Decides"), COMMANDER, "in person"),
        (SIGN, OFFICER, "signs decisions in person"),
        (varying(2, amount_pence=90_000), OFFICER, "Sign or withdraw it before the next"),
        (WithdrawVariation(1, OF, 1, " "), OFFICER, "Say why"),
    ):
        refuses(half_paid, words, operation, actor)

    # What each step signed is recorded from paper, in order, and who signed authorises no payment.
    sign_too(half_paid, DECIDER, Actor(FINANCE.name, "decider"))
    half_paid.perform(signing(0, COMMANDER, "NPU commander", from_paper=True), OFFICER)
    half_paid.perform(signing(1, FINANCE, "Chief Executive", from_paper=True), OFFICER)
    (row,) = half_paid.ask(lambda s: variations(s, 1))
    assert row.is_in_effect
    assert [one.is_from_paper for one in row.signatures] == [True, True]
    with pytest.raises(Refused, match="nobody who decides may authorise payments"):
        half_paid.perform(PayInstalment(1, OF, 3, DAY, None), FINANCE)


def test_a_joint_step_is_signed_by_each_of_its_posts_once(record: Record) -> None:
    with_people(record)
    joint = {"Area commander": Actor("Cora Command", "decider"), "Community Ambassador": ABE}
    sign(record, joint["Area commander"], "Area commander", *every_line())
    sign(record, ABE, "Community Ambassador", *every_line(), notice="031/2026")
    less = record.perform(varying(amount_pence=90_000), OFFICER)
    assert less.inverse is not None
    vary(record, 2, amount_pence=95_000)
    record.perform(signing(0, joint["Area commander"], "Area commander", number=2), joint["Area commander"])

    with pytest.raises(Refused, match="The Area commander signed variation 2 of ACF-001 already"):
        record.perform(signing(0, COMMANDER, "Area commander", number=2, from_paper=True), OFFICER)
    record.perform(signing(0, ABE, "Community Ambassador", number=2), ABE)

    assert the_award(record).amount_pence == 95_000


def test_an_award_is_not_varied_below_the_grants_that_its_recipient_passes_on(office: Record) -> None:
    reference = award(office, MANAGER)
    round_id = direct(office)
    less = VaryAward(round_id, reference, 1, Terms(400_000), "fewer grants", DAY)

    refuses(office, r"passes £5,000\.00 of .* on, more than £4,000\.00", less)

    office.perform(replace(less, terms=Terms(500_000)), OFFICER)


def test_taking_back_gives_each_part_its_own_proof_again(decided: Record) -> None:
    """Two parts wait for the same; the proof of one never lets the other be paid."""
    halves = (Instalment(50_000, "proof of purchase"), Instalment(50_000, "proof of purchase"))
    decided.perform(SetInstalments(1, OF, "", halves, the_award(decided).instalments), OFFICER)
    decided.perform(SetProof(1, OF, 2, Proof(DAY, "receipts"), None), OFFICER)
    before = the_award(decided).instalments
    own = (Part(20_000, "proof of purchase"), Part(80_000, "the end"))

    for terms in ({"amount_pence": 80_000}, {"parts": own}):
        undo(decided, vary(decided, **terms))

        assert the_award(decided).instalments == before
    lowered = vary(decided, amount_pence=80_000)
    assert [part.proof for part in the_award(decided).instalments] == ["", "receipts"]
    decided.perform(SetProof(1, OF, 1, Proof(DAY, "an invoice"), None), OFFICER)
    undo(decided, lowered)
    assert [part.proof for part in the_award(decided).instalments] == ["an invoice", "receipts"]


def test_more_minimal_assistance_than_the_limit_is_refused(decided: Record) -> None:
    day = date(2026, 11, 1)
    minimal = Subsidy(MINIMAL, "", 31_400_000, day, day, day, "Pat Example")
    decided.perform(SetSubsidy(1, OF, minimal, None), OFFICER)

    # 314,000.00 declared and 1,000.01 of the award, of 315,000.00
    refused("above the limit", vary, decided, amount_pence=100_001)
    vary(decided, amount_pence=99_999)
    vary(decided, 2, amount_pence=100_000)
    sign_both(decided, 2)
    assert the_award(decided).amount_pence == 100_000
