"""The finance schedule from the record, and what its values refuse."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import event, update

from models.issuing import next_issue
from models.operations.awards.agreements import SignAgreement
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
from models.papers.finance import AskedBack, FinanceSchedule
from models.papers.grant_agreement import GrantAgreement
from models.papers.letters.letters import Letters
from models.papers.order import PaperOrder
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.merges import import_target
from models.queries.applications.organisations import became_of, owed_elsewhere
from models.queries.applications.reading import intake
from models.queries.awards.agreements import TO_RENEW, with_agreements
from models.queries.awards.awards import FinanceCodes, awards
from models.queries.awards.awards_page import awards_page, every_award
from models.queries.awards.finance import look_at_first
from models.queries.papers.papers import paper_value
from models.record import Record
from models.schema.awards import instalment_table
from models.values import canonical
from models.values.awards import Instalment, Returned, Terms
from models.values.payments import BankDetails
from models.values.recommending import LineDecision
from scoring.written.days import full_day
from scoring.written.text import Refused
from tests.exchange.schedule_rounds import award, payment, schedule, three_awards
from tests.models.operations.awards.varied_awards import varied_on
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    decided,
    first_step,
    last_step,
    recommended,
    signed,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import KEY, OFFICER, application, import_operation

NOW = datetime(2027, 1, 5, tzinfo=UTC)


def ordered(record: Record, area: str | None = None) -> FinanceSchedule:
    order = PaperOrder("finance", NOW, round_id=1, area=area)
    value = record.ask(partial(paper_value, order=order))
    assert isinstance(value, FinanceSchedule)
    return value


@pytest.fixture
def made(record: Record) -> Record:
    """Awards of £1,000 (agreed, codes, a supplier's number) and £2,000, each in three parts."""
    decided(record)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    codes = (FinanceCodes("", "0042", "003100", "P-007"), FinanceCodes("Coventry", "0043"))
    record.perform(SetFinanceCodes(1, codes, ()), FINANCE)
    record.perform(SetSupplierNumber(1, "ACF-001", "000123", ""), FINANCE)
    return record


def keep_account(record: Record, number: str, replacing: str | None) -> None:
    details = BankDetails("Allotment Friends 1", "08-99-99", number)
    operation = SetBankDetails.of(1, "ACF-001", details, replacing)
    beside = partial(put_bank_details, round_id=1, application="ACF-001", details=details)
    record.perform_beside(operation, beside, OFFICER)


@pytest.mark.both_engines
def test_every_instalment_stands_under_its_award_and_codes(made: Record) -> None:
    made.perform(PayInstalment(1, "ACF-001", 1, date(2026, 12, 9), None), FINANCE)

    found = ordered(made)

    first, second = found.awards
    assert [line.amount_pence for line in first.payments] == [33_000, 33_000, 34_000]
    assert first.codes == ("0043", "003100", "P-007")
    assert (first.supplier_number, second.supplier_number) == ("000123", "")
    assert (first.paid_pence, first.outstanding_pence) == (33_000, 67_000)
    assert (first.payments[0].authorised_by, first.payments[0].authorised_post) == ("Finn Pays", "Finance")
    assert (first.notice, first.decided_by, first.decided_post) == (
        "031/2026",
        "Dan Decides",
        "Chief Executive",
    )
    assert (first.agreed_on, second.agreed_on) == (DAY, None)
    assert found.control == "6 payments, £3,000.00"
    assert found.title == "Finance schedule, Active Citizens Fund, Autumn"
    assert found.months() == ((date(2026, 12, 1), 33_000, 0), (None, 0, 267_000))


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
    waits, unsettled = "£7.00 that was asked back has still to come", "9 of 9 checks are not settled"
    assert first.look_first.endswith(f"{unsettled}; {waits}")
    assert second.look_first == f"no supplier number; {unsettled}"
    held = made.ask(lambda s: with_agreements(s, 1, awards(s, 1)))
    assert [look_at_first(row) for row in held] == [waits, ""]
    varied = replace(held[0], variations=(varied_on(DAY),))
    assert look_at_first(varied) == f"{TO_RENEW}; {waits}"
    paid = made.perform(PayInstalment(1, "ACF-001", 2, date(2026, 12, 10), None), FINANCE)
    assert f"Look first: {waits}." in paid.words
    assert second.held_for == "no report yet; the agreement is not signed"

    rows = tuple(application(n + 6, organisation=f"Allotment Friends {n}") for n in (1, 2, 3))
    made.perform(replace(import_operation(*rows), round=replace(KEY, name="Spring")), OFFICER)
    owed = "its payee has still to pay back £7.00 of A-031-01"
    assert made.ask(partial(owed_elsewhere, round_id=2)) == {"ACF-007": owed}
    assert made.ask(partial(awards_page, round_id=2)).elsewhere == {"ACF-007": owed}
    assert look_at_first(held[0], owed) == f"{waits}; {owed}"
    lines = made.ask(partial(intake, round_id=2, viewer=OFFICE_VIEWER)).lines
    earlier = [one for line in lines for one in line.before.earlier]
    assert list(made.ask(partial(became_of, earlier=earlier)).values()) == [
        f"£1,000 awarded on {full_day(DAY)} (A-031-01), £660 paid, £5 came back, £7 still to be paid back",
        f"£2,000 awarded on {full_day(DAY)} (A-031-02), nothing paid yet",
        "nothing awarded",
    ]
    assert [one.decided for one in earlier] == [
        "awarded £1,000 (A-031-01), £5 of it came back",
        "awarded £2,000 (A-031-02)",
        "nothing awarded",
    ]
    made.perform(VaryAward(1, "ACF-002", 1, Terms(amount_pence=150_000), "less rent", DAY), OFFICER)
    (changed,) = made.ask(partial(became_of, earlier=[earlier[1]])).values()
    assert changed == f"£2,000 awarded on {full_day(DAY)} (A-031-02), £1,500 proposed, nothing paid yet"
    (applicant,) = made.ask(partial(import_target, round_id=2)).applicants(
        [application(8, organisation=rows[1].organisation)]
    )
    assert applicant.known is not None
    assert applicant.known.funded_pence == 150_000, "what is awarded, where it is decided"


def test_a_hold_is_told_the_recipient_and_no_paper_has_a_day_for_what_is_held(made: Record) -> None:
    """Finance, the letter of the offer and the agreement give one reason, until nothing is left to pay."""

    def told() -> tuple[list[date | None], str, list[str]]:
        orders = (PaperOrder(of, NOW, round_id=1, award="A-031-01") for of in ("letters", "agreement"))
        letters, agreement = (made.ask(partial(paper_value, order=order)) for order in orders)
        assert isinstance(letters, Letters)
        assert isinstance(agreement, GrantAgreement)
        (now,) = (one.now for one in letters.letters if one.reference == "ACF-001")
        assert now is not None
        first = ordered(made).awards[0]
        days = [line.due_on for line in first.payments if line.paid_on is None]
        return days, first.held_for, [now.held_for, agreement.held_for]

    assert any(told()[0])
    made.perform(HoldAward(1, "ACF-001", "no report yet.", ""), OFFICER)
    assert told() == ([None, None, None], "no report yet", ["no report yet."] * 2)

    made.perform(HoldAward(1, "ACF-001", "", "no report yet."), OFFICER)
    for number in (1, 2, 3):
        made.perform(PayInstalment(1, "ACF-001", number, date(2026, 12, 9), None), FINANCE)
    made.perform(HoldAward(1, "ACF-001", "no report yet", ""), OFFICER)

    assert told() == ([], "no report yet", ["", ""])


def test_what_is_not_agreed_or_not_verified_is_on_hold(made: Record) -> None:
    first, second = ordered(made).awards
    assert (first.held_for, second.held_for) == ("", "the agreement is not signed")
    made.perform(SignAgreement(1, "ACF-002", DAY, None), OFFICER)
    made.perform(CheckBankDetails(1, "ACF-001", "4958", is_checked=False), FINANCE)

    first, second = ordered(made).awards

    assert first.held_for == "the bank details are not verified"
    assert second.held_for == "there are no bank details yet"


def test_what_the_record_cannot_see_come_is_on_hold_until_a_day_or_papers_are_recorded(
    record: Record,
) -> None:
    decided(record)
    parts = ("final report", "on the day", "agreement signed", "proof of purchase")
    due = tuple(Instalment(25_000, trigger) for trigger in parts)
    before = record.ask(lambda session: awards(session, 1))[0].instalments
    record.perform(SetInstalments(1, "ACF-001", "", due, before), OFFICER)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)

    held = [line.not_yet for line in ordered(record).awards[0].payments]

    day = "for a day to be set"
    assert held == [f"waits for final report, and {day}", f"waits {day}", "", "waits for proof of purchase"]
    record.perform(SetProof(1, "ACF-001", 1, Proof(DAY, "the report"), None), OFFICER)
    record.perform(SetDue(1, "ACF-001", 2, DAY, None), OFFICER)
    assert [line.not_yet for line in ordered(record).awards[0].payments[:2]] == ["", ""]


