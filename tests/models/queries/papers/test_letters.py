"""The letters that decisions and applications call for, under the office's words of the day."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import next_issue, status_now
from models.operations.applications.corrections import SetWithdrawn
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts, SetUpOffice
from models.papers.kinds import ACKNOWLEDGEMENTS, SCHEDULE
from models.papers.letters.letter import GrantNow, Letter, Placed
from models.papers.letters.letters import Letters
from models.papers.office import FROM_THE_START, NO_NAME
from models.papers.order import PaperOrder
from models.papers.status import DRAFT
from models.queries.papers.papers import paper_value
from models.record import Record
from models.reference.clauses import Ending
from models.values.canonical import from_text, to_text
from models.values.direct_award import BREAK_WORDS
from models.values.recommending import LineDecision
from scoring.allocating.causes import Held, HeldCause
from scoring.money import pounds, without_noughts
from scoring.round import Area
from tests.exchange.papers.letters.texts import text_of
from tests.models.operations.awards.proposals import BOXING, MANAGER, award, direct, from_paper, propose
from tests.models.operations.awards.varied_awards import vary
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    REASON,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    signed,
)
from tests.models.rounds import (
    FUND,
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    paper,
    refused,
    set_up_office,
    undo,
    workbook_rows,
)

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


UNPAID = (None, None, None)
ASKED_AT = datetime(2026, 10, 4, 14, 5, tzinfo=UTC)
HALF = GrantNow(has_account=True, is_account_checked=True, paid_on=(DAY, None, None), proof_on=UNPAID)
"""How the award that is `half_paid` stands."""


def ordered(record: Record, area: str | None = None) -> Letters:
    return paper(record, "letters", NOW, area=area)


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


@pytest.mark.parametrize(
    ("pot", "committed", "why", "least"),
    [
        (350_000, 0, Held.SHORT, 150_000),
        (300_000, 0, Held.NONE_FREE, 0),
        (350_000, 350_000, Held.NONE_FREE, 0),
    ],
)
def test_money_that_waits_for_another_or_was_committed_before_is_not_left(
    record: Record, pot: int, committed: int, why: Held, least: int
) -> None:
    areas = (Area("Coventry", pot, committed_pence=committed), Area("Dudley", 0))
    signed(record, replace(deciding_rows(), areas=areas)).perform(first_step(*every_line()), COMMANDER)
    first, second, third = every_line()

    # £1,000 is awarded and £2,000 recommended
    held = HeldCause(why, "", 50_000 if least else 0, 300_000, least, is_half=bool(least))
    for number, lines in ((31, (first, third)), (32, (second,))):
        record.perform(last_step(*lines, notice=f"0{number}/2026"), DECIDER)
        assert ordered(record).letters[-1].held == held


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

    # A notice prints what held when it was decided, whenever it is printed.
    say(decided, from_on=date(2027, 1, 1), name="Mayor of Westmarch", address="2 New Street")
    say(decided, address="1 Old Street", from_on=date(2020, 1, 1))

    found, report = (paper(decided, kind, FEBRUARY) for kind in ("notice", "decision-report"))

    assert (found.office, found.letterhead.address) == ("Office", "1 Old Street")
    assert (report.office, report.letterhead.address) == ("Mayor of Westmarch", "2 New Street")

    say(decided, legal_power="The Westmarch Order 2025, article 9")

    told = dict(paper(decided, SCHEDULE, NOW).letterhead.words)["Legal power"]
    assert told == "Police Reform and Social Responsibility Act 2011, section 9"


def test_an_award_without_a_competition_has_its_own_letter_and_one_that_is_not_made_has_none(
    office: Record,
) -> None:
    made = award(office, BOXING)
    for number, outcome in ((2, "decline"), (3, "reserve")):
        propose(office, MANAGER)
        change = {"verdict": "change", "outcome": outcome, "change_reason": "no"}
        office.perform(from_paper(office, f"ACF-D26-00{number}", f"04{number}/2026", **change), OFFICER)

    found = paper(office, "letters", NOW, direct(office))

    assert [(letter.reference, letter.kind, letter.offered_pence) for letter in found.letters] == [
        (made, "direct-offer", 1_200_000)
    ]
    terms = (
        "We may extend the contract by up to 2 years after its end.",
        f"The contract has a break on 1 May 2027: {BREAK_WORDS[Ending.USUAL]}.",
    )
    assert found.letters[0].conditions[-2:] == terms
    assert found.letters[0].no_competition == BOXING.route_reason.strip()
    agreed = paper(office, "agreement", NOW, direct(office), award=made)
    assert (agreed.conditions[-2:], agreed.is_direct) == (terms, True)
    on_break = "with 28 days’ notice in writing, to end on its break, 1 May 2027. We may"
    assert on_break in dict(agreed.clauses)["Ending this contract"]
    listed = paper(office, "publication", NOW, None, period="2026/27")
    assert [one.conditions for one in listed.awards] == [agreed.conditions]


def test_an_award_without_a_competition_that_is_given_up_has_a_letter_and_a_proposal_none(
    office: Record,
) -> None:
    made = award(office, BOXING)
    propose(office, MANAGER)
    number = direct(office)
    for of in (made, "ACF-D26-002"):
        office.perform(SetWithdrawn(number, of, is_withdrawn=True, reason="not needed"), OFFICER)

    found = paper(office, "letters", NOW, number)

    (letter,) = found.letters
    assert (letter.reference, letter.kind, letter.was_pence) == (made, "direct-withdrawn", 1_200_000)
    said = text_of(found, letter)
    assert "This letter confirms that our award of £12,000" in said
    assert "made without a competition, was withdrawn on" in said
    assert "It will not be paid." in said
    assert "application to" not in said
    assert "apply again" not in said


def say(record: Record, from_on: date | None = None, **facts: str) -> None:
    changes = tuple(FactChange(key, value, from_on) for key, value in facts.items())
    record.perform(SetOfficeFacts(changes), OFFICER)


FEBRUARY = datetime(2027, 2, 1, tzinfo=UTC)


def test_without_a_name_a_draft_says_so_and_nothing_is_issued(record: Record) -> None:
    record.perform(SetUpOffice("", (replace(FUND, legal_power="The Act"),)), OFFICER)
    load(record, workbook_rows())
    order = PaperOrder(SCHEDULE, datetime(2026, 12, 2, tzinfo=UTC), 1)
    value = record.ask(partial(paper_value, order=order))

    status = record.ask(lambda session: status_now(session, order, value))
    following = record.ask(lambda session: next_issue(session, order, value))

    assert status.words == f"{DRAFT}. {NO_NAME}"
    assert following is not None
    refused("The office has no name yet", record.perform, following.operation, OFFICER)
    say(record, name="Office of Westmarch")
    record.perform(following.operation, OFFICER)
    say(record, legal_power="The office's Order")
    assert dict(paper(record, SCHEDULE, NOW).letterhead.words)["Legal power"] == "The Act"
    assert_replays(record)


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
    less = without_noughts(pounds(100_000 - taken_off))
    assert without_noughts(first.since).startswith(f"£1,000 becomes {less}; the end date")
    assert sum(amount for amount, _ in first.payments) == 100_000 - taken_off
    assert (first.end_on, first.conditions) == (date(2027, 9, 30), ("Tell us.",))
    assert (first.is_agreed, first.signed_on) == (True, None), "the version before was signed, and paid from"
    assert (was.keeps_days, same.keeps_days, first.keeps_days) == (False, True, False)
    assert (was.is_varied, first.is_varied) == (False, True)


def test_less_than_was_asked_is_a_part_offer_and_says_why(record: Record) -> None:
    signed(record).perform(first_step(*every_line()), COMMANDER)
    less = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="One session fewer.")
    record.perform(last_step(LineDecision("ACF-001"), less, LineDecision("ACF-003")), DECIDER)

    second = ordered(record).letters[1]

    assert (second.kind, second.offered_pence) == ("part-offer", 150_000)
    assert second.why_less == "One session fewer."
    refused("Coventry is past that: it is decided there", paper, record, ACKNOWLEDGEMENTS, ASKED_AT)
    refused("Nothing is decided there yet", ordered, record, "Dudley")


def test_no_day_that_is_over_is_promised(record: Record) -> None:
    set_up_office(record).perform(import_operation(application(2)), OFFICER)
    record.perform(SetPaperTexts(1, "call", "", (("hear_by", "18 September 2026"),)), OFFICER)

    found = paper(record, ACKNOWLEDGEMENTS, ASKED_AT)

    assert found.letters[0].answer_by is None
    assert found.gaps[0].startswith("The call names 18 September 2026 as the day by which applicants hear")
