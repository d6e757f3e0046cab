"""Does each award hold: the same outcome and amount when the split moves a little and without any one member.

What is asked of each application is whether it fares as on the official list at every grid point of the
quality share within ten points, and on every list that leaves one member's sheets out.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from scoring.allocating.allocation import Proposal, by_place
from scoring.explaining.what_if import Without, has_two_sides, leave_one_out
from scoring.marks.sheets import counting_sheets
from scoring.ranking import Outcome, Ranking, Standing
from scoring.round import Round
from scoring.sensitivity.figures import Array, Figures, Tick, figures_of
from scoring.sensitivity.lists import lists_of, most_offers, proposals
from scoring.sensitivity.split import PER_STEP, STEPS, scores_on_the_grid

MOVE_1E4 = 100_000
"""How far the quality share moves either way: ten points, in ten-thousandths of a percent."""

AT_ONCE = 50
"""Grid points worked together: between them it tells how far it is."""


class SplitMove(NamedTuple):
    """The grid point nearest the published split, in tenths of a percent, where it fares otherwise, and how.

    The pence are 0 where it gets nothing there.
    """

    at: int
    outcome: Outcome | None
    pence: int


class AwardRobustness(Struct, frozen=True):
    """What moves one application: a lower or a higher quality share, or members left out, by code."""

    reference: str
    below: SplitMove | None
    above: SplitMove | None
    without: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.below is None and self.above is None and not self.without


class Robustness(Struct, frozen=True):
    """Whether each ranked application holds, in the official order, and what leaving members out moves."""

    applications: tuple[AwardRobustness, ...]
    without: tuple[Without, ...]


def robustness(round_: Round, official: Ranking, members: Sequence[str], tick: Tick = None) -> Robustness:
    """Return what holds on a list; `members` are the codes of the panel in their order.

    Under agreed marks a member is left out of the list that the mean gives, as leaving one out always is.
    """
    counted = {sheet.member for sheet in counting_sheets(round_)}
    asked = [member for member in members if member in counted]
    points = points_near(round_)
    steps = len(points) + len(asked)
    below, above = _split_moves(figures_of(round_, official), points, tick, steps)
    without = []
    for number, each in enumerate(leave_one_out(round_, official, asked), 1):
        without.append(each)
        if tick is not None:
            tick(len(points) + number, steps)
    by = {(each.member, one.reference) for each in without for one in each.moved}
    return Robustness(
        tuple(
            AwardRobustness(
                s.reference,
                below.get(s.reference),
                above.get(s.reference),
                tuple(member for member in asked if (member, s.reference) in by),
            )
            for s in official.standings
            if s.is_ranked
        ),
        tuple(without),
    )


def points_near(round_: Round) -> tuple[int, ...]:
    """Return the grid points within ten points of the published split; none for a scheme with one side."""
    published = round_.scheme.quality_1e4
    if not has_two_sides(round_.scheme):
        return ()
    low, high = max(published - MOVE_1E4, 0), min(published + MOVE_1E4, STEPS * PER_STEP)
    return tuple(range(-(-low // PER_STEP), high // PER_STEP + 1))


OUTCOMES = tuple(Outcome)
_CODES = {outcome: code for code, outcome in enumerate(OUTCOMES)}


class Fared(NamedTuple):
    """Outcomes (their numbers in `OUTCOMES`), offers in pence, and places, lists × applications."""

    codes: Array
    offers: Array
    places: Array


def fared(figures: Figures, points: Sequence[int]) -> Fared:
    """Return what the list at each grid point gives.

    Only a tie needs the allocation once more: the rest the offers tell.
    """
    scores = scores_on_the_grid(figures, points)
    lists = lists_of(figures, scores)
    misses = scores.misses | figures.below
    asked = most_offers(figures)
    codes = np.where(lists.offers < asked, _CODES[Outcome.PART], _CODES[Outcome.FUND])
    codes = np.where(lists.offers > 0, codes, _CODES[Outcome.RESERVE])
    codes = np.where(misses & ~figures.excepted, _CODES[Outcome.BELOW], codes)
    found = Fared(codes, *lists)
    is_whole = figures.scheme.cap_per_organisation_pence is not None or not (asked > 0).all()
    known: dict[tuple[int, bytes, bytes], dict[str, Proposal]] = {}
    for parts in [figures.areas] if is_whole else [(area,) for area in figures.areas]:
        columns = [n for _, start, end in parts for n in range(start, end)]
        placed = lists.places[:, columns]
        for row in range(len(points)) if is_whole else _with_ties(placed):
            key = len(columns) and columns[0], placed[row].tobytes(), misses[row, columns].tobytes()
            if key not in known:
                known[key] = _proposed(figures, parts, lists.places[row], misses[row])
            for n in columns:
                found.codes[row, n] = _CODES[known[key][figures.references[n]].outcome]
    return found


def _with_ties(places: Array) -> Array:
    """Return the lists in which two applications share a place."""
    ordered = np.sort(places, axis=1)
    return np.nonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))[0]


def _split_moves(
    figures: Figures, points: Sequence[int], tick: Tick, steps: int
) -> tuple[dict[str, SplitMove], dict[str, SplitMove]]:
    """Return the nearest moves below and above the published split, by reference."""
    below: dict[str, SplitMove] = {}
    above: dict[str, SplitMove] = {}
    if not points or not figures.standings:
        return below, above
    offered = np.array([s.offer_pence or 0 for s in figures.standings], dtype=np.int64)
    official = np.array([-1 if s.outcome is None else _CODES[s.outcome] for s in figures.standings])
    for start in range(0, len(points), AT_ONCE):
        some = points[start : start + AT_ONCE]
        found = fared(figures, some)
        for row, column in zip(
            *np.nonzero((found.codes != official) | (found.offers != offered)), strict=True
        ):
            outcome, pence = OUTCOMES[found.codes[row, column]], int(found.offers[row, column])
            reference, move = figures.references[column], SplitMove(some[row], outcome, pence)
            if move.at * PER_STEP < figures.scheme.quality_1e4:
                below[reference] = move
            else:
                above.setdefault(reference, move)
        if tick is not None:
            tick(start + len(some), steps)
    return below, above


def _proposed(
    figures: Figures, parts: Sequence[tuple[str, int, int]], places: Array, misses: Array
) -> dict[str, Proposal]:
    """Follow the allocation down the lists of some areas, as the official one does."""
    found = (_listed(figures, places, misses, range(start, end)) for _, start, end in parts)
    return proposals(figures, [standing for listed in found for standing in listed])


def _listed(figures: Figures, places: Array, misses: Array, rows: range) -> list[Standing]:
    """Return an area's standings as they would be placed, equals in order of reference."""
    given = [int(places[n]) for n in rows]
    held = Counter(given)
    listed = [
        figures.standings[n]._replace(
            place=place,
            tied=held[place] > 1,
            below_threshold=_BELOW if misses[n] else (),
        )
        for n, place in zip(rows, given, strict=True)
    ]
    return sorted(listed, key=by_place)


_BELOW = ("below",)
