"""What an agreement says, drafted from the award as it stands, and what its writer is told."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.issuing import next_issue
from models.operation import Actor, Outcome
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.operations.awards.monitoring import AwardPlan, PlanReturns, SetAgreedOutputs
from models.operations.awards.variations import VaryAward
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.fund_changes import SetFund, SetFundYear
from models.papers.grant_agreement import AgreementFacts, GrantAgreement, unsettled_words
from models.papers.monitoring.monitoring import AgreedOutput, quarter_ends_on
from models.papers.order import PaperOrder
from models.queries.awards.agreements import (
    agreement_orders,
    grant_agreement,
    lapsing_words,
    signed_as_it_stands,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.finance import finance, signed_copy
from models.queries.awards.year_facts import parts_told, trigger_of
from models.queries.papers.letters import letters
from models.queries.set_up.funds import FundYearMoney, fund_list, fund_rules
from models.record import Record
from models.reference.clauses import ENDING, USUAL_CLAUSES, WITHHELD_PUBLICITY, Clause
from models.reference.defaults import Source, SourceKind
from models.reference.fund_facts import CLAUSES, Line, with_fact, with_line
from models.values.awards import (
    MINIMAL,
    PROJECT_END,
    Instalment,
    Part,
    PlannedReturn,
    Subsidy,
    Terms,
    quarter_of,
)
from models.values.recommending import LineDecision
from scoring.written.days import full_day
from tests.exchange.papers.letters.texts import text_of
from tests.models.made_once import made_once
from tests.models.operations.awards.proposals import award, direct
from tests.models.operations.awards.test_agreement_details import REFUGE
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.rounds import OFFICER as HER
from tests.models.rounds import paper, refused

OFFICER = Actor("Ida Officer", "officer")
NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
ORDER = PaperOrder("agreement", NOW, 1)
TOLD = date(2026, 11, 2)
CONFIRM_FIRST = "First confirm in writing, as our notice of minimal financial assistance asks"


def drafted(record: Record, name: str = "ACF-001") -> GrantAgreement:
    return record.ask(partial(grant_agreement, order=replace(ORDER, award=name)))


def test_before_a_decision_there_is_none(signed: Record) -> None:
    refused("No award is decided", drafted, signed)


def test_it_is_drafted_from_application_award_and_the_bands_of_the_fund(decided: Record) -> None:
    found = drafted(decided)
    assert (found.application, found.amount_pence, found.notice) == ("ACF-001", 100_000, "031/2026")
    assert sum(part.amount_pence for part in found.parts) == found.amount_pence
    assert len(found.returns) == 1, "£1,000 reports once, at the end"
    assert found.returns[0].due_on > found.end_on > found.start_on
    assert ("Insurance" in dict(found.clauses), found.is_letter, found.subsidy) == (True, False, "")
    assert drafted(decided, found.award.lower()) == found
    assert found.control.endswith("£1,000.00")
    # 28 days from Wed 2 December 2026; on Fri 27 November that is Christmas Day, and the next is Tue 29
    assert found.sign_by == date(2026, 12, 30)
    friday = replace(ORDER, award="ACF-001", now=datetime(2026, 11, 27, tzinfo=UTC))
    assert decided.ask(partial(grant_agreement, order=friday)).sign_by == date(2026, 12, 29)

    # A varied award says what it was what it is from when and why.
    before = drafted(decided)
    assert (before.changes, before.asked_pence, before.is_first) == ((), 0, False)
    less = VaryAward(1, "ACF-001", 1, Terms(90_000, end_on=date(2027, 12, 31)), "fewer weeks", DAY)
    decided.perform(less, OFFICER)
    found = drafted(decided)
    (said,) = found.changes
    assert said.startswith("From 2 December 2026: the grant, £1,000.00, becomes £900.00; the end")
    assert said.endswith(" in place of 29 December 2027. Fewer weeks.")
    assert (found.amount_pence, found.asked_pence, found.is_first) == (90_000, 100_000, True)


def test_what_is_agreed_and_planned_takes_the_place_of_the_draft(decided: Record) -> None:
    start = drafted(decided).start_on
    agreed = AgreedOutput(1, "Sessions", 40, measure="The register")
    decided.perform(SetAgreedOutputs(1, "ACF-001", (agreed,), ()), OFFICER)
    planned = (PlannedReturn(1, start, "the start"),)
    decided.perform(PlanReturns(1, (AwardPlan("ACF-001", planned, ()),)), OFFICER)

    found = drafted(decided)

    assert [(one.words, one.target, one.measure) for one in found.points] == [
        ("Sessions", 40, "The register")
    ]
    assert [one.due_on for one in found.returns] == [start]


def test_of_a_name_that_is_withheld_no_clause_says_that_it_is_published(decided: Record) -> None:
    decided.perform(SetWithheldName(1, "ACF-001", REFUGE, None), OFFICER)

    hidden, known = (dict(drafted(decided, one).clauses)["Publicity"] for one in ("ACF-001", "ACF-002"))

    assert (drafted(decided).is_withheld, hidden) == (True, WITHHELD_PUBLICITY)
    assert "who received it" in known
    fund = next(one for one in decided.ask(fund_list) if one.rounds)
    own = with_line(fund.rules, CLAUSES, Line("publicity", "Publicity: Use our logo."))
    decided.perform(SetFund(fund.code, own, fund.rules), OFFICER)
    assert dict(drafted(decided).clauses)["Publicity"] == f"Use our logo. {WITHHELD_PUBLICITY}"


@made_once
def walk_decided(record: Record, wished: str, *, is_less: bool, is_scoped: bool, is_agreed: bool) -> Outcome:
    """Decide on walks that the applicant wished for, in part or not, with or without their number agreed."""
    rows = deciding_rows()
    first = replace(rows.applications[0], outcomes=wished)
    recommended(record, replace(rows, applications=(first, *rows.applications[1:]))).perform(
        SignRecommendations(1, "Coventry", DAY), CHAIR
    )
    record.perform(first_step(*every_line()), COMMANDER)
    scope = ("Reduced scope: one walk.",) if is_scoped else ()
    less = LineDecision("ACF-001", "change", "part_fund", 90_000, change_reason="Less.", conditions=scope)
    others = (LineDecision("ACF-002"), LineDecision("ACF-003"))
    done = record.perform(last_step(less if is_less else LineDecision("ACF-001"), *others), DECIDER)
    if is_agreed:
        agreed = AgreedOutput(1, "One walk", 1)
        record.perform(SetAgreedOutputs(1, "ACF-001", (agreed,), ()), OFFICER)
    return done


@pytest.mark.parametrize("is_less", [True, False])
@pytest.mark.parametrize("is_scoped", [True, False])
@pytest.mark.parametrize("is_agreed", [True, False])
@pytest.mark.parametrize("wished", ["Two walks a week", ""])
@pytest.mark.parametrize("cut", ["not", "before it is signed", "since", "in payments alone"])
def test_letter_and_agreement_ask_alike_which_part_a_smaller_grant_is_for(
    record: Record, *, is_less: bool, is_scoped: bool, is_agreed: bool, wished: str, cut: str
) -> None:
    walk_decided(record, wished, is_less=is_less, is_scoped=is_scoped, is_agreed=is_agreed)
    if cut in ("since", "in payments alone"):
        record.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    if cut != "not":
        pence = 90_000 if is_less else 100_000
        alone = Terms(parts=(Part(pence - 20_000, "agreement signed"), Part(20_000, "receipts")))
        terms = alone if cut == "in payments alone" else Terms(amount_pence=80_000)
        record.perform(VaryAward(1, "ACF-001", 1, terms, "one walk less", DAY), OFFICER)

    letter = paper(record, "letters", NOW).letters[0]
    drawn = drafted(record)

    assert letter.now is not None
    assert letter.now.leaves_open is drawn.leaves_open
    assert letter.now.lacks_outcomes is drawn.settles_nothing
    if cut != "not":
        (change,) = paper(record, "award-letters", NOW).letters
        assert change.asks_before_signing is letter.asks_before_signing is drawn.awaits_answer
    is_part = is_less or cut == "before it is signed"
    settled = (is_less and is_scoped) or is_agreed or cut == "since" or not wished
    assert letter.now.leaves_open is (is_part and not settled)
    paid = paper(record, "finance", NOW).awards[0]
    assert ("has still to say which part" in paid.look_first) is drawn.leaves_open


def test_payments_changed_since_it_was_signed_were_due_on_no_day_and_bank_details_are_asked_for(
    decided: Record,
) -> None:
    decided.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    (before, *_) = drafted(decided).parts
    new = Terms(parts=(Part(70_000, "agreement signed"), Part(30_000, "receipts", date(2027, 3, 1))))
    decided.perform(VaryAward(1, "ACF-001", 1, new, "Two parts are safer", DAY), OFFICER)

    drawn = drafted(decided)

    assert before.due_on == date(2026, 12, 31), "30 days after it is New Year's Day"
    assert [part.due_on for part in drawn.parts] == [None, date(2027, 3, 1)]
    assert (drawn.signed_on, drawn.has_account) == (None, False)
    payments = AgreementFacts.of(drawn, NOW.date(), "").payments
    assert [(one.pence, one.state, one.on) for one in payments] == [
        (70_000, "on signature", None),
        (30_000, "due", date(2027, 3, 1)),
    ]
    told = paper(decided, "letters", NOW).letters[0]
    assert told.due == (None, date(2027, 3, 1))
    own = paper(decided, "award-letters", NOW).letters[0]
    assert own.due == (None, date(2027, 3, 1))
    anew = DAY + timedelta(days=10)
    (award, *_) = decided.ask(partial(awards, round_id=1))
    signed_anew = replace(award, agreement=replace(award.agreement, signed_anew_on=anew))
    due = tuple(map(signed_anew.due_on, signed_anew.instalments))
    assert due == (anew + timedelta(days=30), date(2027, 3, 1)), "by the signature of what has it"
    assert not award.late(DAY + timedelta(days=60)), "the new version is not signed"
    (held, *_) = paper(decided, "finance", NOW).awards
    assert [part.due_on for part in held.payments] == [None, date(2027, 3, 1)]
    assert held.payments[0].not_yet == "waits for the next version of the agreement to be issued and signed"


def test_minimal_assistance_is_confirmed_before_any_paper_asks_for_a_signature(decided: Record) -> None:
    """Agreement and letter asked to sign what the programme then refused to record as signed."""

    def told() -> tuple[bool, bool, str, str]:
        file, drawn = paper(decided, "letters", NOW), drafted(decided)
        (held, *_) = paper(decided, "finance", NOW).awards
        steps = text_of(file, file.letters[0])
        return CONFIRM_FIRST in steps, drawn.to_confirm, held.held_for, unsettled_words([drawn])

    none = told()
    decided.perform(SetSubsidy(1, "ACF-001", Subsidy(MINIMAL, "", 0, TOLD, TOLD), None), OFFICER)
    letter, agreement, on_hold, warned = told()

    assert none[:3] == (False, False, "the agreement is not signed")
    assert (letter, agreement) == (True, True)
    within = "the recipient has not confirmed in writing that it is within the limit"
    assert on_hold == f"the agreement is not signed, as {within}"
    assert warned.endswith(
        "1 agreement waits for the confirmation of minimal financial assistance, and nothing is signed "
        "before that: A-031-01."
    )
    decided.perform(
        SetSubsidy(
            *(1, "ACF-001", Subsidy(MINIMAL, "", 0, TOLD, TOLD, TOLD, "Pat Example, Treasurer")),
            Subsidy(MINIMAL, "", 0, TOLD, TOLD),
        ),
        OFFICER,
    )
    assert told() == none, "it is confirmed"


def test_nothing_is_late_before_anybody_signed_and_a_day_past_then_waits_for_the_signature(
    decided: Record,
) -> None:
    """A quarter that was over before its agreement was signed was called late, and due on its own day."""
    new = Terms(parts=(Part(70_000, "on the day", DAY), Part(30_000, "on the day", date(2027, 3, 1))))
    decided.perform(VaryAward(1, "ACF-001", 1, new, "Two parts are safer", DAY), OFFICER)
    (award, *_) = decided.ask(partial(awards, round_id=1))
    on = DAY + timedelta(days=5)

    unsigned = award.late(DAY + timedelta(days=60))
    signed = replace(award, agreed_on=on)

    assert unsigned == ()
    assert [award.expected_on(part, on) for part in award.instalments] == [None, date(2027, 3, 1)]
    assert [award.expected_on(part, DAY) for part in award.instalments] == [DAY, date(2027, 3, 1)]
    later = replace(ORDER, kind="finance", now=NOW + timedelta(days=1))
    (told, *_) = decided.ask(partial(finance, order=later)).awards
    assert [part.due_on for part in told.payments] == [None, date(2027, 3, 1)], "finance waits as they do"
    assert [signed.due_on(part) for part in signed.instalments] == [on + timedelta(days=30), date(2027, 3, 1)]
    assert [signed.late(on + timedelta(days=days)) for days in (30, 31)] == [(), (1,)]
    paid = replace(signed.instalments[0], paid_on=on)
    assert signed.due_on(paid) == DAY


def test_the_funds_own_clauses_and_its_limit_for_one_letter_count_at_once(decided: Record) -> None:
    fund = next(one for one in decided.ask(fund_list) if one.rounds)
    rules = with_fact(fund.rules, "letter_up_to", "1000")
    rules = with_line(rules, CLAUSES, Line("insurance", "Insurance: £5 million.", is_retired=False))
    rules = with_line(rules, CLAUSES, Line("use", "Use: x", is_retired=True))
    decided.perform(SetFund(fund.code, rules, fund.rules), OFFICER)

    found, larger = drafted(decided), drafted(decided, "ACF-002")

    assert (found.is_letter, larger.is_letter) == (True, False)
    offers = partial(letters, order=PaperOrder("letters", NOW, 1))
    beside = decided.ask(offers)
    assert [letter.reference for letter in beside.letters] == ["ACF-002", "ACF-003"]
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


def test_a_signed_agreement_is_the_one_that_was_issued_until_something_changes(decided: Record) -> None:
    drawn = drafted(decided)
    order = replace(ORDER, award=drawn.award)
    issue = decided.ask(partial(next_issue, order=order, value=drawn))
    assert issue is not None
    decided.perform(issue.operation, OFFICER)
    decided.perform(SignAgreement(1, "ACF-001", NOW.date(), None), OFFICER)
    order = replace(order, now=NOW + timedelta(days=9))

    signed_then = decided.ask(partial(grant_agreement, order=order))

    assert (signed_then.is_signed, signed_then.signed_on) == (True, NOW.date())
    assert decided.ask(partial(next_issue, order=order, value=signed_then)) is None
    assert_what_binds_tells_whether_it_is_signed_again(decided, drawn)
    decided.perform(SetWithheldName(1, "ACF-001", REFUGE, None), OFFICER)
    anew = decided.ask(partial(grant_agreement, order=order))
    # 28 days from Fri 11 December 2026 is Fri 8 January 2027
    assert (anew.is_signed, anew.sign_by, anew.signed_on) == (True, date(2027, 1, 8), None)
    (award, *_) = decided.ask(partial(awards, round_id=1))
    due = list(map(award.due_on, award.instalments))
    assert [part.due_on for part in anew.parts] == due
    assert due[0] == date(2026, 12, 31), "30 days after the signature that it waits for, or before that"
    again = decided.ask(partial(next_issue, order=order, value=anew))
    assert again is not None
    decided.perform(again.operation, OFFICER)
    later = decided.ask(partial(grant_agreement, order=replace(order, now=NOW + timedelta(days=20))))
    assert decided.ask(partial(next_issue, order=order, value=later)) is None, "its day alone is another"


def test_one_for_each_award_or_for_the_one_named(decided: Record) -> None:
    every = decided.ask(partial(agreement_orders, order=ORDER))
    one = decided.ask(partial(agreement_orders, order=replace(ORDER, award="acf-002")))

    assert [order.award for order in every] == [order.subject for order in every]
    assert len(every) > 1
    assert one == (every[1],)
    refused("The round has no award “X”", drafted, decided, "X")
    refused("An agreement is on one award", drafted, decided, "")

    # One drawn again after its version was signed says so and asks for nothing. It was shown as a draft that
    # asks to be signed, while the letters said that it was.
    drawn = drafted(decided)
    order = replace(ORDER, award=drawn.award)
    issue = decided.ask(partial(next_issue, order=order, value=drawn))
    assert issue is not None
    drawn_first = decided.ask(partial(signed_copy, order=order, value=drawn))
    decided.perform(issue.operation, OFFICER)
    unsigned = decided.ask(partial(signed_copy, order=order, value=drawn))
    decided.perform(SignAgreement(1, "ACF-001", NOW.date(), None), OFFICER)
    later = replace(order, now=NOW + timedelta(days=9))
    copy = decided.ask(partial(signed_copy, order=later, value=drafted(decided)))
    assert (drawn_first, unsigned) == (None, None)
    assert copy is not None
    status = copy.status
    issued_on = full_day(status.dated)
    assert status.words == f"As issued on {issued_on} (version 1); signed on 2 December 2026"
    assert (status.is_draft, copy.value.signed_on) == (False, NOW.date())
    decided.perform(SetWithheldName(1, "ACF-001", REFUGE, None), OFFICER)
    assert decided.ask(partial(signed_copy, order=later, value=drafted(decided))) is None, (
        "it says more by now"
    )


BREAK_AT = datetime(2026, 12, 20, tzinfo=UTC)
USUAL = next(one for one in USUAL_CLAUSES if one.code == ENDING)
ONE_SIDED = (
    "Ending this agreement: We may end it with three months’ notice. You may not end it before its end."
)
GOES_ON = f"{USUAL.words} After the first year either side may end it with 7 days’ notice."
BREAK = "The contract has a break on 1 May 2027: "
EITHER = "either side may end it then, with the notice in writing that its agreement asks for."
AS_IT_SAYS = "it may be ended then as its clause on ending says."


@pytest.mark.parametrize(
    ("clause", "condition", "told"),
    [
        (None, EITHER, "Either side may end it early on 1 May 2027."),
        (USUAL, EITHER, "Either side may end it early on 1 May 2027."),
        *(
            (
                Clause(ENDING, own),
                AS_IT_SAYS,
                "It may be ended early on 1 May 2027 as its clause on ending says.",
            )
            for own in (ONE_SIDED, GOES_ON)
        ),
        (
            Clause(ENDING, ONE_SIDED, is_retired=True),
            "it may be ended then.",
            "ended early on 1 May 2027. It is",
        ),
    ],
)
def test_papers_say_either_side_only_where_the_usual_clause_lets_either(
    office: Record, clause: Clause | None, condition: str, told: str
) -> None:
    made, of = award(office), direct(office)
    rules = office.ask(partial(fund_rules, fund_id=1))
    own = () if clause is None else (Clause("use", "Use: For the project."), clause)
    office.perform(SetFund(rules.code, replace(rules, clauses=own), rules), HER)

    agreed = paper(office, "agreement", BREAK_AT, of, award=made)
    (letter,) = paper(office, "letters", BREAK_AT, of).letters
    (listed,) = paper(office, "publication", BREAK_AT, None, period="2026/27").awards
    noticed = paper(office, "notice", BREAK_AT, of, notice="040/2026")

    assert f"{BREAK}{condition}" == agreed.conditions[-1] == letter.conditions[-1] == listed.conditions[-1]
    assert told in noticed.background[0]
    text = dict(agreed.clauses).get("Ending this agreement", "")
    if condition == EITHER:
        assert text == USUAL.text.replace(" in writing.", " in writing, to end on its break, 1 May 2027.")
    else:
        assert text == (clause.text if clause and not clause.is_retired else ""), (
            "an office's words are its own"
        )


def told(record: Record) -> str:
    return record.ask(partial(lapsing_words, order=replace(ORDER, award="ACF-001")))


def lapses(record: Record, day: date | None) -> None:
    sources = (Source("2026/27", SourceKind.MINISTRY, 20_000_000, "", day),)
    money = FundYearMoney("2026/27", 20_000_000, sources)
    record.perform(SetFundYear("ACF", "2026/27", money, None), OFFICER)


def test_whoever_writes_an_agreement_is_told_that_its_money_lapses_before_the_project_ends(
    decided: Record,
) -> None:
    end = drafted(decided).end_on
    assert told(decided) == ""

    lapses(decided, date(2027, 1, 31))

    assert end > date(2027, 1, 31)
    assert "money of the fund lapses where it is not spent by 31 January 2027, and the project" in told(
        decided
    )
    decided.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    assert told(decided) == ""


APRIL = date(2026, 4, 1)
QUARTERS = tuple(Instalment(25_000, f"end of quarter {number}") for number in range(1, 5))


def paid_by_quarters(starts: date | None, ends: date | None) -> AwardRow:
    row = AwardRow("ACF-001", "A-031-01", "Choir", "Coventry", 100_000, "", None, QUARTERS)
    return replace(row, applied=replace(row.applied, start_on=starts, end_on=ends))


def test_of_nine_months_the_last_payment_waits_for_the_end_of_the_project() -> None:
    row = paid_by_quarters(APRIL, date(2026, 12, 31))

    assert parts_told(row, QUARTERS[2:]) == ((25_000, "end of quarter 3"), (25_000, PROJECT_END))


@given(starts=st.dates(date(2026, 1, 1), date(2027, 12, 31)), days=st.integers(0, 500))
def test_no_quarter_is_named_that_begins_after_the_end(starts: date, days: int) -> None:
    ends = date.fromordinal(starts.toordinal() + days)
    row = paid_by_quarters(starts, ends)

    for part in QUARTERS:
        number = quarter_of(trigger_of(row, part))
        assert number < 2 or quarter_ends_on(starts, number - 1) < ends
        assert number or row.not_before(part) == ends