def test_what_is_due_later_is_on_hold_until_its_day(record: Record) -> None:
    decided(record)
    today = NOW.date()
    parts = (
        Instalment(20_000, "on the day", due_on=today),
        Instalment(30_000, "on the day", due_on=today + timedelta(days=1)),
        Instalment(25_000, "end of quarter 1"),
        Instalment(25_000, "End of quarter 2"),
    )
    usual = record.ask(lambda s: awards(s, 1))[0].instalments
    record.perform(SetInstalments(1, "ACF-001", "", parts, usual), OFFICER)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)

    def held(number: int = 0, **days: date) -> list[str]:
        if days:
            record.perform(VaryAward(1, "ACF-001", number, Terms(**days), "later", DAY), OFFICER)  # type: ignore[arg-type]
        first = ordered(record).awards[0]
        (row,) = (one for one in record.ask(every_award) if one.reference == first.reference)
        barred = {number for number in range(1, 5) if row.bars(number, today)}
        assert barred == {line.number for line in first.payments if first.on_hold(line)}
        for each in barred:
            with pytest.raises(Refused, match=f"Instalment {each} of A-031-01 is not due before"):
                record.perform(PayInstalment(1, "ACF-001", each, today, None), FINANCE)
        return [first.on_hold(line).removeprefix("not due before ") for line in first.payments]

    # Without a day of its own a project starts with the agreement, on 2 December.
    assert held() == ["", "6 January 2027", "1 March 2027", "1 June 2027"]
    assert held(1, start_on=date(2026, 10, 6)) == ["", "6 January 2027", "", "5 April 2027"]
    assert held(2, end_on=date(2027, 3, 31)) == ["", "6 January 2027", "", "31 March 2027"]


