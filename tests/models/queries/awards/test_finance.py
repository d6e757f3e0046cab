"""The finance schedule from the record; varied awards as they are agreed and as they are proposed."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import update

from models.issuing import next_issue
from models.operations.awards.bank_details import CheckBankDetails, SetBankDetails, put_bank_details
from models.operations.awards.finance import SetFinanceCodes, SetSupplierNumber
from models.operations.awards.paying import (
    HoldAward,
    PayInstalment,
    Proof,
    SetDue,
    SetInstalments,
    SetProof,
    SetReturned,
)
from models.operations.awards.variations import AskBack, VaryAward
from models.operations.set_up.office import SetPublisher
from models.papers.finance import AskedBack, FinanceSchedule
from models.papers.order import PaperOrder
from models.papers.year.year_facts import awarded_pence
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisations import organisations, owed_elsewhere
from models.queries.applications.reading import intake
from models.queries.awards.award_rows import AwardRow, IssuedAgreement
from models.queries.awards.awards import FinanceCodes, awards
from models.queries.awards.awards_page import awards_page, every_award
from models.queries.awards.budget import round_budget
from models.queries.awards.variations import IN_EFFECT, VariationRow
from models.queries.awards.year_facts import record_years, year_end
from models.queries.papers.papers import paper_value
from models.record import Record
from models.schema.awards import instalment_table
from models.session import Session
from models.values import canonical
from models.values.awards import AgreementDetails, Instalment, Returned, Terms
from models.values.importing import counting
from models.values.payments import BankDetails
from models.values.recommending import LineDecision
from scoring.budget.figures import AreaBudget, Outside, Purses, together
from scoring.money import without_noughts
from scoring.written.text import Refused
from tests.exchange.schedule_rounds import award, payment, schedule, three_awards
from tests.models.both_signed import both_sign
from tests.models.operations.awards.varied_awards import sign_anew, sign_both, the_award, vary
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    decided,
    first_step,
    last_step,
    signed,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import KEY, OFFICER, application, import_operation, paper, refused

NOW = datetime(2027, 1, 5, tzinfo=UTC)


def ordered(record: Record) -> FinanceSchedule:
    return paper(record, "finance", NOW)


@pytest.fixture
def made(record: Record) -> Record:
    """Awards of £1,000 (agreed, codes, a supplier's number) and £2,000, each in three parts."""
    decided(record)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    codes = (FinanceCodes("", "0042", "003100", "P-007"), FinanceCodes("Coventry", "0043"))
    record.perform(SetFinanceCodes(1, codes, ()), FINANCE)
    record.perform(SetSupplierNumber(1, "ACF-001", "000123", ""), FINANCE)
    return record


def test_a_hold_and_money_that_came_back_are_told(made: Record) -> None:
    made.perform(PayInstalment(1, "ACF-001", 1, date(2026, 12, 9), None), FINANCE)
    back = Returned(500, date(2027, 3, 1), "one session fewer")
    made.perform(SetReturned(1, "ACF-001", (back,), ()), FINANCE)
    made.perform(HoldAward(1, "ACF-002", "no report yet", ""), OFFICER)

    made.perform(AskBack(1, "ACF-001", 1, 700, date(2026, 12, 9), "two sessions fewer"), OFFICER)

    first, second = ordered(made).awards

    assert first.returned == (Returned(500, date(2027, 3, 1), "one session fewer"),)
    assert first.asked == (AskedBack(700, 700, date(2026, 12, 9), "two sessions fewer"),)
    assert (first.to_come_pence, second.to_come_pence) == (700, 0)
    waits, unsettled = "£7.00 that was asked back has still to come", "none of the 9 checks is settled"
    assert first.look_first.endswith(f"{unsettled}; {waits}")
    assert second.look_first == f"no supplier number; {unsettled}"
    paid = made.perform(PayInstalment(1, "ACF-001", 2, date(2026, 12, 10), None), FINANCE)
    assert f"Look first: {waits}." in paid.words
    assert second.held_for == "no report yet; the agreement is not signed"

    rows = tuple(application(n + 6, organisation=f"Allotment Friends {n}") for n in (1, 2, 3))
    made.perform(replace(import_operation(*rows), round=replace(KEY, name="Spring")), OFFICER)
    owed = "its payee has still to pay back £7.00 of A-031-01"
    assert made.ask(partial(owed_elsewhere, round_id=2)) == {"ACF-007": owed}
    assert made.ask(partial(awards_page, round_id=2)).elsewhere == {"ACF-007": owed}

    def became() -> list[str]:
        lines = made.ask(partial(intake, round_id=2, viewer=OFFICE_VIEWER)).lines
        return [one.came_to for line in lines for one in line.before.earlier]

    assert became() == [
        "awarded £1,000 (A-031-01), £5 of it came back",
        "awarded £2,000 (A-031-02)",
        "nothing awarded",
    ]
    made.perform(VaryAward(1, "ACF-002", 1, Terms(amount_pence=150_000), "less rent", DAY), OFFICER)
    assert became()[1] == "awarded £2,000 (A-031-02), £1,500 proposed"


def test_a_cap_counts_what_is_proposed_beside_what_is_agreed_and_says_so(half_paid: Record) -> None:
    row = application(6, organisation=the_award(half_paid).organisation)
    half_paid.perform(replace(import_operation(row), round=replace(KEY, name="Spring")), OFFICER)

    def told() -> tuple[int, int, int]:
        (line,) = half_paid.ask(partial(intake, round_id=2, viewer=OFFICE_VIEWER)).lines
        return (
            line.before.funded_pence,
            line.before.year_pence - row.requested_pence,
            line.before.proposed_pence,
        )

    assert told() == (100_000, 100_000, 0)
    vary(half_paid, amount_pence=120_000)
    sign_both(half_paid)
    assert told() == (100_000, 120_000, 20_000)
    assert counting(20_000) == ", counting £200 that is only proposed"
    sign_anew(half_paid)
    assert told() == (120_000, 120_000, 0)


def test_what_is_not_agreed_or_verified_or_is_held_has_no_day_and_one_reason_in_every_paper(
    made: Record,
) -> None:
    """Finance, the letter of the offer and the agreement give one reason."""

    def told() -> tuple[list[date | None], str, list[str]]:
        letters, agreement = (paper(made, of, NOW, award="A-031-01") for of in ("letters", "agreement"))
        (now,) = (one.now for one in letters.letters if one.reference == "ACF-001")
        first = ordered(made).awards[0]
        days = [line.due_on for line in first.payments if line.paid_on is None]
        return days, first.held_for, [now.held_for, agreement.held_for]

    first, second = ordered(made).awards
    assert (first.held_for, second.held_for) == ("", "the agreement is not signed")
    assert any(told()[0])
    made.perform(HoldAward(1, "ACF-001", "no report yet.", ""), OFFICER)
    assert told() == ([None, None, None], "no report yet", ["no report yet."] * 2)

    made.perform(HoldAward(1, "ACF-001", "", "no report yet."), OFFICER)
    made.perform(both_sign("ACF-002", DAY), OFFICER)
    made.perform(CheckBankDetails(1, "ACF-001", "4958", is_checked=False), FINANCE)
    first, second = ordered(made).awards
    assert first.held_for == "the bank details are not verified"
    assert second.held_for == "there are no bank details yet"


def test_what_the_record_cannot_see_come_is_on_hold_until_a_day_or_papers_are_recorded(
    decided: Record,
) -> None:
    parts = ("final report", "on the day", "agreement signed", "proof of purchase")
    due = tuple(Instalment(25_000, trigger) for trigger in parts)
    before = decided.ask(lambda session: awards(session, 1))[0].instalments
    decided.perform(SetInstalments(1, "ACF-001", "", due, before), OFFICER)
    ready_to_pay(decided, "ACF-001", DAY, FINANCE)

    held = [line.not_yet for line in ordered(decided).awards[0].payments]

    day = "for a day to be set"
    assert held == [f"waits for final report, and {day}", f"waits {day}", "", "waits for proof of purchase"]
    decided.perform(SetProof(1, "ACF-001", 1, Proof(DAY, "the report"), None), OFFICER)
    decided.perform(SetDue(1, "ACF-001", 2, DAY, None), OFFICER)
    assert [line.not_yet for line in ordered(decided).awards[0].payments[:2]] == ["", ""]

    # Instalments that do not add up are refused by name.
    def spoil(session: Session) -> None:
        third = update(instalment_table).where(instalment_table.c.number == 3)
        session.execute(third.values(amount_pence=16_001))
        paper_value(session, PaperOrder("finance", NOW, round_id=1))

    refused(r"instalments of A-031-01 add up to £910\.01, the award to £1,000\.00", decided.try_out, spoil)


def test_what_is_due_later_is_on_hold_until_its_day(decided: Record) -> None:
    today = NOW.date()
    parts = (
        Instalment(20_000, "on the day", due_on=today),
        Instalment(30_000, "on the day", due_on=today + timedelta(days=1)),
        Instalment(25_000, "end of quarter 1"),
        Instalment(25_000, "End of quarter 2"),
    )
    usual = decided.ask(lambda s: awards(s, 1))[0].instalments
    decided.perform(SetInstalments(1, "ACF-001", "", parts, usual), OFFICER)
    ready_to_pay(decided, "ACF-001", DAY, FINANCE)

    def held(number: int = 0, **days: date) -> list[str]:
        if days:
            decided.perform(VaryAward(1, "ACF-001", number, Terms(**days), "later", DAY), OFFICER)  # type: ignore[arg-type]
        first = ordered(decided).awards[0]
        (row,) = (
            one for one in decided.ask(lambda s: every_award(s, DAY)) if one.reference == first.reference
        )
        barred = {number for number in range(1, 5) if row.bars(number, today)}
        assert barred == {line.number for line in first.payments if first.on_hold(line)}
        for each in barred:
            with pytest.raises(Refused, match=f"Instalment {each} of A-031-01 is not due before"):
                decided.perform(PayInstalment(1, "ACF-001", each, today, None), FINANCE)
        return [first.on_hold(line).removeprefix("not due before ") for line in first.payments]

    # Without a day of its own a project starts with the agreement, on 2 December.
    assert held() == ["", "6 January 2027", "1 March 2027", "1 June 2027"]
    assert held(1, start_on=date(2026, 10, 6)) == ["", "6 January 2027", "", "5 April 2027"]
    assert held(2, end_on=date(2027, 3, 31)) == ["", "6 January 2027", "", "31 March 2027"]


def test_a_round_that_was_decided_and_gives_nothing_promises_no_award(record: Record) -> None:
    lines = [
        LineDecision(f"ACF-00{number}", "change", "decline", change_reason="Nothing fits.")
        for number in (1, 2, 3)
    ]
    signed(record).perform(first_step(*lines), COMMANDER)
    refused("No award is made in this round yet, so there is nothing to pay", ordered, record)
    record.perform(last_step(*(LineDecision(line.application) for line in lines)), DECIDER)

    refused("No award was made when this round was decided, so there is nothing", ordered, record)


@pytest.mark.both_engines
def test_an_account_is_masked_and_flagged_and_in_no_issue(made: Record) -> None:
    details = BankDetails("Allotment Friends 1", "08-99-99", "55779911")
    beside = partial(put_bank_details, round_id=1, application="ACF-001", details=details)
    made.perform_beside(SetBankDetails.of(1, "ACF-001", details, "4958"), beside, OFFICER)

    found = ordered(made)

    assert found.awards[0].account == "••••9911"
    assert found.awards[0].account_flag == "Changed after it was verified, not verified since"
    issue = made.ask(partial(next_issue, order=PaperOrder("finance", NOW, round_id=1), value=found))
    assert issue is not None
    assert "55779911" not in issue.operation.content
    assert "08-99-99" not in issue.operation.content
    assert canonical.from_text(FinanceSchedule, canonical.to_text(found)) == found


def test_sums_that_are_not_what_was_decided_or_paid_are_refused() -> None:
    with pytest.raises(Refused, match=r"awards add up to £3,000\.05, the decisions to £3,000\.06"):
        replace(three_awards(), decided_pence=300_006)

    refused(r"award of £0\.05, and £0\.06 was decided", schedule, [award(1, payment(1, 5), decided_pence=6)])

    back = (Returned(6, DAY, "unspent"),)
    with pytest.raises(Refused, match=r"More came back of A-031-01 than was paid: £0\.06 of £0\.05"):
        schedule([award(1, payment(1, 5, paid=DAY), returned=back)])


def test_whatever_sums_awards_counts_what_is_agreed_and_tells_what_is_proposed(
    half_paid: Record,
) -> None:
    vary(half_paid, amount_pence=90_000)
    said = "that are not fully signed, and not counted: A-031-01, £900 in place of £1,000."
    of_budget = "£100 will come free once all have signed."

    def told() -> tuple[bool, ...]:
        tables = {
            one.code: said in without_noughts(one.base) for one in paper(half_paid, "tables", NOW).tables
        }
        notes = half_paid.ask(partial(year_end, fund="ACF", year="2026/27")).notes
        (fund,) = paper(half_paid, "governance", NOW).funds
        return tables["Table 2"], said in "".join(notes), of_budget in "".join(fund.shared)

    def sums() -> tuple[int, int, int]:
        """Return what is agreed by year, schedule and budget alike, what is held, and for whom."""
        year = next(one for one in half_paid.ask(record_years).years if one.awards)
        schedule = paper(half_paid, "finance", NOW).whole
        areas = half_paid.ask(partial(round_budget, round_id=1)).areas
        name = the_award(half_paid).organisation
        known = half_paid.ask(partial(organisations, today=DAY, viewer=OFFICE_VIEWER))
        (line,) = (one for one in known if one.name == name)
        (agreed,) = {
            awarded_pence(year.awards),
            schedule.amount_pence - schedule.proposed_pence,
            sum(one.decided_pence for one in areas),
            sum(one.rounds[0].decided_pence for one in areas),
        }
        return agreed, sum(one.project_used_pence for one in areas), line.awarded_pence

    row = the_award(half_paid)
    assert (row.agreed_pence, row.proposed_pence, row.stands_pence) == (100_000, 90_000, 100_000)
    assert row.proposed_words == "£900.00 is proposed, £1,000.00 agreed"
    assert row.pence_on(DAY) == 100_000
    assert (told(), sums()) == ((True, True, True), (300_000, 300_000, 100_000))
    sign_anew(half_paid)
    row = the_award(half_paid)
    assert (row.agreed_pence, row.proposed_pence, row.proposed_words) == (90_000, None, "")
    assert row.pence_on(DAY) == 90_000
    assert (told(), sums()) == ((False, False, False), (290_000, 290_000, 90_000))


def test_public_lists_have_the_sum_name_and_days_that_both_have_signed(half_paid: Record) -> None:
    before, days = the_award(half_paid), (date(2027, 2, 1), date(2028, 1, 31))
    half_paid.perform(SetPublisher("360G-Example", "GB-GOR-PB999"), OFFICER)
    vary(half_paid, amount_pence=90_000, start_on=days[0], end_on=days[1], recipient="Kites")

    def lists() -> list[tuple[object, ...]]:
        made = paper(half_paid, "publication", NOW, month=DAY.replace(day=1)).awards
        award = next(one for one in made if one.award.endswith("-01"))
        grant = paper(half_paid, "360giving", NOW).grants[0]
        line = next(one for one in paper(half_paid, "disclosure", NOW).lines if one.awarded_pence)
        assert {award.amount_pence, grant.awarded_pence} == {line.awarded_pence}
        assert ("£1,000 becomes £900" in award.amended) == (line.awarded_pence == 100_000)
        return [(line.awarded_pence, one.recipient, one.start_on, one.end_on) for one in (award, grant)]

    assert lists() == [(100_000, before.organisation, *before.days)] * 2
    sign_anew(half_paid)
    assert lists() == [(90_000, "Kites", *days)] * 2


FIRST = date(2026, 12, 1)
DAYS = st.integers(0, 3).map(lambda n: FIRST + timedelta(days=n))
"""So few that things often fall on one day."""
MOMENTS = st.builds(lambda day, hour: datetime.combine(day, time(hour), UTC), DAYS, st.integers(9, 12))
AWARD = AwardRow("ACF-001", "A-031-01", "Choir", "Coventry", 100_000, "", None, ())


@st.composite
def varied(draw: st.DrawFn) -> AwardRow:
    """Return an award that was varied, on days that may be one, and signed or not, anew or not."""
    made = tuple(
        VariationRow("ACF-001", n, IN_EFFECT, 1, 1, Terms(), Terms(), "less rent", day, "Una", day, at)
        for n, (day, at) in enumerate(draw(st.lists(st.tuples(DAYS, MOMENTS), min_size=1, max_size=3)), 1)
    )
    signed = draw(st.none() | DAYS)
    anew = draw(st.none() | DAYS) if signed else None
    version = draw(st.none() | st.integers(1, 3)) if signed else None
    details = AgreementDetails(signed_version=version, signed_anew_on=anew)
    return replace(AWARD, variations=made, agreed_on=signed, agreement=details)


@st.composite
def issues(draw: st.DrawFn) -> tuple[IssuedAgreement, ...]:
    moments = sorted(draw(st.sets(MOMENTS, max_size=3)))
    return tuple(IssuedAgreement(version, at) for version, at in enumerate(moments, 1))


@given(varied(), issues())
def test_the_page_wants_a_signature_where_the_letter_asks_for_one(
    award: AwardRow, times: tuple[IssuedAgreement, ...]
) -> None:
    row = replace(award, issued=times)
    days = {one.number: row.signed_as(one) for one in award.varied}

    if award.agreed_on is not None:
        assert (row.wants_agreement or row.wants_signature) == (None in days.values())
    assert not (row.wants_agreement and row.wants_signature)
    assert not row.wants_signature or (times and award.agreed_on is not None)
    signed = award.agreement.signed_anew_on or award.agreed_on
    assert set(days.values()) <= {None, signed}


def test_start_up_money_says_so_too() -> None:
    beside = Outside(start_up_pence=90_000, adds_pence=10_000, frees_pence=5_000)
    area = AreaBudget("Northmarch", Purses(0, 125_000), outside=beside + Outside(start_up_pence=20_000))

    # 900 + 200 are agreed, 100 more are held, and 1,250 − 1,200 are left
    assert (area.decided_pence, area.committed_pence, area.start_up_left_pence) == (110_000, 120_000, 5_000)
    assert together((area, area)).committed_pence == 240_000
    assert area.proposed_words == (
        "Northmarch: £50 will come free and £100 will be added to what is agreed once all have signed."
    )
