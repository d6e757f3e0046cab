"""What the ranking page says: its summary and pots, and what is about to be recorded, in counts and sums."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from gui.pages.deciding.ranking.state import RankingState, unreasoned
from gui.tables.ranking.lines import NOT_SHOWN, left_words
from gui.text import ALL_AREAS, STATUS_WORDS, column_money, counted, spoken_outcome
from gui.theme.office_words import ours
from gui.widgets.pot import PotFigures
from models.queries.deciding.round_list import OUTCOME_WORDS, Listed, Mark, RoundList, decided_words
from models.queries.deciding.trial_changes import over_lines
from models.values.recommending import RecommendationRow
from scoring.allocating.allocation import shared_words
from scoring.allocating.over_pot import left_closed, over_words
from scoring.budget.figures import FundBudget
from scoring.budget.limits import year_money
from scoring.money import short_pounds
from scoring.ranking import Outcome, PotUse, Ranking, Status
from scoring.written.text import first_of, noun, with_capital


def summary(listed: RoundList, area: str | None) -> str:
    """Return the line under the title: who is ranked, what is asked, what is there, what is proposed."""
    lines = listed.of_area(area)
    areas = listed.pots_of(area)
    asks = [line.standing.requested_pence for line in lines if not line.standing.is_closed]
    tolerance = sum(a.tolerance_pence for a in areas)
    show = column_money([*(a.pot_pence for a in areas), *asks, tolerance])
    asked, others = sum(asks), " by the others" if len(asks) < len(lines) else ""
    pot = sum(a.pot_pence for a in areas)
    words = (
        f"{area or ours(ALL_AREAS)}: {_counts(lines)}. {show(asked)} requested{others}, {show(pot)} in the "
    )
    words += noun(len(areas), "pot")
    words += f", {show(tolerance)} tolerance." if tolerance else "."
    closed = left_closed([of for area in areas for of in area.closed])
    stands = f"{with_capital(closed)}." if closed else f"{_money_words(lines)}{_over(areas)}"
    return f"{words} {stands}"


def otherwise_words(listed: RoundList, area: str | None, decided: Mapping[str, int | None]) -> str:
    """Return the line under the list on what was decided otherwise since, with both figures."""
    given = ((line.standing.reference, line.amount_pence) for line in listed.of_area(area))
    return decided_words(given, decided, short_pounds)


def year_words(listed: RoundList, area: str | None, budget: FundBudget | None) -> str:
    """Return the line under the list: the figures of the year's money, "" where none is allocated."""
    areas = {one.area for one in listed.areas if area in (None, one.area)}
    return ours(year_money(budget, areas))


def _over(areas: Sequence[PotUse]) -> str:
    """Return what is over the pot and who allows it; of several areas how many are over theirs."""
    over = [use for use in areas if use.over_pence]
    if len(areas) == 1:
        return "".join(f" {over_words(use, short_pounds)}." for use in over)
    return f" {counted(len(over), 'pot is', 'pots are')} passed." if over else ""


def outcome_counts(listed: RoundList, area: str | None) -> Counter[Mark]:
    """Return how many ranked applications have each outcome, are exceptions, or lack a reason."""
    ranked = [line for line in listed.of_area(area) if line.mark and line.is_ranked]
    counts = Counter(line.mark for line in ranked if line.mark)
    counts[Mark.EXCEPTION] = sum(line.is_exception for line in ranked)
    counts[Mark.UNREASONED] = sum(line.lacks_reason for line in ranked)
    return counts


def pots(listed: RoundList, fence: str = "", waiting: Collection[str] = ()) -> tuple[PotFigures, ...]:
    """Return a tile for each area; where there are several, one for all of them comes first.

    `fence` says what the round's money is ring-fenced for. Of the areas `waiting` for the reader's own sheets
    nothing is told that others' marks came to.
    """
    ranked = {line.standing.area for line in listed.lines if line.is_ranked} - set(waiting)
    uses = [
        use if {*use.areas}.isdisjoint(waiting) else use._replace(given_pence=0)
        for use in listed.pots_of(None)
    ]
    tiles = tuple(
        replace(_pot(use._replace(area=area), is_ranked=area in ranked), fence=fence)
        for use in uses
        for area in use.areas
    )
    if len(tiles) < 2:
        return tiles
    return (_whole(uses, is_ranked=bool(ranked)), *tiles)


