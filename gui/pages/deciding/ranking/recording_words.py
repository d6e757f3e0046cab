"""What is about to be recorded, in counts and sums, before anything is done."""

from collections import Counter
from collections.abc import Mapping, Sequence

from gui.pages.deciding.ranking.state import RankingState, unreasoned
from gui.text import column_money, counted
from gui.theme.office_words import ours
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark
from models.queries.deciding.trial_changes import over_lines
from models.values.recommending import RecommendationRow, scope_of
from scoring.allocating.over_pot import left_closed, over_words, pot_uses
from scoring.money import short_pounds
from scoring.ranking import Outcome, PotUse, Ranking
from scoring.written.text import first_of, with_capital

NAMED = 12
"""How many applications of one outcome are named; the rest are counted."""

CAN_BE_UNDONE = "They can be changed and undone until they are signed."
NOTHING_ELSE = "All else is recorded already, as the rule proposes it."


def lines_of(items: Sequence[RecommendationRow], area: str | None) -> tuple[str, ...]:
    """Return the sentences of the box: where, each outcome with its count and sum."""
    if not items:
        return (NOTHING_ELSE,)
    where = area or ours("All areas")
    outcomes = [_outcome_words(mark, items) for mark in Mark if any(i.outcome == mark for i in items)]
    paid = [item.amount_pence for item in items if item.amount_pence is not None]
    total = column_money(paid)(sum(paid))
    words: tuple[str, ...] = (
        f"{where}: {', '.join(outcomes)}.",
        f"{total} in all, as the rule proposes.",
    )
    unsaid = len(unreasoned(items))
    if unsaid:
        count = counted(unsaid, "of those that get money has", "of those that get money have")
        words = (*words, f"{count} no reason yet. Each needs one before the chair signs.")
    return words


def replace_words(items: Sequence[RecommendationRow], recorded: Sequence[RecommendationRow]) -> str:
    """Return what a tick asks of those recorded otherwise, "" for none: each with what it becomes."""
    before = {row.application: row.outcome_words for row in recorded}
    found = [f"{one.application}, {before[one.application]}, becomes {one.outcome_words}" for one in items]
    if not found:
        return ""
    many = counted(
        len(found),
        "recommendation that was recorded otherwise",
        "recommendations that were recorded otherwise",
    )
    more = f"; {len(found) - NAMED:,} more" if len(found) > NAMED else ""
    return f"Also replace {many}: {'; '.join(found[:NAMED])}{more}."


def tie_words(ranking: Ranking, area: str | None) -> str:
    """Return which lines a tie keeps from being recorded, "" where none does."""
    held = [s for s in ranking.standings if s.outcome is Outcome.TIE and area in (None, s.area)]
    if not held:
        return ""
    count = counted(len(held), "application waits", "applications wait")
    return f"{count} for the chair to decide a tie: {first_of([s.reference for s in held], NAMED)}."


def references_by_outcome(items: Sequence[RecommendationRow]) -> tuple[str, ...]:
    """Return which applications get which outcome, the first of each by reference."""
    return tuple(
        f"{OUTCOME_WORDS[mark]}: {first_of([i.application for i in items if i.outcome == mark], NAMED)}."
        for mark in Mark
        if any(item.outcome == mark for item in items)
    )


def result_words(
    ranking: Ranking, items: Sequence[RecommendationRow], before: Sequence[RecommendationRow]
) -> str:
    """Return in plain sentences what was recorded, what is left of the pots, and what is still to be said.

    What was recorded `before` and stays comes out of the pots as well.
    """
    areas = {s.reference: s.area for s in ranking.standings}
    touched = {areas.get(item.application) for item in items}
    paid = {item.application: item.amount_pence or 0 for item in (*before, *items)}
    uses = [use for use in _uses(ranking, paid) if use.area in touched]
    outcomes = [_outcome_words(mark, items) for mark in Mark if any(i.outcome == mark for i in items)]
    count = counted(len(items), "recommendation is", "recommendations are")
    words = f"{count} recorded: {', '.join(outcomes)}. "
    words += _money_words(uses)
    parts = [
        item.application for item in items if item.outcome == Mark.PART and not scope_of(item.conditions)
    ]
    without = len(unreasoned(items))
    if without:
        words += f" {counted(without, 'reason is', 'reasons are')} still to be written."
    if parts:
        named = first_of(parts, NAMED)
        words += f" Still to be stated: what the part-fund of {named} pays for (P on its line)."
    return words


def _uses(ranking: Ranking, paid: Mapping[str, int]) -> tuple[PotUse, ...]:
    given = Counter[str]()
    for standing in ranking.standings:
        given[standing.area or ""] += paid.get(standing.reference, 0)
    return pot_uses(ranking.areas, given)


def _money_words(uses: Sequence[PotUse]) -> str:
    """Return what is recommended of the pots and what is left of them, then each pot that is passed."""
    if closed := left_closed([of for use in uses for of in use.closed]):
        return f"{with_capital(closed)}."
    given, left = sum(use.given_pence for use in uses), sum(use.left_pence for use in uses)
    pots = sum(use.to_award_pence for use in uses)
    show = column_money([given, left, pots])
    words = f"{show(given)} of {show(pots)} is recommended, {show(left)} is left."
    over = (f" {use.area}: {over_words(use, short_pounds)}." for use in uses if use.over_pence)
    return words + "".join(over)


def nothing_to_record(
    ranking: Ranking,
    recorded: Sequence[RecommendationRow],
    items: Sequence[RecommendationRow],
    area: str | None,
) -> str:
    """Return why there is nothing to record, "" when there is something."""
    if not items:
        ties = tie_words(ranking, area)
        if ties:
            return ties
        return "No application has all its marks yet, so the rule proposes nothing."
    if is_recorded(items, recorded):
        return "The recommendations are recorded already, as the rule proposes them."
    return ""


def is_recorded(items: Sequence[RecommendationRow], recorded: Sequence[RecommendationRow]) -> bool:
    """Whether all of these are recorded as they are."""
    before = {row.application: row for row in recorded}
    return all(before.get(item.application) == item for item in items)


def _outcome_words(mark: Mark, items: Sequence[RecommendationRow]) -> str:
    found = [item for item in items if item.outcome == mark]
    word = OUTCOME_WORDS[mark].lower()
    paid = [item.amount_pence for item in found if item.amount_pence is not None]
    return f"{word} {len(found)}" + (f" ({column_money(paid)(sum(paid))})" if paid else "")


def record_words(
    state: RankingState, items: Sequence[RecommendationRow], left: Sequence[str]
) -> tuple[str, ...]:
    """Return what is said of these before they are recorded."""
    ties = tie_words(state.figures.ranking, state.area)
    lines = (
        *lines_of(items, state.area),
        *over_lines(state.figures, items),
        *references_by_outcome(items),
    )
    return (*lines, *([ties] if ties else []), *left, CAN_BE_UNDONE)


def references(items: Sequence[RecommendationRow]) -> list[str]:
    return [item.application for item in items]
