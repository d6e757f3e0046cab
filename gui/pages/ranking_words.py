"""The summary line and the pots of the ranking page, from a ranking."""

from collections import Counter
from collections.abc import Iterable, Sequence

from gui.tables.ranking_list import is_counted, left_words
from gui.text import STATUS_WORDS, column_money, counted, spoken_outcome
from gui.widgets.pot import PotFigures
from scoring.ranking import AreaStanding, Outcome, Ranking, Standing, Status

ALL_AREAS = "All areas"


def summary(ranking: Ranking, area: str | None) -> str:
    """Return the line under the title: who is ranked, what is asked, what is there, what is proposed."""
    standings = [s for s in ranking.standings if is_counted(s, area)]
    areas = [a for a in ranking.areas if area in (None, a.area)]
    show = column_money([a.pot_pence for a in areas] + [s.requested_pence for s in standings])
    asked = sum(s.requested_pence for s in standings)
    pot = sum(a.pot_pence for a in areas)
    words = f"{area or ALL_AREAS}: {_counts(standings)}. {show(asked)} asked, {show(pot)} in the "
    words += "pot." if len(areas) == 1 else "pots."
    return f"{words} {_proposed(standings)}"


def outcome_counts(ranking: Ranking, area: str | None) -> Counter[Outcome]:
    """Return how many applications have each outcome."""
    return Counter(s.outcome for s in ranking.standings if s.outcome and is_counted(s, area))


def pots(ranking: Ranking) -> tuple[PotFigures, ...]:
    """Return a tile for each area; where there are several, one for all of them comes first."""
    ranked = {s.area for s in ranking.standings if s.status is Status.RANKED}
    tiles = tuple(_pot(area, is_ranked=area.area in ranked) for area in ranking.areas)
    if len(tiles) < 2:
        return tiles
    return (_whole(ranking.areas, is_ranked=bool(ranked)), *tiles)


def _counts(standings: Sequence[Standing]) -> str:
    found = Counter(s.status for s in standings)
    parts = [f"{found[Status.RANKED]:,} ranked"]
    parts += [
        f"{found[status]:,} {spoken_outcome(word)}"
        for status, word in STATUS_WORDS.items()
        if status is not Status.RANKED and found[status]
    ]
    return ", ".join(parts)


def _proposed(standings: Iterable[Standing]) -> str:
    offers = [s.offer_pence for s in standings if s.offer_pence is not None]
    if not offers:
        return "The rule proposes no money yet."
    show = column_money(offers)
    return f"The rule proposes {show(sum(offers))} for {counted(len(offers), 'application', 'applications')}."


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
