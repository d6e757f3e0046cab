"""Many lists of one round at once: from scores to places and offers, a row for each list.

For each area the applications are put in order and the allocation rule is followed down the list, as
`scoring.places.standings` and `scoring.allocating.allocation` do for one; a test holds the two together.
Where the tie-break rules depend on who is tied, or an organisation's cap on what was offered before, the
lists are made one by one with those very functions.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from scoring.allocating.allocation import allocate, available_pence, together
from scoring.allocating.organisations import same_organisations
from scoring.explaining.what_if import Comparison, Trial, moved, tried
from scoring.marks.sheets import counting_sheets
from scoring.places.standings import places
from scoring.places.totals import Totals
from scoring.ranking import Ranking, Standing, Status
from scoring.round import Area, ChairDecisionKind, Round
from scoring.scheme import Allocation, Combine, Side
from scoring.sensitivity.figures import HIGHEST_1E2, Array, Figures, Level, Lists, Scores, fits, is_priced


def is_coupled(figures: Figures, asked: Array) -> bool:
    """Whether an organisation's cap can bind: applications of one together pass it."""
    cap = figures.scheme.cap_per_organisation_pence
    if cap is None:
        return False
    of = same_organisations(figures.round.applications)
    together: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for number, reference in enumerate(figures.references):
        together[of[reference]] += int(asked[number])
        counts[of[reference]] += 1
    return any(counts[one] > 1 and pence > cap for one, pence in together.items())


def mend(figures: Figures, scores: Scores, lists: Lists, here: slice, rows: Array) -> None:
    """Make the lists of one area one by one where the tie-break rules depend on who is tied."""
    _one_by_one(figures, scores, lists, np.nonzero(rows)[0], [here])


def mend_all(figures: Figures, scores: Scores, lists: Lists) -> None:
    """Make every list one by one, all areas in their order: what an organisation had before counts."""
    whole = [slice(start, end) for _, start, end in figures.areas]
    _one_by_one(figures, scores, lists, np.arange(scores.order.shape[0]), whole)


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
    chair = {
        d.application: d.place
        for d in figures.round.chair_decisions
        if d.kind is ChairDecisionKind.TIE and d.place is not None
    }
    found = zip(figures.pots, figures.areas, strict=True)
    pots = {start: pot for pot, (_, start, end) in found if start < end}
    ranked: list[tuple[Area, list[Standing]]] = []
    for part in parts:
        totals = _totals(figures, scores, row, part, applications)
        placed = places(figures.scheme, totals, [range(part.stop - part.start)], chair)[0]
        given = [
            figures.standings[part.start + n]._replace(
                place=place, tied=tied, below_threshold=totals.below_threshold[n]
            )
            for n, place, tied, _ in zip(*placed, strict=True)
        ]
        pot = pots[part.start] if given else ()
        ranked += [(area, [s for s in given if s.area == area.name]) for area in pot]
    offered = {
        reference: proposal.offer_pence or 0
        for allocation in allocate(replace(figures.round, areas=tuple(a for a, _ in ranked)), ranked)
        for reference, proposal in allocation.proposals.items()
    }
    place = {s.reference: s.place or 0 for _, here in ranked for s in here}
    order = [figures.standings[n].reference for part in parts for n in range(part.start, part.stop)]
    return np.array([offered.get(r, 0) for r in order]), np.array([place[r] for r in order])


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
        scores.order[row, part].tolist() if is_priced(figures) else [None] * len(standings),
        [("below",) if each else () for each in below.tolist()],
        [s.criteria for s in standings],
    )


COMBINED = (Combine.MEAN, Combine.MEDIAN, Combine.TRIMMED)
"""The ways to combine marks that are compared with the official list."""


class AmountChanged(Struct, frozen=True):
    """One application whose offer differs; pence, 0 for none."""

    reference: str
    before_pence: int
    after_pence: int


class MemberLeftOut(Struct, frozen=True):
    """What changes without one member; `incomplete` are applications that are ranked no longer then."""

    member: str
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    amounts: tuple[AmountChanged, ...]
    incomplete: tuple[str, ...]


class CombinedOtherwise(Struct, frozen=True):
    """Who enters and leaves the funded set under another way to combine marks."""

    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def leave_one_out(
    round_: Round, official: Ranking, members: Sequence[str], area: str | None = None
) -> tuple[MemberLeftOut, ...]:
    """Return what each of these members changes who has a sheet that counts.

    Under agreed marks it is the list that the mean gives which is compared, with and without the member.
    """
    counted = {sheet.member for sheet in counting_sheets(round_)}
    on_mean = round_.scheme.combine is Combine.CONSENSUS
    before = tried(round_, Trial(combine=Combine.MEAN)) if on_mean else official
    combine = Combine.MEAN if on_mean else None
    return tuple(
        _left_out(member, Comparison(before, tried(round_, Trial(combine=combine, without=member))), area)
        for member in members
        if member in counted
    )


def combined_otherwise(
    round_: Round, official: Ranking, area: str | None = None
) -> dict[Combine, CombinedOtherwise | None]:
    """Return the change of the funded set under mean, median and trimmed; None where nothing is ranked."""
    found: dict[Combine, CombinedOtherwise | None] = {}
    for combine in COMBINED:
        other = official if combine is round_.scheme.combine else tried(round_, Trial(combine=combine))
        is_ranked = any(s.status is Status.RANKED for s in other.standings)
        before, after = funded(official, area), funded(other, area)
        change = CombinedOtherwise(tuple(sorted(after - before)), tuple(sorted(before - after)))
        found[combine] = change if is_ranked or combine is not Combine.TRIMMED else None
    return found


