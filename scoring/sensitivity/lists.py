"""Many lists of one round at once: from scores to places and offers, a row for each list.

For each area the applications are put in order and the allocation rule is followed down the list, as
`scoring.places.standings` and `scoring.allocating.allocation` do for one; a test holds the two together.
Where the tie-break rules depend on who is tied, or an organisation's cap on what was offered before, the
lists are made one by one with those very functions.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from scoring.allocating.allocation import Proposal, allocate
from scoring.allocating.organisations import most_offer, past_the_cap
from scoring.places.standings import places
from scoring.places.totals import Totals
from scoring.ranking import PotUse, Ranking, Standing
from scoring.scheme import Allocation, Side
from scoring.sensitivity.figures import HIGHEST_1E2, Array, Figures, Level, Lists, Scores, fits


def _one_by_one(figures: Figures, scores: Scores, lists: Lists, rows: Array, parts: Sequence[slice]) -> None:
    """Make lists with the functions of the official one; scores that stand alike give the same list once."""
    known: dict[bytes, tuple[Array, Array]] = {}
    columns = np.concatenate([np.arange(part.start, part.stop) for part in parts])
    for row, key in zip(rows, _standing_alike(scores, rows, columns), strict=True):
        if key not in known:
            known[key] = _as_official(figures, scores, row, parts)
        lists.offers[row, columns], lists.places[row, columns] = known[key]


def _standing_alike(scores: Scores, rows: Array, columns: Array) -> list[bytes]:
    """Return of each list all that its places hang on: how its scores compare, and what misses a floor."""
    here: Any = np.ix_(rows, columns)
    compared = [_ranks(each[here]) for each in (scores.order, scores.qualities, scores.costs)]
    return [row.tobytes() for row in np.concatenate([*compared, scores.misses[here]], axis=1)]


def _ranks(values: Array) -> Array:
    """Return how many different scores of its list are lower than each."""
    index = values.argsort(axis=1)
    ascending = np.take_along_axis(values, index, axis=1)
    ranks = np.zeros(values.shape, dtype=np.int32)
    ranks[:, 1:] = np.cumsum(ascending[:, 1:] != ascending[:, :-1], axis=1)
    found = np.empty_like(ranks)
    np.put_along_axis(found, index, ranks, axis=1)
    return found


def _as_official(figures: Figures, scores: Scores, row: int, parts: Sequence[slice]) -> tuple[Array, Array]:
    applications = {a.reference: a for a in figures.round.applications}
    listed: list[Standing] = []
    for part in parts:
        totals = _totals(figures, scores, row, part, applications)
        within = [range(part.stop - part.start)]
        placed = places(figures.scheme, totals, within, figures.round.tie_places)[0]
        listed += [
            figures.standings[part.start + n]._replace(
                place=place, tied=tied, below_threshold=totals.below_threshold[n]
            )
            for n, place, tied, _ in zip(*placed, strict=True)
        ]
    offered, place = proposals(figures, listed), {s.reference: s.place or 0 for s in listed}
    order = [figures.references[n] for part in parts for n in range(part.start, part.stop)]
    offers = [offered[of].offer_pence or 0 for of in order]
    return np.array(offers), np.array([place[of] for of in order])


def proposals(figures: Figures, listed: Sequence[Standing]) -> dict[str, Proposal]:
    """Return what the allocation rule proposes down the lists of these standings, by reference."""
    present = {s.area for s in listed}
    lists = {area for pot in figures.pots if not present.isdisjoint(pot.areas) for area in pot.areas}
    areas = (area for area in figures.round.areas if area.name in lists)
    ranked = [(area, [s for s in listed if s.area == area.name]) for area in areas]
    return allocate(replace(figures.round, areas=tuple(area for area, _ in ranked)), ranked).proposals


def _totals(figures: Figures, scores: Scores, row: int, part: slice, applications: Any) -> Totals:
    standings = figures.standings[part]
    below = np.logical_or(figures.below[part], scores.misses[row, part])
    qualities, costs = scores.qualities[row, part].tolist(), scores.costs[row, part].tolist()
    return Totals(
        [applications[s.reference] for s in standings],
        [s.counting_members for s in standings],
        [q if s.quality_1e2 is not None else None for q, s in zip(qualities, standings, strict=True)],
        [c if s.cost_1e2 is not None else None for c, s in zip(costs, standings, strict=True)],
        scores.totals[row, part].tolist(),
        scores.order[row, part].tolist() if figures.scheme.is_by_price else [None] * len(standings),
        [("below",) if each else () for each in below.tolist()],
        [s.criteria for s in standings],
    )


def funded(ranking: Ranking, area: str | None = None) -> frozenset[str]:
    return frozenset(s.reference for s in ranking.standings if s.offer_pence and area in (None, s.area))


def lists_of(figures: Figures, scores: Scores) -> Lists:
    """Return the offers and places of every list."""
    count, width = scores.order.shape
    offers = np.zeros((count, width), dtype=np.int64)
    found = np.zeros((count, width), dtype=np.int32)
    asked = most_offers(figures)
    for number, (pot, (_, start, end)) in enumerate(zip(figures.pots, figures.areas, strict=True)):
        if start == end:
            continue
        here = slice(start, end)
        regular = figures.regular_levels[number]
        levels = figures.levels[:regular]
        has_room = _has_room(levels, here, scores)
        one = _AreaLists.of(figures, pot, here, asked[here], scores, levels if has_room else ())
        offers[:, here], found[:, here] = one.offers(), one.places()
        if regular is not None or not has_room:
            _one_by_one(figures, scores, Lists(offers, found), np.nonzero(one.has_ties())[0], [here])
    if past_the_cap(figures.round, list(zip(figures.references, asked.tolist(), strict=True))):
        whole = [slice(start, end) for _, start, end in figures.areas]
        _one_by_one(figures, scores, Lists(offers, found), np.arange(count), whole)
    return Lists(offers, found)


def most_offers(figures: Figures) -> Array:
    """Return the most that each application may be offered whole: its request under the caps."""
    return np.array([most_offer(figures.scheme, s.requested_pence) for s in figures.standings])


class _AreaLists(Struct, frozen=True):
    """One area's lists in order of place; every array is lists × applications in that order."""

    rule: Allocation
    available: int
    index: Array
    group: Array
    is_candidate: Array
    asked: Array
    least_part: Array

    @classmethod
    def of(
        cls,
        figures: Figures,
        pot: PotUse,
        here: slice,
        asked: Array,
        scores: Scores,
        levels: Sequence[Level],
    ) -> "_AreaLists":
        """Return an area's lists from the scores of its applications, equals parted by these levels."""
        width = here.stop - here.start
        key = _keys(levels, here, scores) * width + np.arange(width)
        key.sort(axis=1)
        index = (key % width).astype(np.int64)
        misses = scores.misses[:, here] | figures.below[here]
        candidate = np.take_along_axis(~misses | figures.excepted[here], index, axis=1)
        parts = _least_parts(figures, here)
        return cls(
            figures.scheme.allocation,
            pot.available_pence,
            index,
            key // width,
            candidate,
            np.where(candidate, asked[index], 0),
            parts[index],
        )

    def places(self) -> Array:
        return self._back(_starts(self.group) + 1)

    def has_ties(self) -> Array:
        """Return which lists have two applications that nothing here parts."""
        return (self.group[:, 1:] == self.group[:, :-1]).any(axis=1)

    def offers(self) -> Array:
        """Return what each is offered, in the order of the area's rows.

        The money goes down the lists tie by tie. `skip` goes past what does not fit, unless some of a tie
        would; the others stop there, with `part` once what is left is enough for one that is alone.
        """
        width, count = self.group.T.shape
        first = np.ones((width, count), dtype=bool)
        first[1:] = self.group.T[1:] != self.group.T[:-1]
        each, candidates = (np.ascontiguousarray(one.T) for one in (self.asked, self.is_candidate))
        together, least, several = _tie_sums(first, each, candidates)
        left = np.full(count, self.available, dtype=np.int64)
        goes_on, granted, parted = (np.full(count, is_so) for is_so in (True, False, False))
        given = np.zeros((width, count), dtype=np.int64)
        for at, (begins, asked) in enumerate(zip(first, together, strict=True)):
            misses = begins & goes_on & (asked > left)
            if self.rule is Allocation.SKIP:
                goes_on &= ~(misses & several[at] & (least[at] <= left))
            else:
                goes_on &= ~misses
            granted = np.where(begins, goes_on & (asked > 0) & (asked <= left), granted)
            left = left - np.where(begins & granted, asked, 0)
            given[at] = np.where(granted, each[at], 0)
            if self.rule is Allocation.PART:
                parted = np.where(begins, misses & ~several[at] & (left > 0), parted)
                takes = parted & candidates[at] & (left >= self.least_part[:, at])
                given[at] += np.where(takes, left, 0)
        return self._back(given.T)

    def _back(self, values: Array) -> Array:
        """Return values in the order of the area's rows."""
        found = np.empty_like(values)
        np.put_along_axis(found, self.index, values, axis=1)
        return found


