"""The day that a letter bears: that of the issue that first said it."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from models.issuing import issued_status, next_issue
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts
from models.operations.set_up.rounds import CloseRound
from models.papers.kinds import CHALLENGE_LETTERS
from models.papers.letters.letters import Letters
from models.papers.order import PaperOrder
from models.queries.deciding.challenges import held_challenges
from models.queries.papers.papers import paper_value
from models.record import Record
from tests.exchange.papers.letters.texts import text_of
from tests.models.operations.deciding_rounds import DECIDER, decided
from tests.models.queries.deciding.test_challenges import add, anew, upheld
from tests.models.queries.papers.notices.test_still_open import NOW as FIRST_ASKED
from tests.models.queries.papers.notices.test_still_open import decide, unfinished
from tests.models.rounds import OFFICER

FIRST = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
LATER = FIRST + timedelta(days=9)


def drawn(record: Record, order: PaperOrder) -> Letters:
    found = record.ask(partial(paper_value, order=order))
    assert isinstance(found, Letters)
    return found


def issue(record: Record, order: PaperOrder) -> bool:
    """Issue letters; return whether that was another version."""
    following = record.ask(partial(next_issue, order=order, value=drawn(record, order)))
    if following is not None:
        record.perform(following.operation, OFFICER)
    return following is not None


def on(at: datetime, area: str | None = None, kind: str = "letters") -> PaperOrder:
    return PaperOrder(kind, at, 1, area)


def days(letters: Letters) -> list[date | None]:
    return [one.dated_on for one in letters.letters]


def test_letters_of_which_nothing_changed_are_no_other_version_on_a_later_day(record: Record) -> None:
    decided(record)
    assert issue(record, on(FIRST))

    assert days(drawn(record, on(LATER))) == [FIRST.date()] * 3
    assert drawn(record, on(LATER)).to_do == ()
    assert not issue(record, on(LATER))


def test_a_letter_that_takes_back_a_promise_names_the_one_that_made_it(record: Record) -> None:
    unfinished(record, 300_000)
    decide(record)
    assert issue(record, on(FIRST_ASKED))
    record.perform(CloseRound(1), OFFICER)

    found = drawn(record, on(FIRST_ASKED + timedelta(days=2)))

    (letter,) = (one for one in found.letters if one.reference == "ACF-004")
    assert letter.instead_of == FIRST_ASKED.date()
    assert "This letter takes the place of ours of 2 December 2026." in text_of(found, letter)


def test_a_letter_that_was_issued_with_its_area_keeps_its_day_among_those_of_the_round(
    record: Record,
) -> None:
    decided(record)
    assert issue(record, on(FIRST, "Coventry"))

    assert days(drawn(record, on(LATER))) == [FIRST.date()] * 3


def test_only_the_letter_that_changed_bears_the_new_day_and_the_others_are_named(record: Record) -> None:
    decided(record)
    issue(record, on(FIRST))
    add(record)
    record.perform(anew(50_000), DECIDER)
    record.perform(SetPaperTexts(1, "letters", "ACF-003", (("why_less", "One bus fewer."),)), OFFICER)

    found = drawn(record, on(LATER))

    assert days(found) == [FIRST.date(), FIRST.date(), LATER.date()]
    assert [one.instead_of for one in found.letters] == [None, None, FIRST.date()]
    assert (
        "2 letters say what they said when issued and keep their day: ACF-001 (5 January 2027), "
        "ACF-002 (5 January 2027). Only what is dated 14 January 2027 is still to be sent." in found.to_do
    )
    assert issue(record, on(LATER))
    assert days(drawn(record, on(LATER + timedelta(days=1)))) == days(found)


def test_an_office_that_says_when_agreements_follow_changes_offers_alone(record: Record) -> None:
    decided(record)
    issue(record, on(FIRST))
    said = FactChange("agreement_days", "10")
    record.perform(SetOfficeFacts((said,)), OFFICER)

    found = drawn(record, on(LATER))

    assert found.agreement_days == 10
    assert days(found) == [LATER.date(), LATER.date(), FIRST.date()]
    assert [one.offered_pence is None for one in found.letters] == [False, False, True]
    assert [one.instead_of for one in found.letters] == [FIRST.date(), FIRST.date(), None]


def test_an_answer_that_changed_takes_the_place_of_the_one_before(record: Record) -> None:
    upheld(record)
    order = on(FIRST, kind=CHALLENGE_LETTERS)
    issue(record, order)
    assert record.ask(held_challenges)[0].waits_for_decision
    record.perform(anew(50_000), DECIDER)

    (answer,) = drawn(record, on(LATER, kind=CHALLENGE_LETTERS)).letters

    assert (answer.dated_on, answer.instead_of) == (LATER.date(), FIRST.date())
    issue(record, on(LATER, kind=CHALLENGE_LETTERS))
    (again,) = drawn(record, on(LATER + timedelta(days=3), kind=CHALLENGE_LETTERS)).letters
    assert (again.dated_on, again.instead_of) == (LATER.date(), FIRST.date())


def test_a_copy_of_issued_letters_is_made_when_they_were_issued(record: Record) -> None:
    decided(record)
    issue(record, on(FIRST))

    copy = record.ask(
        partial(issued_status, order=on(LATER), value=drawn(record, on(LATER)))  # as the command writes it
    )

    assert copy is not None
    assert copy.made_at == copy.issued_at
