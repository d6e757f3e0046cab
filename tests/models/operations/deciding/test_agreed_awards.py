"""Challenges to awards that are signed, varied or paid: declined anew, varied, asked back, or withdrawn."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.paying import PayInstalment
from models.operations.awards.variations import AskBack, VaryAward, WithdrawVariation
from models.operations.deciding.challenges import SetChallenge
from models.papers.letters.letter import Challenged, Replaced
from models.papers.order import PaperOrder
from models.queries.awards.awards import awards
from models.queries.awards.budget import round_budget
from models.queries.deciding.challenge_letters import challenge_letters
from models.queries.deciding.challenges import find_challenge
from models.queries.deciding.on_paper import settled_lines
from models.queries.papers.letters import letters
from models.queries.papers.notices.notice import notice
from models.record import Record
from models.values.awards import Terms
from scoring.schedule.lines import PanelOutcome
from scoring.written.text import Refused
from tests.exchange.papers.letters.texts import points_of
from tests.models.made_once import made_once
from tests.models.operations.deciding.challenged import (
    ANEW,
    APPEAL,
    UPHELD,
    add,
    anew,
    change,
    the_challenge,
)
from tests.models.operations.deciding_rounds import DECIDER, FINANCE, decided
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, assert_replays

NOW = datetime(2027, 1, 5, tzinfo=UTC)
AGREED = "ACF-001"

NOTICED_ON = date(2026, 12, 2)


@made_once
def agreed(record: Record) -> Record:
    """Have an award of £1,000 signed, its account verified, varied to £900, and a challenge to it upheld."""
    decided(record)
    ready_to_pay(record, AGREED, date(2026, 12, 4), FINANCE)
    record.perform(VaryAward(1, AGREED, 1, Terms(90_000), "less to do", date(2026, 12, 5)), OFFICER)
    add(record, of=AGREED)
    record.perform(SetChallenge(1, AGREED, 1, UPHELD, APPEAL), OFFICER)
    return record


def declined(record: Record, notice_number: str = "041/2026") -> Outcome:
    return record.perform(anew(None, notice_number, of=AGREED), DECIDER)


def state(record: Record) -> str:
    return the_challenge(record).state(ANEW)


def test_an_award_that_is_signed_and_varied_is_declined_anew_on_a_challenge(record: Record) -> None:
    agreed(record)
    assert the_challenge(record).has_agreement

    declined(record)

    assert state(record) == "Upheld: decided again, decline, notice 041/2026 of 16 Dec 2026"
    assert [row.application for row in record.ask(lambda s: awards(s, 1))] == ["ACF-002"]
    assert dict(record.ask(lambda s: settled_lines(s, 1)).amended)[AGREED] == (
        "Awarded £1,000.00 on 2 Dec 2026 (notice 031/2026), it was decided again and declined on 16 Dec 2026 "
        "(notice 041/2026)"
    )
    assert record.ask(lambda s: round_budget(s, 1)).areas[0].decided_pence == 200_000
    assert_replays(record)


def test_the_notice_that_takes_back_says_what_was_awarded(record: Record) -> None:
    agreed(record)
    declined(record)

    found = record.ask(partial(notice, order=PaperOrder("notice", NOW, round_id=1, notice="041/2026")))

    assert (found.allocations, found.by_outcome) == ((), ())
    assert [(one.reference, one.amount_pence) for one in found.taken_back] == [(AGREED, 100_000)]
    assert found.summary == (
        "This notice takes back an award, £1,000, from the Active Citizens Fund in 2026/27, and awards "
        "nothing in its place. Annex 1 sets out what is taken back. "
        f"This notice takes the place of one decision of notice 031/2026, on {AGREED}."
    )
    # £3,500 less £1,000 and £2,000 of the earlier notice, and the £1,000 that comes back.
    assert found.financial == (
        "The pot of Coventry is £3,500, of which £3,000 was decided earlier. "
        "This notice takes back £1,000; £1,500 of the pot is left.",
    )
    assert found.legal[0].startswith("The decision is taken under section 9")
    assert found.control == "0 lines, £0.00, £1,000.00 taken back"


@pytest.mark.parametrize("own", [True, False], ids=["own words", "the answer's alone"])
def test_the_letter_says_why_and_what_it_takes_the_place_of_and_never_why_it_was_awarded(
    record: Record, own: bool
) -> None:
    agreed(record)
    held, lost = the_challenge(record), anew(None, "041/2026", of=AGREED)
    line = replace(lost.lines[0], change_reason="it folds" if own else f"{held.words}, upheld.")
    if own:
        change(record, asked_by=f"The chair of {held.organisation}")
    record.perform(replace(lost, lines=(line,)), DECIDER)
    answers = record.ask(partial(challenge_letters, order=PaperOrder("challenge-letters", NOW, 1)))
    points = points_of(answers, answers.letters[-1])

    found = record.ask(partial(letters, order=PaperOrder("letters", NOW, round_id=1)))

    told = {one.reference: one for one in found.letters}
    assert told[AGREED].kind == "decline"
    assert told[AGREED].replaced == Replaced(NOTICED_ON, "031/2026", PanelOutcome.FUND, 100_000)
    assert told[AGREED].is_taken_back
    why = "it folds" if own else UPHELD.reasons
    assert (told[AGREED].reason, told[AGREED].challenged) == (why, Challenged("appeal", "upheld"))
    assert (told["ACF-002"].kind, told["ACF-002"].replaced) == ("offer", None)
    # a stranger who asks holds no award
    assert any(one.startswith("That award no longer holds: please do not sign") for one in points) == own
    goes = "follows" if own else f"goes to {held.organisation}"
    assert any(one.endswith(f"no award. Our letter on this decision {goes}.") for one in points)
    assert found.challenge_days == (5, 20)


def test_one_declined_anew_may_be_awarded_again_as_if_it_was_never_varied(record: Record) -> None:
    agreed(record)
    declined(record)

    record.perform(anew(80_000, "042/2026", of=AGREED), DECIDER)

    again = next(row for row in record.ask(lambda s: awards(s, 1)) if row.application == AGREED)
    assert (again.first_pence, again.varied, again.agreed_on, again.bank) == (80_000, (), None, None)
    assert again.variations[0].ended_because == "declined anew, notice 041/2026"


def test_a_variation_withdrawn_before_keeps_its_own_reason(record: Record) -> None:
    decided(record)
    ready_to_pay(record, AGREED, date(2026, 12, 4), FINANCE)
    record.perform(VaryAward(1, AGREED, 1, Terms(130_000), "more to do", date(2026, 12, 5)), OFFICER)
    record.perform(WithdrawVariation(1, AGREED, 1, "not needed"), OFFICER)
    add(record, of=AGREED)
    record.perform(SetChallenge(1, AGREED, 1, UPHELD, APPEAL), OFFICER)
    declined(record)

    record.perform(anew(80_000, "042/2026", of=AGREED), DECIDER)

    again = next(row for row in record.ask(lambda s: awards(s, 1)) if row.application == AGREED)
    assert [row.ended_because for row in again.variations] == ["not needed"]
    assert_replays(record)


def test_without_a_challenge_that_calls_for_it_a_signed_award_is_not_declined(record: Record) -> None:
    decided(record)
    ready_to_pay(record, AGREED, date(2026, 12, 4), FINANCE)

    with pytest.raises(Refused, match=f"The agreement on {AGREED} is signed"):
        declined(record)


def test_what_is_paid_is_asked_back_and_answers_the_challenge(record: Record) -> None:
    agreed(record)
    record.perform(PayInstalment(1, AGREED, 2, date(2026, 12, 8), None), FINANCE)
    with pytest.raises(Refused, match=r"£\d+\.00 of A-031-01 is paid, so it cannot be declined"):
        declined(record)
    assert state(record) == "Upheld: to be decided again"

    record.perform(AskBack(1, AGREED, 1, 10_000, ANEW, "decided on a challenge"), OFFICER)
    answered = record.ask(partial(find_challenge, number=1)).challenge
    named = replace(answered, carried_out_by="request 1")
    record.perform(SetChallenge(1, AGREED, 1, named, answered), OFFICER)

    assert state(record) == "Upheld: £100.00 asked back"
    answers = record.ask(partial(challenge_letters, order=PaperOrder("challenge-letters", NOW, 1)))
    assert points_of(answers, answers.letters[-1])[-1] == "£100 is asked back."


def test_a_withdrawn_application_waits_for_no_new_decision(record: Record) -> None:
    agreed(record)

    record.perform(SetWithdrawn(1, AGREED, is_withdrawn=True, reason="the applicant's wish"), OFFICER)

    assert state(record) == "Upheld: the application is withdrawn"
    assert not the_challenge(record).is_open
