"""Who on a reserve list is passed over by a decision that gives money to one placed after it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from models.queries.awards.variations.standing_awards import withdrawn_in
from models.queries.deciding.as_decided import as_decided
from models.queries.deciding.decisions import (
    DecisionRow,
    decided_with,
    decisions,
    earlier_decisions,
    final_decisions,
)
from models.session import Session
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.schedule.lines import PanelOutcome
from scoring.schedule.passed_over import passed_over, stay_words


class PassedOver(NamedTuple):
    """An application given money by a notice, on a day, and those before it that stayed in reserve."""

    application: str
    notice: str
    on: date
    over: tuple[str, ...]


def passed_over_since(
    ranking: Ranking, every: Sequence[DecisionRow], gone: Collection[str] = ()
) -> Iterator[PassedOver]:
    """Yield each application that had no money and was given some, past others placed before it.

    Those passed over are told as they stood with its notice; what is `gone` waits for no money.
    """
    earlier = earlier_decisions(every)
    for of, line in final_decisions(every).items():
        first = _first_money((*earlier.get(of, ()), line))
        if first is not None:
            over = passed_over(ranking, of, _in_reserve(decided_with(every, first.notice), gone))
            if over:
                yield PassedOver(of, first.notice, first.signed_on, over)


def passing_over(session: Session, round_id: int, changed: Mapping[str, int | None]) -> tuple[str, ...]:
    """Return a sentence for each application that money now, in pence, would put before others in reserve."""
    final = final_decisions(decisions(session, round_id))
    given = [of for of, pence in changed.items() if pence and of in final and not final[of].amount_pence]
    if not given:
        return ()
    ranking = rank(scored_round(as_decided(session, round_id)))
    waiting = _in_reserve(final, {*withdrawn_in(session, round_id), *given})
    found = {of: passed_over(ranking, of, waiting) for of in given}
    return tuple(
        f"{stay_words(over, of)}. The notice says so, with the reason that you give."
        for of, over in found.items()
        if over
    )


def still_passed_over(
    session: Session, round_id: int, every: Sequence[DecisionRow]
) -> Mapping[str, tuple[str, ...]]:
    """Return those in reserve today that money went past, by the application that has it."""
    if not earlier_decisions(every):
        return {}
    waiting = _in_reserve(final_decisions(every), withdrawn_in(session, round_id))
    past = passed_over_since(rank(scored_round(as_decided(session, round_id))), every)
    found = {one.application: tuple(of for of in one.over if of in waiting) for one in past}
    return {of: over for of, over in found.items() if over}


def _first_money(decided: Sequence[DecisionRow]) -> DecisionRow | None:
    """Return the decision that gave the money that stands to what had none, None where the first gave it."""
    found = None
    for was, now in pairwise(decided):
        if was.amount_pence is None or now.amount_pence is None:
            found = now
    return found if found is not None and found.amount_pence is not None else None


def _in_reserve(decided: Mapping[str, DecisionRow], gone: Collection[str]) -> frozenset[str]:
    return frozenset(
        of for of, row in decided.items() if row.outcome == PanelOutcome.RESERVE and of not in gone
    )
