"""Asking for money back: asked for, received in parts, refused and undone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.variations import AskBack, VaryAward
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.papers.office import FROM_THE_START
from models.papers.order import PaperOrder
from models.queries.awards.agreements import grant_agreement, grant_now
from models.queries.awards.budget import round_budget
from models.queries.awards.variation_letters import award_letters
from models.record import Record
from models.values.awards import Returned, Terms
from scoring.written.text import Refused
from tests.models.operations.awards.varied_awards import MARCH, OF, half_paid, sign_anew, the_award
from tests.models.operations.budgets import allocate
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.rounds import OFFICER, assert_replays, undo

ASK = AskBack(1, OF, 1, 20_000, DAY, "two sessions were not held")
HALF = Returned(10_000, MARCH, "first part", 1)
REST = Returned(10_000, date(2027, 5, 1), "the rest", 1)


@pytest.fixture
def agreed(record: Record) -> Record:
    return half_paid(record)


def test_money_is_asked_back_and_comes_in_parts(agreed: Record) -> None:
    outcome = agreed.perform(ASK, OFFICER)
    assert outcome.words == "£200.00 of A-031-01 is asked back."
    assert the_award(agreed).stands_pence == 100_000

    agreed.perform(SetReturned(1, OF, (HALF,), ()), FINANCE)

    (asked,) = the_award(agreed).asked_back
    assert asked.received(the_award(agreed).returned) == (HALF,)
    assert asked.outstanding_pence(the_award(agreed).returned) == 10_000
    # 1,000 awarded less 100 recovered; 500 paid, 100 back and 100 asked: 300 may be asked.
    assert (the_award(agreed).stands_pence, the_award(agreed).may_be_asked_pence) == (90_000, 30_000)
    told = grant_now(the_award(agreed), ())
    assert (told.asked_back_pence, told.to_pay_back_pence, told.other_back_pence) == (20_000, 10_000, 0)
    with pytest.raises(Refused, match="came back for this request"):
        undo(agreed, outcome)
    assert_replays(agreed)


def test_its_letter_tells_the_award_of_its_own_day(agreed: Record) -> None:
    agreed.perform(ASK, OFFICER)
    later = VaryAward(1, OF, 1, Terms(90_000), "fewer sessions", MARCH)
    agreed.perform(later, OFFICER)
    sign_anew(agreed, MARCH + timedelta(days=1))
    agreed.perform(replace(ASK, number=2, on=MARCH), OFFICER)
    order = PaperOrder("award-letters", datetime(2027, 3, 2, tzinfo=UTC), round_id=1)

    letters = agreed.ask(lambda s: award_letters(s, order)).letters

    # £1,000.00 as decided, £900.00 from 1 March on
    asked = [one.offered_pence for one in letters if one.asked_back_pence is not None]
    assert asked == [100_000, 90_000]
    assert [one.comes_to_pence for one in letters if one.asked_back_pence is not None] == [80_000, 50_000]
    assert letters[0].decided_by == f"{OFFICER.name}, on 1 March 2027"
    named = {"contact_name": OFFICER.name.upper(), "contact_post": "Grants Officer"}
    facts = tuple(FactChange(key, value, FROM_THE_START) for key, value in named.items())
    agreed.perform(SetOfficeFacts(facts), OFFICER)
    again = agreed.ask(lambda s: award_letters(s, order)).letters
    assert {one.decided_by.split(", on ")[0] for one in again} == {f"{OFFICER.name}, Grants Officer"}
    assert "The grant, £1,000.00, becomes £900.00" in letters[0].changes
    agreement = agreed.ask(lambda s: grant_agreement(s, replace(order, award=OF)))
    assert "£200.00 of it back; without that the grant comes to £500.00. Two " in agreement.changes[-1]


def test_a_request_is_undone_and_made_again(agreed: Record) -> None:
    undone = undo(agreed, agreed.perform(ASK, OFFICER))
    assert undone.words == "£200.00 of A-031-01 is not asked back any more."
    assert the_award(agreed).asked_back == ()

    undo(agreed, undone)

    assert the_award(agreed).asked_back[0].reason == "two sessions were not held"
    agreed.perform(replace(ASK, number=2, amount_pence=1), OFFICER)
    with pytest.raises(Refused, match="changed in the meantime"):
        agreed.perform(replace(ASK, is_back=True), OFFICER)
    assert_replays(agreed)


def test_what_comes_back_lowers_the_year_in_which_it_comes(agreed: Record) -> None:
    allocate(agreed, Coventry=400_000)
    agreed.perform(ASK, OFFICER)

    agreed.perform(SetReturned(1, OF, (HALF, REST), ()), FINANCE)

    area = agreed.ask(lambda s: round_budget(s, 1)).areas[0]
    # 1,000 + 2,000 decided and 500 paid; 100 came back by March, 100 in the year after.
    assert (area.decided_pence, area.paid_pence) == (290_000, 40_000)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (replace(ASK, number=2), "changed in the meantime"),
        (replace(ASK, amount_pence=0), "above £0.00"),
        (replace(ASK, amount_pence=50_001), r"£500\.00 of A-031-01 is paid and neither returned"),
        (replace(ASK, reason=" "), "Say why"),
        (SetReturned(1, OF, (HALF,), ()), r"£0\.00 of A-031-01 was asked back"),
    ],
)
def test_what_does_not_hold_together_is_refused(agreed: Record, operation: Operation, words: str) -> None:
    with pytest.raises(Refused, match=words):
        agreed.perform(operation, OFFICER)


def test_more_than_was_asked_does_not_come_and_what_was_paid_stays(agreed: Record) -> None:
    agreed.perform(ASK, OFFICER)

    with pytest.raises(Refused, match=r"£200\.00 of A-031-01 was asked back"):
        agreed.perform(SetReturned(1, OF, (replace(HALF, amount_pence=20_001),), ()), FINANCE)
    with pytest.raises(Refused, match="is asked back, so what was paid cannot be changed"):
        agreed.perform(PayInstalment(1, OF, 1, None, DAY), FINANCE)