def _counts(lines: Sequence[Listed]) -> str:
    found = Counter(line.standing.status for line in lines)
    ranked = found.pop(Status.RANKED, 0)
    words = f"{ranked:,} ranked"
    if len(found) == 1:
        status, number = next(iter(found.items()))
        return f"{words}, {number:,} {spoken_outcome(STATUS_WORDS[status])}"
    return f"{words}, {found.total():,} not ranked" if found else words


def _money_words(lines: Sequence[Listed]) -> str:
    recorded = _paid([line for line in lines if line.is_recorded])
    proposed = _paid([line for line in lines if not line.is_recorded])
    stale = sum(1 for line in lines if line.is_stale)
    parts = []
    if any(line.is_recorded for line in lines):
        parts.append(f"Recommended: {recorded or 'no money yet'}.")
    if proposed or not parts:
        parts.append(f"The rule proposes {proposed or 'no money yet'}.")
    if stale:
        lines_have = counted(stale, "line has", "lines have")
        parts.append(f"{lines_have} another total or place than when recorded.")
    return " ".join(parts)


def _paid(lines: Sequence[Listed]) -> str:
    amounts = [line.stands_pence for line in lines if line.stands_pence]
    if not amounts:
        return ""
    show = column_money(amounts)
    return f"{show(sum(amounts))} for {len(amounts):,}"


def _pot(use: PotUse, *, is_ranked: bool) -> PotFigures:
    money = use.to_award_pence
    used = use.given_pence * 1000 // money if money > 0 and not use.closed else None
    words = _pot_words(use, is_ranked=is_ranked)
    pot = column_money((use.pot_pence,))(use.pot_pence)
    is_whole = use.over_pence or use.closed
    spoken = f"{use.area}, {words}, the pot {pot}" if is_whole else f"{use.area}, {words} of {pot}"
    return PotFigures(
        use.area,
        use.area,
        words,
        1000 if use.over_pence else used,
        use.is_past,
        spoken,
        tip=over_words(use, short_pounds) or shared_words(use.shared_with),
        over_1e3=_over_1e3(use, money),
    )


def _over_1e3(use: PotUse, money: int) -> tuple[int, int]:
    """Return what is over a pot in thousandths of its money: what is allowed, and what is not."""
    if money <= 0:
        return 0, int(use.is_past) * 1000
    allowed = use.over_pence - use.beyond_pence
    return allowed * 1000 // money, use.beyond_pence * 1000 // money


def _pot_words(use: PotUse, *, is_ranked: bool) -> str:
    if use.closed:
        return NOT_SHOWN
    if use.over_pence:
        return left_words(use)
    if not is_ranked:
        return "Not ranked yet"
    return left_words(use) if use.left_pence else "Fully used"


def _whole(uses: Sequence[PotUse], *, is_ranked: bool) -> PotFigures:
    money = sum(max(use.to_award_pence, 0) for use in uses)
    given, left = sum(use.given_pence for use in uses), sum(use.left_pence for use in uses)
    over = sum(use.over_pence for use in uses)
    show = column_money((left, over))
    words = f"{show(left)} left" if is_ranked else "Not ranked yet"
    used = given * 1000 // money if money else None
    if any(use.closed for use in uses):
        words, used, over = NOT_SHOWN, None, 0
    return PotFigures(
        None,
        ours(ALL_AREAS),
        f"{words}, {show(over)} over" if over and is_ranked else words,
        used,
        spoken=f"{ours(ALL_AREAS)} together, {words}" + (f", {show(over)} over the pots" if over else ""),
    )


NAMED = 12
"""How many applications of one outcome are named; the rest are counted."""


def lines_of(items: Sequence[RecommendationRow], area: str | None) -> tuple[str, ...]:
    """Return the sentences of the box: where, each outcome with its count and sum."""
    if not items:
        return ("All else is recorded already, as the rule proposes it.",)
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
    )
    return (*lines, *([ties] if ties else []), *left, "They can be changed and undone until they are signed.")
