"""A ranking with one thing left out or changed at a time: each mark, criterion, member."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from scoring.allocating.allocation import allocate
from scoring.allocating.organisations import same_organisations
from scoring.explaining.what_if import Comparison, Trial, moved, tried
from scoring.marks.sheets import counting_sheets
from scoring.places.standings import places
from scoring.places.totals import Totals
from scoring.ranking import Ranking, Standing, Status
from scoring.round import Area, ChairDecisionKind, Round
from scoring.scheme import Combine
from scoring.sensitivity.figures import Array, Figures, is_priced
from scoring.sensitivity.scores import Lists, Scores


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
