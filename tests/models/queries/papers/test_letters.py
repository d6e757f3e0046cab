"""The letters that decisions and applications call for, under the office's words of the day."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import next_issue, status_now
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts, SetUpOffice
from models.papers.kinds import ACKNOWLEDGEMENTS, SCHEDULE
from models.papers.kinds import KINDS as HEADED
from models.papers.letters.letter import Came, GrantNow, Letter, Missed, Placed
from models.papers.letters.letters import Letters
from models.papers.office import FROM_THE_START, NO_NAME
from models.papers.order import PaperOrder, PaperValue
from models.papers.status import DRAFT
from models.queries.awards.agreements import grant_agreement
from models.queries.deciding.decisions import recommendations
from models.queries.papers.intake_papers import acknowledgements, unnamed_day_words
from models.queries.papers.letters import letters
from models.queries.papers.paper_texts import UNSIGNED
from models.queries.papers.papers import paper_value
from models.queries.papers.to_check.questions import words_to_check
from models.queries.papers.transparency.lists import publication
from models.record import Record
from models.reference.clauses import Ending
from models.reference.defaults import ListItem
from models.values.canonical import from_text, to_text
from models.values.direct_award import BREAK_WORDS
from models.values.recommending import LineDecision
from models.values.rounds import AreaDates
from scoring.allocating.causes import Held, HeldCause
from scoring.money import pounds
from scoring.schedule.values import PLAIN, AwardSchedule
from tests.exchange.papers.letters.texts import text_of
from tests.models.operations import deciding_rounds
from tests.models.operations.awards.proposals import BOXING, MANAGER, award, direct, from_paper, propose
from tests.models.operations.awards.varied_awards import vary
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    REASON,
    decide,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
    signed,
)
from tests.models.rounds import (
    FUND,
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    refused,
    set_up_office,
    undo,
    workbook_rows,
)

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
UNPAID = (None, None, None)
HALF = GrantNow(has_account=True, is_account_checked=True, paid_on=(DAY, None, None), proof_on=UNPAID)
"""How the award that is `half_paid` stands."""


def ordered(record: Record, area: str | None = None) -> Letters:
    return record.ask(partial(letters, order=PaperOrder("letters", NOW, 1, area)))


def test_each_decided_application_gets_the_letter_of_its_outcome(decided: Record) -> None:
    found = ordered(decided)

    assert [(letter.reference, letter.kind, letter.offered_pence) for letter in found.letters] == [
        ("ACF-001", "offer", 100_000),
        ("ACF-002", "offer", 200_000),
        ("ACF-003", "reserve", None),
    ]
    assert found.control == "3 letters (2 offers, 1 in reserve), £3,000.00 offered"
    assert sum(amount for amount, _ in found.letters[0].payments) == 100_000

    # Where nobody wrote a reason the outcome says why and no score is told.
    first, _, third = ordered(decided).letters
    assert first.reason == REASON
    # £3,500 less £3,000 awarded leaves £500
    assert third.reason == ""
    assert third.held == HeldCause(Held.SHORT, "", 50_000, 300_000, 150_000, is_half=True)
    assert third.placed is None

    # Place and points are told in words where the office tells them.
    decided.perform(SetOfficeFacts((FactChange("scores_told", "Yes", FROM_THE_START),)), OFFICER)
    first, _, third = ordered(decided).letters
    assert third.placed == Placed((3, 3, False), ("Coventry",), 6_000)
    assert first.decided_by.endswith(", Chief Executive")


@pytest.mark.parametrize("reasons", [(), ("Costed", "Known to the estate", "Counted")])
def test_a_floor_is_named_in_place_of_the_code_that_says_less(
    record: Record, monkeypatch: pytest.MonkeyPatch, reasons: tuple[str, ...]
) -> None:
    codes = (ListItem("below-threshold", "It did not reach the lowest score."),)
    monkeypatch.setattr(deciding_rounds, "FUND", replace(FUND, decline_codes=codes))
    rows = deciding_rows()
    floor = replace(rows.scheme, minimum_total=Decimal(70))  # the third has 60
    agreed = tuple(replace(one, reasons=reasons) for one in rows.agreed)
    decide(recommended(record, replace(rows, scheme=floor, agreed=agreed)))

    last = ordered(record).letters[-1]

    missed = (Missed("", "70", 100),)
    assert (last.kind, last.decline_words, last.reason, last.missed) == ("decline", "", "", missed)


def test_a_referral_says_once_that_it_goes_elsewhere(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        deciding_rounds, "FUND", replace(FUND, decline_codes=(ListItem("referred", "Passed on."),))
    )
    recommended(record)
    third = record.ask(partial(recommendations, round_id=1))[-1]
    reason = "The arts fund takes it."
    passed_on = replace(third, outcome="refer", amount_pence=None, reason=reason, code="referred")
    record.perform(RecordRecommendations(1, (passed_on,)), OFFICER)
    decide(record)

    last = ordered(record).letters[-1]

    assert (last.kind, last.decline_words, last.reason) == ("refer", "", reason)
    gap = "1 letter refers an application and names no day by which the applicant hears: ACF-003 "
    assert ordered(record).to_do_words.startswith(gap)
    assert "1 letter names “another fund” and not which: ACF-003 " in ordered(record).to_do_words
    said = (("referred_to", "Arts Fund"), ("answer_by", "20 Jan 2027"))
    record.perform(SetPaperTexts(1, "letters", "ACF-003", said), OFFICER)
    found = ordered(record)
    assert (found.letters[-1].referred_to, found.letters[-1].answer_by) == ("Arts Fund", date(2027, 1, 20))
    assert found.to_do_words == ""


@pytest.mark.parametrize("taken_off", [1, 50_000])
def test_the_offer_of_a_grant_that_changed_since_says_how_and_is_paid_as_it_now_is(
    half_paid: Record, taken_off: int
) -> None:
    before = ordered(half_paid)
    done = vary(half_paid, conditions=("Tell us.",))
    same = ordered(half_paid).letters[0]
    undo(half_paid, done)
    vary(half_paid, amount_pence=100_000 - taken_off, end_on=date(2027, 9, 30), conditions=("Tell us.",))

    found = ordered(half_paid)
    first, *others = found.letters
    was = before.letters[0]

    assert (was.signed_on, was.asks_nothing) == (DAY, False), "signed and paid, no outcome said"
    assert was.now == replace(HALF, lacks_outcomes=True)
    assert replace(was, now=HALF).asks_nothing
    bare = GrantNow(paid_on=UNPAID, proof_on=UNPAID, lacks_outcomes=True, asks_days=True)
    assert (others[0].signed_on, others[0].now) == (None, bare), "an offer asks what its agreement will ask"
    as_it_is = replace(HALF, paid_on=first.now.paid_on, proof_on=first.now.proof_on)
    assert first.now == replace(as_it_is, lacks_outcomes=True), "its new version asks for the outcomes too"
    assert first.now.paid_on.count(DAY) == 1
    assert (before.letters[0].since, found.to_do_words.partition(". What")[0]) == (
        "",
        f"1 letter offers what was decided, which has changed since: {first.named}",
    )
    assert before.to_do_words == "", "nothing is said of a grant that is as it was decided"
    assert tuple(others) == before.letters[1:], "and nothing changes in another letter"
    assert first.offered_pence == 100_000, "what was decided stays"
    assert first.since.startswith(f"£1,000.00 becomes {pounds(100_000 - taken_off)}; the end date")
    assert sum(amount for amount, _ in first.payments) == 100_000 - taken_off
    assert (first.end_on, first.conditions) == (date(2027, 9, 30), ("Tell us.",))
    assert (first.is_agreed, first.signed_on) == (True, None), "the version before was signed, and paid from"
    assert (was.keeps_days, same.keeps_days, first.keeps_days) == (False, True, False)


def test_less_than_was_asked_is_a_part_offer_and_says_why(record: Record) -> None:
    signed(record).perform(first_step(*every_line()), COMMANDER)
    less = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="One session fewer.")
    record.perform(last_step(LineDecision("ACF-001"), less, LineDecision("ACF-003")), DECIDER)

    second = ordered(record).letters[1]

    assert (second.kind, second.offered_pence) == ("part-offer", 150_000)
    assert second.reason == "The patrols that the neighbours run keep the estate quiet."
    assert second.why_less == "One session fewer."
    said = (("why_less", "One session fewer is paid for."),)
    record.perform(SetPaperTexts(1, "letters", "ACF-002", said), OFFICER)
    found = ordered(record)
    assert (found.letters[1].why_less, found.to_do_words) == ("One session fewer is paid for.", "")


def test_where_a_letter_may_be_sent_goes_along_and_no_issue_keeps_it(
    decided: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = ordered(decided).letters

    found = replace(ordered(decided), letters=(replace(first, email="pat@club.example"), *others))

    assert found.without_address == ("ACF-002", "ACF-003")
    kept = to_text(found)
    assert "pat@" not in kept
    assert from_text(Letters, kept) == found

    # Letters without a reason wait by name and hold no other back.
    silent = {"ACF-003"}
    monkeypatch.setattr(Letter, "has_a_reason", property(lambda letter: letter.reference not in silent))
    found = ordered(decided)
    assert [letter.reference for letter in found.letters] == ["ACF-001", "ACF-002"]
    assert found.waiting_words.startswith("1 letter waits for a reason: ACF-003 ")
    silent |= {"ACF-001", "ACF-002"}
    refused("3 letters wait for a reason: ACF-001 ", ordered, decided)


def test_what_is_decided_has_another_letter(decided: Record) -> None:
    refused("Coventry is past that: it is decided there", given, decided)

    # Another area has no letters.
    refused("Nothing is decided there yet", ordered, decided, "Dudley")

    # The next round of the fund is the one that opens first after today.
    opens = {"Spring": date(2027, 1, 4), "Gone": NOW.date(), "Summer": date(2027, 5, 1)}
    for number, (name, day) in enumerate(opens.items(), 2):
        load(decided, replace(deciding_rows(), name=name))
        decided.perform(SetAreaDates(number, "Coventry", AreaDates(opens_on=day), AreaDates()), OFFICER)
    assert ordered(decided).next_round == ("Spring", date(2027, 1, 4))


def test_an_award_without_a_competition_has_its_own_letter_and_one_that_is_not_made_has_none(
    office: Record,
) -> None:
    made = award(office, BOXING)
    propose(office, MANAGER)
    refused = from_paper(
        office, "ACF-D26-002", "041/2026", verdict="change", outcome="decline", change_reason="no"
    )
    office.perform(refused, OFFICER)

    found = office.ask(partial(letters, order=PaperOrder("letters", NOW, direct(office))))

    assert [(letter.reference, letter.kind, letter.offered_pence) for letter in found.letters] == [
        (made, "direct-offer", 1_200_000)
    ]
    terms = (
        "We may extend the contract by up to 2 years after its end.",
        f"The contract has a break on 1 May 2027: {BREAK_WORDS[Ending.USUAL]}.",
    )
    assert found.letters[0].conditions[-2:] == terms
    assert found.letters[0].no_competition == BOXING.route_reason.strip()
    order = PaperOrder("agreement", NOW, direct(office), award=made)
    agreed = office.ask(partial(grant_agreement, order=order))
    assert (agreed.conditions[-2:], agreed.is_direct) == (terms, True)
    on_break = "with 28 days’ notice in writing, to end on its break, 1 May 2027. We may"
    assert on_break in dict(agreed.clauses)["Ending this agreement"]
    listed = office.ask(partial(publication, order=PaperOrder("publication", NOW, None, period="2026/27")))
    assert [one.conditions for one in listed.awards] == [agreed.conditions]


ORDER = PaperOrder(ACKNOWLEDGEMENTS, datetime(2026, 10, 4, 14, 5, tzinfo=UTC), 1)
DATES = AreaDates(closes_on=date(2026, 10, 5), closes_time="12:00", meets_on=date(2026, 11, 2))


def given(record: Record) -> Letters:
    found: Letters = record.ask(partial(acknowledgements, order=ORDER))
    return found


def test_each_applicant_is_told_what_came_when_and_what_happens_next(record: Record) -> None:
    plain = {"received_at": None, "area": None, "requested_pence": 100_000}
    set_up_office(record).perform(import_operation(application(2), application(10, **plain)), OFFICER)
    before, call = given(record), partial(unnamed_day_words, order=ORDER)
    assert record.ask(call).startswith("The call names no day by which applicants hear. Say it")
    record.perform(SetAreaDates(1, "Coventry", DATES, AreaDates()), OFFICER)
    record.perform(SetPaperTexts(1, "call", "", (("hear_by", "18 December 2026"),)), OFFICER)

    after = given(record)

    assert [one.reference for one in after.letters] == ["ACF-002", "ACF-010"]
    received = date(2026, 10, 2)
    assert [one.came for one in before.letters] == [
        Came(received, "09:30", "Coventry", is_checked=True),
        Came(is_checked=True),
    ]
    first = after.letters[0]
    assert first.came == Came(
        received, "09:30", "Coventry", DATES.closes_on, "12:00", is_checked=True, meets_on=DATES.meets_on
    )
    assert (before.letters[0].answer_by, first.answer_by) == (None, date(2026, 12, 18))
    assert "We will write to you with the decision once it is taken" in text_of(before, before.letters[0])
    assert ["hear_by" in words for words in before.gaps] == [True]
    assert before.gaps[0].startswith("The letters name no day by which applicants hear. Say it")
    assert (after.gaps, after.control, record.ask(call)) == ((), "2 letters", "")
    assert record.ask(partial(next_issue, order=ORDER, value=after)) is not None


def test_what_has_a_letter_of_its_own_is_named_and_one_let_in_late_is_told_so(record: Record) -> None:
    rows = tuple(application(number) for number in (1, 2, 3, 4))
    set_up_office(record).perform(import_operation(*rows), OFFICER)
    early = AreaDates(closes_on=date(2026, 10, 1))
    record.perform(SetAreaDates(1, "Coventry", early, AreaDates()), OFFICER)
    record.perform(SetGate(1, "ACF-002", "in-time", "waived", "post strike", "fail"), OFFICER)
    record.perform(SetWithdrawn(1, "ACF-004", True, "they moved"), OFFICER)

    found = given(record)

    assert [one.reference for one in found.letters] == ["ACF-001", "ACF-002"]
    (late,) = (one.came for one in found.letters[1:])
    assert late is not None
    assert (late.is_late, late.is_over, late.closes_on) == (True, True, early.closes_on)
    assert found.gaps[0].startswith(
        "2 applications have another letter, being late, not eligible or withdrawn:"
    )


def test_what_came_is_acknowledged_until_something_is_decided_on_it(record: Record) -> None:
    load(set_up_office(record), replace(deciding_rows(), sheets=(), agreed=()))

    def told(round_id: int = 1) -> list[tuple[str, bool, bool]]:
        found = record.ask(partial(acknowledgements, order=replace(ORDER, round_id=round_id))).letters
        return [(one.reference, one.came.is_checked, one.came.is_marked) for one in found]

    before = told()
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    marking = told()
    record.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)
    load(record, replace(deciding_rows(), name="Marked elsewhere"))

    of = ("ACF-001", "ACF-002", "ACF-003")
    assert before == [(one, True, False) for one in of]
    assert marking == [(one, False, False) for one in of]
    assert told() == [(one, False, True) for one in of]
    assert [is_marked for _, _, is_marked in told(2)] == [True] * 3, "no marking is to come"


def test_no_day_that_is_over_is_promised(record: Record) -> None:
    set_up_office(record).perform(import_operation(application(2)), OFFICER)
    record.perform(SetPaperTexts(1, "call", "", (("hear_by", "18 September 2026"),)), OFFICER)

    found = given(record)

    assert found.letters[0].answer_by is None
    assert found.gaps[0].startswith("The call names 18 September 2026 as the day by which applicants hear")


def head_of(record: Record, kind: str, day: date = date(2026, 12, 2)) -> PaperValue:
    order = PaperOrder(kind, datetime(day.year, day.month, day.day, 12, tzinfo=UTC), 1)
    return record.ask(partial(paper_value, order=order))


def say(record: Record, from_on: date | None = None, **facts: str) -> None:
    changes = tuple(FactChange(key, value, from_on) for key, value in facts.items())
    record.perform(SetOfficeFacts(changes), OFFICER)


def test_a_notice_prints_what_held_when_it_was_decided_whenever_it_is_printed(decided: Record) -> None:
    say(decided, from_on=date(2027, 1, 1), name="Mayor of Westmarch", address="2 New Street")
    say(decided, address="1 Old Street", from_on=date(2020, 1, 1))

    found, report = (head_of(decided, kind, date(2027, 2, 1)) for kind in ("notice", "decision-report"))

    assert (found.office, found.letterhead.address) == ("Office", "1 Old Street")
    assert (report.office, report.letterhead.address) == ("Mayor of Westmarch", "2 New Street")


@pytest.mark.parametrize("kind", [kind.code for kind in HEADED.values() if kind.fills_a_folder])
@pytest.mark.parametrize("who", ["contact_name", "signatory_letters", None])
def test_whoever_writes_letters_is_told_that_nobody_is_named_to_sign_them(
    record: Record, kind: str, who: str | None
) -> None:
    load(set_up_office(record), workbook_rows())
    say(record, telephone="0121 000 0000")
    if who is not None:
        say(record, **{who: "Cora Sample"})

    order = PaperOrder(kind, datetime(2026, 12, 2, 12, tzinfo=UTC), 1)
    found = record.ask(partial(words_to_check, order=order))

    assert found == (() if who else (UNSIGNED,))


def test_an_office_with_a_name_alone_has_the_values_that_papers_had_before(decided: Record) -> None:
    found = head_of(decided, SCHEDULE)

    assert isinstance(found, AwardSchedule)
    assert found.letterhead == PLAIN
    assert '"letterhead"' not in to_text(found)


def test_without_a_name_a_draft_says_so_and_nothing_is_issued(record: Record) -> None:
    record.perform(SetUpOffice("", (FUND,)), OFFICER)
    load(record, workbook_rows())
    order = PaperOrder(SCHEDULE, datetime(2026, 12, 2, tzinfo=UTC), 1)
    value = head_of(record, SCHEDULE)

    status = record.ask(lambda session: status_now(session, order, value))
    following = record.ask(lambda session: next_issue(session, order, value))

    assert status.words == f"{DRAFT}. {NO_NAME}"
    assert following is not None
    refused("The office has no name yet", record.perform, following.operation, OFFICER)
    say(record, name="Office of Westmarch")
    record.perform(following.operation, OFFICER)
    assert_replays(record)


def test_the_schedule_names_the_legal_power_of_its_decisions_not_the_usual_one(decided: Record) -> None:
    say(decided, legal_power="The Westmarch Order 2025, article 9")

    told = dict(head_of(decided, SCHEDULE).letterhead.words)["Legal power"]

    assert told == "Police Reform and Social Responsibility Act 2011, section 9"
