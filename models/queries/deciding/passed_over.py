"""Who is passed over by money for one placed after it: on a reserve list, or with part of what it asked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from models.queries.awards.variations.standing_awards import withdrawn_in
from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decided_anew import DecidedRound, decided_round
from models.queries.deciding.decisions import (
    DecisionRow,
    decided_with,
    decisions,
    earlier_decisions,
    final_decisions,
)
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.session import Session
from scoring.counted import listed
from scoring.ranking import Outcome, Ranking, Standing
from scoring.schedule.lines import PanelOutcome, passed_over, stay_words

Lines = Mapping[str, RecommendationRow | DecisionRow]
FUNDED, TO_BE_FUNDED = "is funded", "is to be funded"


class OutOfOrder(NamedTuple):
    """An application with money that the order of places gives none, its area, and that in a sentence."""

    application: str
    area: str
    words: str


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
    ranking = decided_round(session, round_id).ranking
    waiting = _in_reserve(final, {*withdrawn_in(session, round_id), *given})
    found = {of: passed_over(ranking, of, waiting) for of in given}
    return tuple(
        f"{stay_words(over, of)}. The notice says so, with the reason that you give."
        for of, over in found.items()
        if over
    )


def still_passed_over(
    session: Session, round_: DecidedRound, every: Sequence[DecisionRow]
) -> Mapping[str, tuple[str, ...]]:
    """Return those in reserve today that money went past, by the application that has it."""
    if not earlier_decisions(every):
        return {}
    waiting = _in_reserve(final_decisions(every), withdrawn_in(session, round_.round_id))
    past = passed_over_since(round_.ranking, every)
    found = {one.application: tuple(of for of in one.over if of in waiting) for one in past}
    return {of: over for of, over in found.items() if over}


def out_of_order(
    session: Session, round_: DecidedRound, *, recommended: bool = False
) -> tuple[OutOfOrder, ...]:
    """Return what has money out of order as it is decided, else recommended; or as `recommended` alone.

    It is told where another placed before it has part of what it asked, as the pot ran out, or is in reserve.
    What was decided again is left out: papers tell of that, and why, by itself.
    """
    every = () if recommended else decisions(session, round_.round_id)
    lines: Lines = {
        **{row.application: row for row in recommendations(session, round_.round_id)},
        **final_decisions(every),
    }
    again = earlier_decisions(every)
    ranking, standings = round_.ranking, round_.standings
    odd = [of for of in lines if of not in again and _is_odd(of, lines, standings)]
    given = {of: line.amount_pence or 0 for of, line in lines.items()}
    over = {use.area for use in pot_uses(session, round_.round_id, given) if use.over_pence} if odd else set()
    verb, found = TO_BE_FUNDED if recommended else FUNDED, list[OutOfOrder]()
    for of in odd:
        own = standings[of]
        in_part = passed_over(ranking, of, [one for one in lines if _is_cut(one, lines, standings)])
        waiting = passed_over(ranking, of, [one for one in lines if _is_waiting(lines[one])])
        if in_part or waiting:
            how = f"{'whole' if given[of] >= own.requested_pence else 'in part'}, out of the order of places"
            beyond = " and over the pot" if own.area in over else ""
            words = f"{of} {verb} {how}{beyond}: {'; '.join(_past(in_part, waiting))}."
            found.append(OutOfOrder(of, own.area or "", words))
    return tuple(found)


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


def _is_odd(of: str, lines: Lines, standings: Mapping[str, Standing]) -> bool:
    """Whether one has money although the published rule offers it none."""
    own = standings.get(of)
    return bool(lines[of].amount_pence and own and own.outcome is not None and not own.offer_pence)


def _is_cut(of: str, lines: Lines, standings: Mapping[str, Standing]) -> bool:
    """Whether one has less than it asked for as no more was left of the pot."""
    own, pence = standings.get(of), lines[of].amount_pence
    return bool(own and pence and own.outcome is Outcome.PART and pence < own.requested_pence)


def _is_waiting(line: RecommendationRow | DecisionRow) -> bool:
    return line.outcome == PanelOutcome.RESERVE


def _past(in_part: Sequence[str], waiting: Sequence[str]) -> Iterator[str]:
    if in_part:
        gets = "gets part of what it asked for" if len(in_part) == 1 else "get part of what they asked for"
        yield f"{listed(in_part)}, placed before it, {gets}"
    if waiting:
        yield stay_words(waiting, "it")