def test_an_area_has_its_own_schedule(made: Record) -> None:
    assert ordered(made, "Coventry").decided_pence == 300_000
    assert ordered(made, "Coventry").title.endswith(", Coventry")
    with pytest.raises(Refused, match="No award of Dudley is made in this round yet"):
        ordered(made, "Dudley")
    with pytest.raises(Refused, match="The round has no area “Sandwell”"):
        ordered(made, "Sandwell")


def test_a_round_that_was_decided_and_gives_nothing_promises_no_award(record: Record) -> None:
    lines = [
        LineDecision(f"ACF-00{number}", "change", "decline", change_reason="Nothing fits.")
        for number in (1, 2, 3)
    ]
    signed(record).perform(first_step(*lines), COMMANDER)
    record.perform(last_step(*(LineDecision(line.application) for line in lines)), DECIDER)

    with pytest.raises(Refused, match="No award was made when this round was decided, so there is nothing"):
        ordered(record)


def test_before_a_decision_there_is_nothing_to_pay(record: Record) -> None:
    recommended(record)

    with pytest.raises(Refused, match="No award is made in this round yet, so there is nothing to pay"):
        ordered(record)


@pytest.mark.both_engines
def test_an_account_is_masked_and_flagged_and_in_no_issue(made: Record) -> None:
    keep_account(made, "55779911", "4958")

    found = ordered(made)

    assert found.awards[0].account == "••••9911"
    assert found.awards[0].account_flag == "Changed after it was verified, not verified since"
    order = PaperOrder("finance", NOW, round_id=1)
    issue = made.ask(partial(next_issue, order=order, value=found))
    assert issue is not None
    assert "55779911" not in issue.operation.content
    assert "08-99-99" not in issue.operation.content


def test_a_schedule_is_the_same_after_its_canonical_text(made: Record) -> None:
    found = ordered(made)

    assert canonical.from_text(FinanceSchedule, canonical.to_text(found)) == found


def test_instalments_that_do_not_add_up_are_refused_by_name(made: Record) -> None:
    def spoil(session: object) -> None:
        session.execute(  # type: ignore[attr-defined]
            update(instalment_table).where(instalment_table.c.number == 3).values(amount_pence=34_001)
        )
        order = PaperOrder("finance", NOW, round_id=1)
        paper_value(session, order)  # type: ignore[arg-type]

    with pytest.raises(
        Refused, match=r"instalments of A-031-01 add up to £1,000\.01, the award to £1,000\.00"
    ):
        made.try_out(spoil)


def test_the_number_of_questions_is_fixed(made: Record) -> None:
    asked: list[str] = []

    def counted(session: object) -> None:
        event.listen(session, "before_cursor_execute", lambda *call: asked.append(call[2]))
        paper_value(session, PaperOrder("finance", NOW, round_id=1))  # type: ignore[arg-type]

    made.ask(counted)

    assert len(asked) <= 41


def test_an_award_that_is_not_what_was_decided_is_refused() -> None:
    with pytest.raises(Refused, match=r"award of £0\.05, and £0\.06 was decided"):
        schedule([award(1, payment(1, 5), decided_pence=6)])


def test_awards_that_are_not_the_decisions_are_refused() -> None:
    with pytest.raises(Refused, match=r"awards add up to £3,000\.05, the decisions to £3,000\.06"):
        replace(three_awards(), decided_pence=300_006)


def test_more_cannot_come_back_than_was_paid() -> None:
    back = (Returned(6, DAY, "unspent"),)
    with pytest.raises(Refused, match=r"More came back of A-031-01 than was paid: £0\.06 of £0\.05"):
        schedule([award(1, payment(1, 5, paid=DAY), returned=back)])


def test_a_sole_payment_is_counted_as_one() -> None:
    assert schedule([award(1, payment(1, 5))]).control == "1 payment, £0.05"