def _tie_sums(first: Array, asked: Array, is_candidate: Array) -> tuple[Array, Array, Array]:
    """Return for each position the sum and least of its tie from there on, and whether it is one.

    The arrays are positions × lists; `first` says where a tie begins.
    """
    together, counted = asked.copy(), is_candidate.astype(np.int64)
    least = np.where(is_candidate, asked, np.iinfo(np.int64).max)
    for at in np.nonzero(~first[1:].all(axis=1))[0][::-1]:  # hardly any has a tie
        joins = ~first[at + 1]
        together[at] += np.where(joins, together[at + 1], 0)
        counted[at] += np.where(joins, counted[at + 1], 0)
        least[at] = np.where(joins, np.minimum(least[at], least[at + 1]), least[at])
    return together, least, counted > 1


def _keys(levels: Sequence[Level], here: slice, scores: Scores) -> Array:
    """Return one number for each application and list that puts equals down these levels of tie-breaks."""
    key = scores.order[:, here]
    for level in levels:
        shown = _level(level, here, scores)
        key = key * (int(shown.max(initial=0)) + 1) + shown
    return key


def _has_room(levels: Sequence[Level], here: slice, scores: Scores) -> bool:
    """Whether scores, these levels of the tie-breaks and the row fit into one number together."""
    widths = [int(_level(level, here, scores).max(initial=0)) + 1 for level in levels]
    return fits(int(scores.order[:, here].max(initial=0)) + 1, here.stop - here.start, *widths)


def _level(level: Level, here: slice, scores: Scores) -> Array:
    if level is Side.QUALITY:
        return HIGHEST_1E2 - scores.qualities[:, here]
    return HIGHEST_1E2 - scores.costs[:, here] if level is Side.COST else level[here]


def _starts(group: Array) -> Array:
    """Return at which position the tie of each position begins."""
    width = group.shape[1]
    position = np.broadcast_to(np.arange(width), group.shape).copy()
    position[:, 1:][group[:, 1:] == group[:, :-1]] = 0
    return np.maximum.accumulate(position, axis=1)


def _least_parts(figures: Figures, here: slice) -> Array:
    """Return the least that is enough for a part: the stated minimum, else half of what is asked."""
    minimum = {a.reference: a.minimum_pence for a in figures.round.applications}
    rows = figures.standings[here]
    stated = ((minimum[s.reference], s.requested_pence) for s in rows)
    return np.array([(asked + 1) // 2 if least is None else least for least, asked in stated])
