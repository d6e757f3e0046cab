"""What an agreement says, drafted from the award as it stands, and what its writer is told."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.issuing import next_issue
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.operations.awards.variations import VaryAward
from models.operations.set_up.office import SetFund
from models.papers.grant_agreement import GrantAgreement, unsettled_words
from models.papers.monitoring.monitoring import quarter_ends_on
from models.papers.order import PaperOrder
from models.queries.awards.agreements import grant_agreement, signed_as_it_stands
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.finance import finance
from models.queries.awards.year_facts import trigger_of
from models.queries.set_up.funds import fund_list
from models.record import Record
from models.reference.clauses import WITHHELD_PUBLICITY
from models.reference.fund_facts import CLAUSES, Line, with_line
from models.values.awards import MINIMAL, Instalment, Part, Subsidy, Terms, quarter_of
from tests.exchange.papers.letters.texts import text_of
from tests.models.both_signed import both_sign
from tests.models.operations.awards.test_agreement_details import REFUGE, agree_outputs
from tests.models.operations.deciding_rounds import DAY
from tests.models.rounds import OFFICER, paper, refused

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
ORDER = PaperOrder("agreement", NOW, 1)
TOLD = date(2026, 11, 2)
CONFIRM_FIRST = "First confirm in writing, as our notice of minimal financial assistance asks"


def drafted(record: Record, name: str = "ACF-001") -> GrantAgreement:
    return record.ask(partial(grant_agreement, order=replace(ORDER, award=name)))


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
    assert said.endswith("the end date is now 31 December 2027. Fewer weeks.")
    assert (found.amount_pence, found.asked_pence, found.is_first) == (90_000, 100_000, True)


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
    confirmed = Subsidy(MINIMAL, "", 0, TOLD, TOLD, TOLD, "Pat Example, Treasurer")
    decided.perform(SetSubsidy(1, "ACF-001", confirmed, Subsidy(MINIMAL, "", 0, TOLD, TOLD)), OFFICER)
    assert told() == none, "it is confirmed"

    # Of a name that is withheld no clause says that it is published.
    decided.perform(SetWithheldName(1, "ACF-001", REFUGE, None), OFFICER)

    hidden, known = (dict(drafted(decided, one).clauses)["Publicity"] for one in ("ACF-001", "ACF-002"))

    assert (drafted(decided).is_withheld, hidden) == (True, WITHHELD_PUBLICITY)
    assert "who received it" in known
    fund = next(one for one in decided.ask(fund_list) if one.rounds)
    own = with_line(fund.rules, CLAUSES, Line("publicity", "Publicity: Use our logo."))
    decided.perform(SetFund(fund.code, own, fund.rules), OFFICER)
    assert dict(drafted(decided).clauses)["Publicity"] == f"Use our logo. {WITHHELD_PUBLICITY}"


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
    agree_outputs(decided)
    drawn = drafted(decided)
    order = replace(ORDER, award=drawn.award)
    issue = decided.ask(partial(next_issue, order=order, value=drawn))
    assert issue is not None
    decided.perform(issue.operation, OFFICER)
    decided.perform(both_sign("ACF-001", NOW.date()), OFFICER)
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


APRIL = date(2026, 4, 1)
QUARTERS = tuple(Instalment(25_000, f"end of quarter {number}") for number in range(1, 5))


def paid_by_quarters(starts: date | None, ends: date | None) -> AwardRow:
    row = AwardRow("ACF-001", "A-031-01", "Choir", "Coventry", 100_000, "", None, QUARTERS)
    return replace(row, applied=replace(row.applied, start_on=starts, end_on=ends))


@given(starts=st.dates(date(2026, 1, 1), date(2027, 12, 31)), days=st.integers(0, 500))
def test_no_quarter_is_named_that_begins_after_the_end(starts: date, days: int) -> None:
    ends = date.fromordinal(starts.toordinal() + days)
    row = paid_by_quarters(starts, ends)

    for part in QUARTERS:
        number = quarter_of(trigger_of(row, part))
        assert number < 2 or quarter_ends_on(starts, number - 1) < ends
        assert number or row.not_before(part) == ends


def test_before_a_decision_there_is_none(signed: Record) -> None:
    refused("No award is decided", drafted, signed)


def test_payments_changed_since_it_was_signed_were_due_on_no_day_and_bank_details_are_asked_for(
    decided: Record,
) -> None:
    decided.perform(both_sign("ACF-001", DAY), OFFICER)
    (before, *_) = drafted(decided).parts
    new = Terms(parts=(Part(70_000, "agreement signed"), Part(30_000, "receipts", date(2027, 3, 1))))
    decided.perform(VaryAward(1, "ACF-001", 1, new, "Two parts are safer", DAY), OFFICER)

    drawn = drafted(decided)

    assert before.due_on == date(2026, 12, 31), "30 days after it is New Year's Day"
    assert [part.due_on for part in drawn.parts] == [None, date(2027, 3, 1)]
    assert (drawn.signed_on, drawn.has_account) == (None, False)
    assert paper(decided, "letters", NOW).letters[0].due == (None, date(2027, 3, 1))
    (award, *_) = decided.ask(partial(awards, round_id=1))
    assert not award.late(DAY + timedelta(days=60)), "the new version is not signed"
    (held, *_) = paper(decided, "finance", NOW).awards
    assert [part.due_on for part in held.payments] == [None, date(2027, 3, 1)]
    assert held.payments[0].not_yet == "waits for the next version of the agreement to be issued and signed"


def test_up_to_its_funds_sum_an_award_has_offer_and_agreement_in_one_letter_and_above_it_two(
    decided: Record,
) -> None:
    fund = next(one for one in decided.ask(fund_list) if one.rounds)
    decided.perform(VaryAward(1, "ACF-001", 1, Terms(90_000), "fewer weeks", DAY), OFFICER)
    told = []
    for most in (99_999, 100_000):  # ACF-001 was decided at £1,000, whatever it is varied to since
        before = next(one for one in decided.ask(fund_list) if one.code == fund.code)
        decided.perform(
            SetFund(fund.code, replace(before.rules, letter_up_to_pence=most), before.rules), OFFICER
        )
        letters = [letter.reference for letter in paper(decided, "letters", NOW).letters]
        told.append((drafted(decided).is_letter, drafted(decided, "ACF-002").is_letter, "ACF-001" in letters))

    assert told == [(False, False, True), (True, False, False)]
