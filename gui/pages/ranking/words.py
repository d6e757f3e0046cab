"""The summary line and the pots of the ranking page, from a ranking."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gui.area_words import ALL_AREAS
from gui.round_list import Listed, Mark, RoundList
from gui.tables.ranking_list import left_words
from gui.text import STATUS_WORDS, column_money, counted, spoken_outcome
from gui.widgets.pot import PotFigures
from scoring.ranking import AreaStanding, Status


def summary(listed: RoundList, area: str | None) -> str:
    """Return the line under the title: who is ranked, what is asked, what is there, what is proposed."""
    lines = listed.of_area(area)
    areas = [a for a in listed.areas if area in (None, a.area)]
    asks = [line.standing.requested_pence for line in lines]
    show = column_money([a.pot_pence for a in areas] + asks)
    asked = sum(asks)
    pot = sum(a.pot_pence for a in areas)
    words = f"{area or ALL_AREAS}: {_counts(lines)}. {show(asked)} asked, {show(pot)} in the "
    words += "pot." if len(areas) == 1 else "pots."
    return f"{words} {_money_words(lines)}"


def outcome_counts(listed: RoundList, area: str | None) -> Counter[Mark]:
    """Return how many ranked applications have each outcome, and how many are exceptions."""
    ranked = [line for line in listed.of_area(area) if line.mark and line.is_ranked]
    counts = Counter(line.mark for line in ranked if line.mark)
    counts[Mark.EXCEPTION] = sum(line.is_exception for line in ranked)
    return counts


def pots(listed: RoundList, fence: str = "") -> tuple[PotFigures, ...]:
    """Return a tile for each area; where there are several, one for all of them comes first.

    `fence` says what the round's money is ring-fenced for.
    """
    ranked = {line.standing.area for line in listed.lines if line.is_ranked}
    found = (_pot(area, is_ranked=area.area in ranked) for area in listed.areas)
    tiles = tuple(replace(tile, fence=fence) for tile in found)
    if len(tiles) < 2:
        return tiles
    return (_whole(listed.areas, is_ranked=bool(ranked)), *tiles)


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
        parts.append(f"Recommended: {recorded}.")
    if proposed or not parts:
        parts.append(f"The rule proposes {proposed or 'no money yet'}.")
    if stale:
        parts.append(f"{counted(stale, 'total has', 'totals have')} changed since it was recorded.")
    return " ".join(parts)


def _paid(lines: Sequence[Listed]) -> str:
    amounts = [line.amount_pence for line in lines if line.amount_pence is not None]
    if not amounts:
        return ""
    show = column_money(amounts)
    return f"{show(sum(amounts))} for {len(amounts):,}"


def _pot(area: AreaStanding, *, is_ranked: bool) -> PotFigures:
    is_over = area.remaining_pence < 0
    words = _pot_words(area, is_ranked=is_ranked)
    used = area.offered_pence * 1000 // area.available_pence if area.available_pence > 0 else None
    spoken = f"{area.area}, {words} of {column_money((area.pot_pence,))(area.pot_pence)}"
    return PotFigures(area.area, area.area, words, 1000 if is_over else used, is_over, spoken)


def _pot_words(area: AreaStanding, *, is_ranked: bool) -> str:
    if area.remaining_pence < 0:
        return left_words(area)
    if not is_ranked:
        return "Not ranked yet"
    return "Fully used" if area.remaining_pence == 0 else left_words(area)


def _whole(areas: Sequence[AreaStanding], *, is_ranked: bool) -> PotFigures:
    available = sum(max(area.available_pence, 0) for area in areas)
    offered = sum(area.offered_pence for area in areas)
    left = sum(max(area.remaining_pence, 0) for area in areas)
    words = f"{column_money((left,))(left)} left" if is_ranked else "Not ranked yet"
    used = offered * 1000 // available if available else None
    return PotFigures(None, ALL_AREAS, words, used, spoken=f"{ALL_AREAS} together, {words}")