def funded(ranking: Ranking, area: str | None = None) -> frozenset[str]:
    """Return the references that get money in a list, whole or in part."""
    return frozenset(s.reference for s in ranking.standings if s.offer_pence and area in (None, s.area))


def _left_out(member: str, comparison: Comparison, area: str | None) -> MemberLeftOut:
    before, after = funded(comparison.before, area), funded(comparison.after, area)
    changed = moved(comparison.before, comparison.after, area)
    ranked = {s.reference for s in comparison.before.standings if s.status is Status.RANKED}
    return MemberLeftOut(
        member=member,
        enters=tuple(sorted(after - before)),
        leaves=tuple(sorted(before - after)),
        amounts=tuple(
            AmountChanged(each.reference, each.before_pence, each.after_pence)
            for each in changed
            if each.before_pence != each.after_pence
        ),
        incomplete=tuple(
            s.reference
            for s in comparison.after.standings
            if s.status is not Status.RANKED and s.reference in ranked and area in (None, s.area)
        ),
    )


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
        one = _AreaLists.of(figures, together(pot), here, asked[here], scores, levels if has_room else ())
        offers[:, here], found[:, here] = one.offers(), one.places()
        if regular is not None or not has_room:
            mend(figures, scores, Lists(offers, found), here, one.has_ties())
    if is_coupled(figures, asked):
        mend_all(figures, scores, Lists(offers, found))
    return Lists(offers, found)


def most_offers(figures: Figures) -> Array:
    """Return the most that each application may be offered whole: its request under the caps."""
    scheme = figures.scheme
    caps = [cap for cap in (scheme.cap_per_award_pence, scheme.cap_per_organisation_pence) if cap is not None]
    return np.array([min(s.requested_pence, *caps) if caps else s.requested_pence for s in figures.standings])


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
        area: Area,
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
            available_pence(area, figures.scheme),
            index,
            key // width,
            candidate,
            np.where(candidate, asked[index], 0),
            parts[index],
        )

    def places(self) -> Array:
        """Return competition places in the order of the area's rows."""
        return self._back(_starts(self.group) + 1)

    def has_ties(self) -> Array:
        """Return which lists have two applications that nothing here parts."""
        return (self.group[:, 1:] == self.group[:, :-1]).any(axis=1)

    def offers(self) -> Array:
        """Return what each is offered, in the order of the area's rows."""
        given = self._skipped() if self.rule is Allocation.SKIP else self._to_the_line()
        return self._back(given)

    def _to_the_line(self) -> Array:
        """Follow `stop` and `part`: all before the line, a part at it where it is one and is enough."""
        total = np.cumsum(self.asked, axis=1)
        over = self.is_candidate & (total > self.available)
        width = over.shape[1]
        line = np.where(over.any(axis=1), over.argmax(axis=1), width)
        at = np.minimum(line, width - 1)[:, None]
        starts = _starts(self.group)
        start = np.where(line < width, np.take_along_axis(starts, at, axis=1)[:, 0], width)
        alone = self._tied_candidates(at) == 1
        start = np.where(alone, line, start)
        given = np.where(np.arange(width) < start[:, None], self.asked, 0)
        if self.rule is Allocation.PART:
            left = self.available - given.sum(axis=1)
            enough = left >= np.take_along_axis(self.least_part, at, axis=1)[:, 0]
            part = (line < width) & alone & (left > 0) & enough
            rows = np.nonzero(part)[0]
            given[rows, line[rows]] = left[rows]
        return given

    def _tied_candidates(self, at: Array) -> Array:
        """Return how many candidates share the place of the one at a position."""
        same = self.group == np.take_along_axis(self.group, at, axis=1)
        return (same & self.is_candidate).sum(axis=1)

    def _skipped(self) -> Array:
        """Follow `skip` down the lists, tie by tie: one that straddles stops its list."""
        count, width = self.group.shape
        first = np.ones((count, width), dtype=bool)
        first[:, 1:] = self.group[:, 1:] != self.group[:, :-1]
        together, least, several = self._tie_sums(first)
        left = np.full(count, self.available, dtype=np.int64)
        goes_on, granted = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
        given = np.zeros((count, width), dtype=np.int64)
        for position in range(width):
            begins = first[:, position]
            fits_in = together[:, position] <= left
            straddles = ~fits_in & several[:, position] & (least[:, position] <= left)
            goes_on &= ~(begins & straddles)
            granted = np.where(begins, goes_on & fits_in & (together[:, position] > 0), granted)
            left = left - np.where(begins & granted, together[:, position], 0)
            given[:, position] = np.where(granted, self.asked[:, position], 0)
        return given

    def _tie_sums(self, first: Array) -> tuple[Array, Array, Array]:
        """Return for each position the sum and least of its tie from there on, and whether it is one."""
        together, counted = self.asked.copy(), self.is_candidate.astype(np.int64)
        least = np.where(self.is_candidate, self.asked, np.iinfo(np.int64).max)
        for position in range(first.shape[1] - 2, -1, -1):
            joins = ~first[:, position + 1]
            together[:, position] += np.where(joins, together[:, position + 1], 0)
            counted[:, position] += np.where(joins, counted[:, position + 1], 0)
            nearer = np.minimum(least[:, position], least[:, position + 1])
            least[:, position] = np.where(joins, nearer, least[:, position])
        return together, least, counted > 1

    def _back(self, values: Array) -> Array:
        """Return values in the order of the area's rows."""
        found = np.empty_like(values)
        np.put_along_axis(found, self.index, values, axis=1)
        return found


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
