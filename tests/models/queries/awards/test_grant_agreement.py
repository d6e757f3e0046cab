"""What an agreement says, drafted from the award as it stands."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import next_issue
from models.operation import Actor
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.operations.awards.monitoring import AwardPlan, PlanReturns, SetAgreedOutputs
from models.operations.awards.variations import VaryAward
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.fund_changes import SetFund
from models.papers.grant_agreement import AgreementFacts, GrantAgreement, unsettled_words
from models.papers.monitoring.monitoring import AgreedOutput
from models.papers.order import PaperOrder
from models.queries.awards.agreements import (
    agreed_points,
    agreement_orders,
    grant_agreement,
    signed_as_it_stands,
)
from models.queries.awards.awards import awards
from models.queries.awards.awards_page import award_lines
from models.queries.awards.finance import finance, signed_copy
from models.queries.awards.monitoring import monitored_award
from models.queries.awards.variation_letters import award_letters
from models.queries.papers.letters import letters
from models.queries.set_up.funds import fund_list
from models.record import Record
from models.reference.clauses import WITHHELD_PUBLICITY
from models.reference.fund_facts import CLAUSES, Line, with_fact, with_line
from models.values.awards import MINIMAL, AgreementDetails, Part, PlannedReturn, Subsidy, Terms
from models.values.recommending import LineDecision
from scoring.written.days import full_day
from scoring.written.text import Refused
from tests.exchange.papers.letters.texts import text_of
from tests.models.operations.awards.test_withhold_name import REFUGE
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    decided,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
    signed,
)

OFFICER = Actor("Ida Officer", "officer")
NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
ORDER = PaperOrder("agreement", NOW, 1)
TOLD = date(2026, 11, 2)

CONFIRM_FIRST = "First confirm in writing, as our notice of minimal financial assistance asks"


def drafted(record: Record, name: str = "ACF-001") -> GrantAgreement:
    return record.ask(partial(grant_agreement, order=replace(ORDER, award=name)))


def test_it_is_drafted_from_application_award_and_the_funds_bands(record: Record) -> None:
    decided(record)

    found = drafted(record)

    assert (found.application, found.amount_pence, found.notice) == ("ACF-001", 100_000, "031/2026")
    assert sum(part.amount_pence for part in found.parts) == found.amount_pence
    assert len(found.returns) == 1, "£1,000 reports once, at the end"
    assert found.returns[0].due_on > found.end_on > found.start_on
    assert ("Insurance" in dict(found.clauses), found.is_letter, found.subsidy) == (True, False, "")
    assert drafted(record, found.award.lower()) == found
    assert found.control.endswith("£1,000.00")
    assert found.title == f"Grant agreement {found.award}"
    assert replace(found, project="").purpose == found.organisation
    # 28 days from Wed 2 December 2026; on Fri 27 November that is Christmas Day, and the next is Tue 29
    assert found.sign_by == date(2026, 12, 30)
    friday = replace(ORDER, award="ACF-001", now=datetime(2026, 11, 27, tzinfo=UTC))
    assert record.ask(partial(grant_agreement, order=friday)).sign_by == date(2026, 12, 29)


def test_a_varied_award_says_what_it_was_what_it_is_from_when_and_why(record: Record) -> None:
    decided(record)
    before = drafted(record)
    assert (before.changes, before.asked_pence, before.is_first) == ((), 0, False)
    less = VaryAward(1, "ACF-001", 1, Terms(90_000, end_on=date(2027, 12, 31)), "fewer weeks", DAY)
    record.perform(less, OFFICER)

    found = drafted(record)

    (said,) = found.changes
    assert said.startswith("From 2 December 2026: the grant, £1,000.00, becomes £900.00; the end")
    assert said.endswith(" in place of 29 December 2027. Fewer weeks.")
    assert (found.amount_pence, found.asked_pence, found.is_first) == (90_000, 100_000, True)


def test_what_is_agreed_and_planned_takes_the_place_of_the_draft(record: Record) -> None:
    decided(record)
    start = drafted(record).start_on
    agreed = AgreedOutput(1, "Sessions", 40, measure="The register")
    record.perform(SetAgreedOutputs(1, "ACF-001", (agreed,), ()), OFFICER)
    planned = (PlannedReturn(1, start, "the start"),)
    record.perform(PlanReturns(1, (AwardPlan("ACF-001", planned, ()),)), OFFICER)

    found = drafted(record)

    assert [(one.words, one.target, one.measure) for one in found.points] == [
        ("Sessions", 40, "The register")
    ]
    assert [one.due_on for one in found.returns] == [start]


def test_of_a_name_that_is_withheld_no_clause_says_that_it_is_published(record: Record) -> None:
    decided(record)
    record.perform(SetWithheldName(1, "ACF-001", REFUGE, None), OFFICER)

    hidden, known = (dict(drafted(record, one).clauses)["Publicity"] for one in ("ACF-001", "ACF-002"))

    assert (drafted(record).is_withheld, hidden) == (True, WITHHELD_PUBLICITY)
    assert "who received it" in known
    fund = next(one for one in record.ask(fund_list) if one.rounds)
    own = with_line(fund.rules, CLAUSES, Line("publicity", "Publicity: Use our logo."))
    record.perform(SetFund(fund.code, own, fund.rules), OFFICER)
    assert dict(drafted(record).clauses)["Publicity"] == f"Use our logo. {WITHHELD_PUBLICITY}"


def test_until_something_is_agreed_the_application_is_quoted_line_by_line(record: Record) -> None:
    decided(record)
    award = record.ask(partial(monitored_award, round_id=1, application="ACF-001"))

    points = agreed_points(replace(award, wished="We count  who comes. We ring.\n\nTwo walks a week"))

    assert [one.words for one in points] == ["“We count who comes. We ring.”", "“Two walks a week”"]
    assert agreed_points(replace(award, wished=" ")) == ()
    said = replace(drafted(record), points=points)
    assert unsettled_words([replace(said, points=()), said]).startswith("1 agreement says nothing of")
    assert unsettled_words([said]) == ""


@pytest.mark.parametrize("is_less", [True, False])
@pytest.mark.parametrize("is_scoped", [True, False])
@pytest.mark.parametrize("is_agreed", [True, False])
@pytest.mark.parametrize("wished", ["Two walks a week", ""])
@pytest.mark.parametrize("cut", ["not", "before it is signed", "since", "in payments alone"])
def test_letter_and_agreement_ask_alike_which_part_a_smaller_grant_is_for(
    record: Record, *, is_less: bool, is_scoped: bool, is_agreed: bool, wished: str, cut: str
) -> None:
    rows = deciding_rows()
    first = replace(rows.applications[0], outcomes=wished)
    recommended(record, replace(rows, applications=(first, *rows.applications[1:]))).perform(
        SignRecommendations(1, "Coventry", DAY), CHAIR
    )
    record.perform(first_step(*every_line()), COMMANDER)
    scope = ("Reduced scope: one walk.",) if is_scoped else ()
    less = LineDecision("ACF-001", "change", "part_fund", 90_000, change_reason="Less.", conditions=scope)
    others = (LineDecision("ACF-002"), LineDecision("ACF-003"))
    record.perform(last_step(less if is_less else LineDecision("ACF-001"), *others), DECIDER)
    if is_agreed:
        agreed = AgreedOutput(1, "One walk", 1)
        record.perform(SetAgreedOutputs(1, "ACF-001", (agreed,), ()), OFFICER)
    if cut in ("since", "in payments alone"):
        record.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    if cut != "not":
        pence = 90_000 if is_less else 100_000
        alone = Terms(parts=(Part(pence - 20_000, "agreement signed"), Part(20_000, "receipts")))
        terms = alone if cut == "in payments alone" else Terms(amount_pence=80_000)
        record.perform(VaryAward(1, "ACF-001", 1, terms, "one walk less", DAY), OFFICER)

    letter = record.ask(partial(letters, order=PaperOrder("letters", NOW, 1))).letters[0]

    assert letter.now is not None
    assert letter.now.leaves_open is drafted(record).leaves_open
    assert letter.now.lacks_outcomes is drafted(record).settles_nothing
    if cut != "not":
        (change,) = record.ask(partial(award_letters, order=PaperOrder("award-letters", NOW, 1))).letters
        asks_first = drafted(record).awaits_answer
        assert change.asks_before_signing is letter.asks_before_signing is asks_first
    is_part = is_less or cut == "before it is signed"
    settled = (is_less and is_scoped) or is_agreed or cut == "since" or not wished
    assert letter.now.leaves_open is (is_part and not settled)
    paid = record.ask(partial(finance, order=PaperOrder("finance", NOW, 1))).awards[0]
    assert ("has still to say which part" in paid.look_first) is drafted(record).leaves_open


def test_payments_changed_since_it_was_signed_were_due_on_no_day_and_bank_details_are_asked_for(
    record: Record,
) -> None:
    decided(record)
    record.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    (before, *_) = drafted(record).parts
    new = Terms(parts=(Part(70_000, "agreement signed"), Part(30_000, "receipts", date(2027, 3, 1))))
    record.perform(VaryAward(1, "ACF-001", 1, new, "Two parts are safer", DAY), OFFICER)

    drawn = drafted(record)

    assert before.due_on == date(2026, 12, 31), "30 days after it is New Year's Day"
    assert [part.due_on for part in drawn.parts] == [None, date(2027, 3, 1)]
    assert (drawn.signed_on, drawn.has_account) == (None, False)
    payments = AgreementFacts.of(drawn, NOW.date(), "").payments
    assert [(one.pence, one.state, one.on) for one in payments] == [
        (70_000, "on signature", None),
        (30_000, "due", date(2027, 3, 1)),
    ]
    told = record.ask(partial(letters, order=PaperOrder("letters", NOW, 1))).letters[0]
    assert told.due == (None, date(2027, 3, 1))
    own = record.ask(partial(award_letters, order=PaperOrder("award-letters", NOW, 1))).letters[0]
    assert own.due == (None, date(2027, 3, 1))
    anew = DAY + timedelta(days=10)
    (award, *_) = record.ask(partial(awards, round_id=1))
    signed_anew = replace(award, agreement=replace(award.agreement, signed_anew_on=anew))
    due = tuple(map(signed_anew.due_on, signed_anew.instalments))
    assert due == (anew + timedelta(days=30), date(2027, 3, 1)), "by the signature of what has it"


def test_minimal_assistance_is_confirmed_before_any_paper_asks_for_a_signature(record: Record) -> None:
    """Agreement and letter asked to sign what the programme then refused to record as signed."""
    decided(record)

    def told() -> tuple[bool, bool, str, str]:
        file, drawn = record.ask(partial(letters, order=PaperOrder("letters", NOW, 1))), drafted(record)
        (held, *_) = record.ask(partial(finance, order=PaperOrder("finance", NOW, 1))).awards
        steps = text_of(file, file.letters[0])
        return CONFIRM_FIRST in steps, drawn.to_confirm, held.held_for, unsettled_words([drawn])

    none = told()
    record.perform(SetSubsidy(1, "ACF-001", Subsidy(MINIMAL, "", 0, TOLD, TOLD), None), OFFICER)
    letter, agreement, on_hold, warned = told()

    assert none[:3] == (False, False, "the agreement is not signed")
    assert (letter, agreement) == (True, True)
    within = "the recipient has not confirmed in writing that it is within the limit"
    assert on_hold == f"the agreement is not signed, as {within}"
    assert warned.endswith(
        "1 agreement waits for the confirmation of minimal financial assistance, and nothing is signed "
        "before that: A-031-01."
    )
    record.perform(
        SetSubsidy(
            *(1, "ACF-001", Subsidy(MINIMAL, "", 0, TOLD, TOLD, TOLD, "Pat Example, Treasurer")),
            Subsidy(MINIMAL, "", 0, TOLD, TOLD),
        ),
        OFFICER,
    )
    assert told() == none, "it is confirmed"


def test_lists_date_a_changed_payment_by_the_same_signature_as_agreement_and_letter(record: Record) -> None:
    """A part that a variation made was due 30 days after the first signature in the list of late payments."""
    decided(record)
    record.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    new = Terms(parts=(Part(70_000, "agreement signed"), Part(30_000, "receipts", date(2027, 3, 1))))
    record.perform(VaryAward(1, "ACF-001", 1, new, "Two parts are safer", DAY), OFFICER)

    (listed, *_) = record.ask(award_lines)
    (told, *_) = record.ask(partial(finance, order=PaperOrder("finance", NOW, 1))).awards

    assert listed.row is not None
    assert [listed.row.due_on(part) for part in listed.row.instalments] == [None, date(2027, 3, 1)]
    assert [part.due_on for part in told.payments] == [None, date(2027, 3, 1)]
    assert told.payments[0].not_yet == "waits for the next version of the agreement to be issued and signed"
    assert not listed.row.late(DAY + timedelta(days=60)), "the new version is not signed"
    anew = AgreementDetails(signed_anew_on=DAY + timedelta(days=10))
    signed = replace(listed.row, agreement=anew)
    assert signed.due_on(signed.instalments[0]) == DAY + timedelta(days=40)
    assert signed.late(DAY + timedelta(days=41)), "it is now"


def test_nothing_is_late_before_anybody_signed_and_a_day_past_then_waits_for_the_signature(
    record: Record,
) -> None:
    """A quarter that was over before its agreement was signed was called late, and due on its own day."""
    decided(record)
    new = Terms(parts=(Part(70_000, "on the day", DAY), Part(30_000, "on the day", date(2027, 3, 1))))
    record.perform(VaryAward(1, "ACF-001", 1, new, "Two parts are safer", DAY), OFFICER)
    (award, *_) = record.ask(partial(awards, round_id=1))
    on = DAY + timedelta(days=5)

    unsigned = award.late(DAY + timedelta(days=60))
    signed = replace(award, agreed_on=on)

    assert unsigned == ()
    assert [award.expected_on(part, on) for part in award.instalments] == [None, date(2027, 3, 1)]
    assert [award.expected_on(part, DAY) for part in award.instalments] == [DAY, date(2027, 3, 1)]
    later = replace(ORDER, kind="finance", now=NOW + timedelta(days=1))
    (told, *_) = record.ask(partial(finance, order=later)).awards
    assert [part.due_on for part in told.payments] == [None, date(2027, 3, 1)], "finance waits as they do"
    assert [signed.due_on(part) for part in signed.instalments] == [
        on + timedelta(days=30),
        date(2027, 3, 1),
    ]
    assert [signed.late(on + timedelta(days=days)) for days in (30, 31)] == [(), (1,)]
    paid = replace(signed.instalments[0], paid_on=on)
    assert signed.due_on(paid) == DAY


def test_the_funds_own_clauses_and_its_limit_for_one_letter_count_at_once(record: Record) -> None:
    decided(record)
    fund = next(one for one in record.ask(fund_list) if one.rounds)
    rules = with_fact(fund.rules, "letter_up_to", "1000")
    rules = with_line(rules, CLAUSES, Line("insurance", "Insurance: £5 million.", is_retired=False))
    rules = with_line(rules, CLAUSES, Line("use", "Use: x", is_retired=True))
    record.perform(SetFund(fund.code, rules, fund.rules), OFFICER)

    found, larger = drafted(record), drafted(record, "ACF-002")

    assert (found.is_letter, larger.is_letter) == (True, False)
    offers = partial(letters, order=PaperOrder("letters", NOW, 1))
    beside = record.ask(offers)
    assert [letter.reference for letter in beside.letters] == ["ACF-002", "ACF-003"]
    words = "1 small offer is in one letter with the agreement"
    assert beside.control == f"2 letters (1 offer, 1 in reserve), £2,000.00 offered. {words}"
    with pytest.raises(
        Refused, match=r"2 small offers are in one letter with the agreement\. There is no other"
    ):
        replace(beside, letters=(), in_agreements=("ACF-001", "ACF-002"))
    assert found.title.startswith("Grant offer and agreement A-")
    assert dict(found.clauses)["Insurance"] == "£5 million."
    assert "Use" not in dict(found.clauses)


def assert_what_binds_tells_whether_it_is_signed_again(record: Record, drawn: GrantAgreement) -> None:
    """What was paid or moved to another day changes nothing that was signed; terms and sums do."""

    def signed_on(name: str, value: object) -> date | None:
        found = replace(drawn, **{name: value})
        (award, *_) = record.ask(partial(awards, round_id=1))
        return record.ask(partial(signed_as_it_stands, order=ORDER, found=found, award=award))

    paid = tuple(replace(one, paid_on=DAY, due_on=DAY) for one in drawn.parts)
    less = tuple(replace(one, amount_pence=1) for one in drawn.parts)
    assert [signed_on("parts", parts) for parts in (paid, less)] == [NOW.date(), None]
    assert signed_on("contact_name", "Another") == NOW.date()
    assert [signed_on(name, ()) for name in ("clauses", "returns")] == [None, None]
    later = tuple(replace(one, covers_to=DAY) for one in drawn.returns)
    assert [one.covers_to for one in drawn.returns] == [drawn.end_on]
    assert signed_on("returns", later) is None, "another time is told of"
    day = date(2027, 12, 31)
    assert signed_on("end_on", day) == (None if drawn.is_dated else NOW.date())


def test_a_signed_agreement_is_the_one_that_was_issued_until_something_changes(record: Record) -> None:
    decided(record)
    drawn = drafted(record)
    order = replace(ORDER, award=drawn.award)
    issue = record.ask(partial(next_issue, order=order, value=drawn))
    assert issue is not None
    record.perform(issue.operation, OFFICER)
    record.perform(SignAgreement(1, "ACF-001", NOW.date(), None), OFFICER)
    order = replace(order, now=NOW + timedelta(days=9))

    signed_then = record.ask(partial(grant_agreement, order=order))

    assert (signed_then.is_signed, signed_then.signed_on) == (True, NOW.date())
    assert record.ask(partial(next_issue, order=order, value=signed_then)) is None
    assert_what_binds_tells_whether_it_is_signed_again(record, drawn)
    record.perform(SetWithheldName(1, "ACF-001", REFUGE, None), OFFICER)
    anew = record.ask(partial(grant_agreement, order=order))
    # 28 days from Fri 11 December 2026 is Fri 8 January 2027
    assert (anew.is_signed, anew.sign_by, anew.signed_on) == (True, date(2027, 1, 8), None)
    (award, *_) = record.ask(partial(awards, round_id=1))
    due = list(map(award.due_on, award.instalments))
    assert [part.due_on for part in anew.parts] == due
    assert due[0] == date(2026, 12, 31), "30 days after the signature that it waits for, or before that"
    again = record.ask(partial(next_issue, order=order, value=anew))
    assert again is not None
    record.perform(again.operation, OFFICER)
    later = record.ask(partial(grant_agreement, order=replace(order, now=NOW + timedelta(days=20))))
    assert record.ask(partial(next_issue, order=order, value=later)) is None, "its day alone is another"


def test_one_drawn_again_after_its_version_was_signed_says_so_and_asks_for_nothing(record: Record) -> None:
    """It was shown as a draft that asks to be signed, while the letters said that it was."""
    decided(record)
    drawn = drafted(record)
    order = replace(ORDER, award=drawn.award)
    issue = record.ask(partial(next_issue, order=order, value=drawn))
    assert issue is not None
    drawn_first = record.ask(partial(signed_copy, order=order, value=drawn))
    record.perform(issue.operation, OFFICER)
    unsigned = record.ask(partial(signed_copy, order=order, value=drawn))
    record.perform(SignAgreement(1, "ACF-001", NOW.date(), None), OFFICER)
    later = replace(order, now=NOW + timedelta(days=9))

    copy = record.ask(partial(signed_copy, order=later, value=drafted(record)))

    assert (drawn_first, unsigned) == (None, None)
    assert copy is not None
    status = copy.status
    issued_on = full_day(status.dated)
    assert status.words == f"As issued on {issued_on} (version 1); signed on 2 December 2026"
    assert (status.is_draft, copy.value.signed_on) == (False, NOW.date())
    told = replace(later, kind="letters")
    assert (
        record.ask(partial(signed_copy, order=told, value=record.ask(partial(letters, order=told)))) is None
    )
    record.perform(SetWithheldName(1, "ACF-001", REFUGE, None), OFFICER)
    assert record.ask(partial(signed_copy, order=later, value=drafted(record))) is None, "it says more by now"


def test_one_that_is_signed_bears_no_day_after_that_and_has_nothing_left_to_come(record: Record) -> None:
    decided(record)
    drawn = drafted(record)
    record.perform(SignAgreement(1, "ACF-001", NOW.date(), None), OFFICER)
    day = NOW.date() + timedelta(days=9)

    later = record.ask(partial(grant_agreement, order=replace(ORDER, award=drawn.award)))
    said, unsigned = (AgreementFacts.of(one, day, "") for one in (later, drawn))

    assert (said.dated_on, unsigned.dated_on) == (NOW.date(), day)
    assert unsigned.asks_of_other_money
    assert not said.asks_of_other_money
    assert (said.is_under_way, said.is_ready) == (False, False)
    assert AgreementFacts.of(replace(later, parts=later.parts[:1]), day, "").is_ready


def test_before_a_decision_there_is_none(record: Record) -> None:
    signed(record)

    with pytest.raises(Refused, match="No award is decided"):
        drafted(record)
    with pytest.raises(Refused, match="No award is decided"):
        record.ask(partial(agreement_orders, order=ORDER))


def test_one_for_each_award_or_for_the_one_named(record: Record) -> None:
    decided(record)

    every = record.ask(partial(agreement_orders, order=ORDER))
    one = record.ask(partial(agreement_orders, order=replace(ORDER, award="acf-002")))

    assert [order.award for order in every] == [order.subject for order in every]
    assert len(every) > 1
    assert one == (every[1],)
    with pytest.raises(Refused, match="The round has no award “X”"):
        drafted(record, "X")
    with pytest.raises(Refused, match="An agreement is on one award"):
        drafted(record, "")
