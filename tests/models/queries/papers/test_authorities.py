"""Each paper names every authority that what it tells of was decided under, whatever came after it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from exchange.papers.schedule.schedule_sheets import areas_sheet
from models.operations.awards.authorities import authorised
from models.operations.awards.variations import VaryAward, WithdrawVariation
from models.record import Record
from models.values.awards import Terms
from models.values.recommending import LineDecision
from scoring.money import without_noughts
from scoring.ranking import Allowance
from tests.models.operations.awards.test_gate import by, first, over, pot_of
from tests.models.operations.awards.test_held_money import OF, RESERVE, signed_award
from tests.models.operations.awards.varied_awards import sign_anew
from tests.models.operations.budgets import allocate
from tests.models.operations.deciding_rounds import COMMANDER, DAY, DECIDER, last_step
from tests.models.rounds import OFFICER, assert_replays, paper

NEXT = DAY + timedelta(days=1)
NOW = datetime(2026, 12, 3, 15, tzinfo=UTC)
WHO = Allowance("Coventry", 966_700, "Petra Crane", "Commissioner", "The estate has nothing else.", NEXT)
OVER = "allowed by Petra Crane, Commissioner, on 3 December 2026: The estate has nothing else"


def decide(record: Record) -> None:
    """Decide £9,667 from the reserve list; nothing is left of the pot and of the year, or all of it."""
    change = replace(last_step(RESERVE, notice="032/2026"), correcting=True, on=NEXT)
    short = record.ask(change.beyond)
    given = [WHO] if short else []
    assert [one.pence for one in short] in ([], [966_700, 966_700])
    record.perform(record.ask(lambda s: authorised(s, change, given)), DECIDER)


def vary(record: Record) -> None:
    record.perform(VaryAward(1, OF, 1, Terms(1_833_300), "less to do", DAY), OFFICER)


def withdraw(record: Record) -> None:
    record.perform(WithdrawVariation(1, OF, 1, "They declined."), OFFICER)


def add_money(record: Record) -> None:
    """Give the area more money in the year and more of it in the round: nothing is over any more."""
    allocate(record, Coventry=16_000_000)
    pot_of(record, 16_000_000)


ACTS: Mapping[str, Callable[[Record], None]] = {
    "decide": decide,
    "vary": vary,
    "sign": partial(sign_anew, on=NEXT),
    "withdraw": withdraw,
    "add money": add_money,
}


def notice(record: Record) -> tuple[str, ...]:
    return tuple(map(without_noughts, paper(record, "notice", NOW, notice="032/2026").financial))


def told(record: Record) -> dict[str, str]:
    """Return what each paper says of the money, by its name."""
    (area, *_) = areas_sheet(paper(record, "schedule", NOW)).rows
    report = paper(record, "decision-report", NOW)
    funds = paper(record, "governance", NOW, None).funds
    return {
        "notice": " ".join(notice(record)),
        "schedule": without_noughts(area.allowed),
        "report": next(area.over for area in report.areas if area.area == "Coventry"),
        "governance": " ".join(words for fund in funds for words in fund.changes),
    }


@pytest.mark.parametrize(
    ("order", "unneeded"),
    [
        ("decide", 0),
        ("decide, vary", 0),
        ("decide, vary, sign", 2),
        ("decide, vary, withdraw", 0),
        ("decide, add money", 1),  # a list that was decided keeps its pot
        ("vary, decide", 0),
        ("vary, decide, sign", 2),
        ("vary, decide, withdraw", 0),
        ("vary, decide, sign, add money", 2),
        ("vary, withdraw, decide", 0),
    ],
)
def test_every_paper_names_every_authority_and_the_notice_stays_as_it_was_decided(
    record: Record, order: str, unneeded: int
) -> None:
    signed_award(record)
    allocate(record, Coventry=15_000_000)
    then: tuple[str, ...] = ()

    for act in order.split(", "):
        ACTS[act](record)
        then = notice(record) if act == "decide" else then
        assert not then or notice(record) == then, act

    assert then == (
        "The pot of Coventry is £150,000, of which £150,000 was decided earlier. This notice commits £9,667; "
        "that is £9,667 more than the pot.",
        f"Coventry: £9,667 over the pot, {OVER}.",
        f"Coventry: £9,667 over the money for 2026/27 for ACF-003, {OVER}.",
    )
    for name, words in told(record).items():
        assert words.count(OVER if name != "governance" else "Petra Crane") == 2, (name, words)
        if name in ("schedule", "report"):
            assert words.count("(no longer needed)") == unneeded, (name, words)
    assert_replays(record)


def test_money_that_came_free_before_the_decision_needs_nobody(record: Record) -> None:
    signed_award(record)
    allocate(record, Coventry=15_000_000)

    for act in ("vary", "sign", "decide"):
        ACTS[act](record)

    assert notice(record) == (
        "The pot of Coventry is £150,000, of which £140,333 is held for earlier decisions, with changes made "
        "or proposed since. "
        "This notice commits £9,667; nothing of the pot is left.",
    )
    assert not any("Petra Crane" in words for words in told(record).values())


def test_a_notice_names_who_allowed_what_was_no_longer_over_as_the_last_signed(record: Record) -> None:
    change, _ = over(record, first, 200_000)
    record.perform(by(record, change, 60_000, "Ann First"), COMMANDER)
    pot_of(record, 400_000)

    line = LineDecision("ACF-002", reason="It keeps them off the street.")
    record.perform(last_step(line, notice="032/2026"), DECIDER)

    assert notice(record)[-1] == (
        "Coventry: £600 over the pot for ACF-002 (no longer needed), allowed by Ann First, Commissioner, on "
        "2 December 2026: The hall burnt down."
    )
