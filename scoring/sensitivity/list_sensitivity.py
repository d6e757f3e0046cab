"""How sure the list of one area, or of a whole round, is: what its page and its papers tell in words.

An award holds with the same outcome and amount when the split moves a little and without any one member. What
is asked of each application is whether it fares as on the official list at every grid point of the quality
share within ten points, and on every list that leaves one member's sheets out.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from scoring.allocating.allocation import Proposal, by_place
from scoring.explaining.what_if import (
    MeetingEffect,
    Otherwise,
    Without,
    combined_otherwise,
    has_two_sides,
    leave_one_out,
    meeting_effect,
    not_agreed,
)
from scoring.marks.sheets import counting_sheets
from scoring.ranking import Outcome, Ranking, Standing
from scoring.round import Round
from scoring.sensitivity.agreement import Agreement, agreement, resampled_alpha
from scoring.sensitivity.figures import Array, Figures, Tick, figures_of
from scoring.sensitivity.lists import lists_of, most_offers, proposals
from scoring.sensitivity.optimal_allocation import OptimalAllocation, optimal_allocation
from scoring.sensitivity.split import (
    PER_STEP,
    STEPS,
    Beyond,
    DrawTest,
    SplitTest,
    draw_test,
    scores_on_the_grid,
    split_test,
)

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


MOST_LINES = 60
"""A chart has no more marks than this: the applications nearest the budget line by place."""


class RoundSensitivity(Struct, frozen=True):
    """What each application's badge is made from; `draws` is None where nothing is ranked by marks."""

    round: Round
    official: Ranking
    members: tuple[str, ...]
    holds: Robustness
    draws: DrawTest | None


class End(NamedTuple):
    """The first grid point beyond the interval, in tenths of a percent, and what is otherwise there.

    `tied` is a tie for the chair that stops the list, and `waits` who was funded and waits behind it.
    """

    at: int
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    tied: tuple[str, ...]
    waits: tuple[str, ...]


class ShareLine(NamedTuple):
    """One application's total where cost counts all and where quality does, in hundredths of a point."""

    reference: str
    organisation: str
    at_nought_1e2: int
    at_hundred_1e2: int
    total_1e2: int
    is_funded: bool


class Swap(NamedTuple):
    """Where the challenger spends otherwise in one area, in pence; a change has before and after."""

    area: str
    takes: tuple[tuple[str, int], ...]
    leaves: tuple[tuple[str, int], ...]
    changes: tuple[tuple[str, int, int], ...]


class ListSensitivity(Struct, frozen=True):
    """How sure a list is; `area` None is the whole round. Parts that cannot be said are None.

    `offers` are the challenger's, in pence by reference.
    """

    area: str | None
    round_sensitivity: RoundSensitivity
    split: SplitTest | None
    below: End | None
    above: End | None
    lines: tuple[ShareLine, ...]
    without: tuple[Without, ...]
    otherwise: tuple[Otherwise, ...]
    not_agreed: tuple[str, ...]
    meeting: MeetingEffect | None
    agreement: Agreement | None
    alpha_between: tuple[float, float] | None
    challenger: OptimalAllocation
    offers: tuple[tuple[str, int], ...]

    def swaps(self) -> tuple[Swap, ...]:
        """Return where the challenger spends otherwise than the list, area by area."""
        offered = dict(self.offers)
        found = []
        for area in self.round_sensitivity.official.areas:
            here = [s for s in self.round_sensitivity.official.standings if s.area == area.area]
            pairs = [(s.reference, s.offer_pence or 0, offered.get(s.reference, 0)) for s in here]
            swap = Swap(
                area.area,
                tuple((of, new) for of, old, new in pairs if new and not old),
                tuple((of, old) for of, old, new in pairs if old and not new),
                tuple((of, old, new) for of, old, new in pairs if old and new and old != new),
            )
            if self.area in (None, area.area) and (swap.takes or swap.leaves or swap.changes):
                found.append(swap)
        return tuple(found)


def round_sensitivity(
    round_: Round,
    official: Ranking,
    members: Sequence[str],
    tick: Tick = None,
    draw: Callable[..., DrawTest | None] | None = None,
) -> RoundSensitivity:
    """Return what holds, and how often random weights fund each application; `draw` is how they are drawn."""
    steps = _Steps(tick)
    found = robustness(round_, official, members, steps.between(0, 60))
    draws = None
    if round_.scheme.judged:
        draws = (draw or draw_test)(figures_of(round_, official), tick=steps.between(60, 100))
    return RoundSensitivity(round_, official, tuple(members), found, draws)


def list_sensitivity(
    found: RoundSensitivity,
    area: str | None = None,
    tick: Tick = None,
    *,
    closed: Collection[str] = (),
) -> ListSensitivity:
    """Return everything about the list of an area, or of the whole round.

    What is closed to the reader is left out of the agreement, which is told mark by mark.
    """
    step = _Steps(tick).at
    round_, official = found.round, found.official
    figures = figures_of(round_, official)
    step(10)
    split = split_test(figures, area)
    below = _end(figures, area, split.below if split else None)
    above = _end(figures, area, split.above if split else None)
    step(40)
    otherwise = tuple(combined_otherwise(round_, official, area))
    waiting = not_agreed(round_, official, area)
    meeting = meeting_effect(round_, official, area, closed)
    step(55)
    read = replace(round_, sheets=tuple(s for s in round_.sheets if s.application not in closed))
    agreed = agreement(read, found.members)
    between = resampled_alpha(agreed, found.members) if agreed is not None else None
    step(75)
    best = optimal_allocation(round_, official, area)
    step(100)
    without = tuple(
        Without(each.member, tuple(one for one in each.moved if area in (None, one.area)))
        for each in found.holds.without
    )
    lines = _lines(figures, area) if split is not None else ()
    asked = dict(zip(figures.references, most_offers(figures).tolist(), strict=True))
    offers = tuple((of, asked[of]) for of in best.taken)
    return ListSensitivity(
        area=area,
        round_sensitivity=found,
        split=split,
        below=below,
        above=above,
        lines=lines,
        without=without,
        otherwise=otherwise,
        not_agreed=waiting,
        meeting=meeting,
        agreement=agreed,
        alpha_between=between,
        challenger=best,
        offers=offers,
    )


class _Steps:
    """Tells how far the whole is from how far its parts are."""

    def __init__(self, tick: Tick) -> None:
        self._tick = tick

    def at(self, done: int) -> None:
        if self._tick is not None:
            self._tick(done, 100)

    def between(self, start: int, end: int) -> Callable[[int, int], None]:
        def tell(done: int, total: int) -> None:
            self.at(start + (end - start) * done // max(total, 1))

        return tell


def _end(figures: Figures, area: str | None, beyond: Beyond | None) -> End | None:
    """Return what is otherwise at an end; who would wait for the chair there does not leave."""
    if beyond is None:
        return None
    found, tie = fared(figures, (beyond.at,)), OUTCOMES.index(Outcome.TIE)
    tied: list[str] = []
    waits: list[str] = []
    for pot, (_, start, end) in zip(figures.pots, figures.areas, strict=True):
        ties = [n for n in range(start, end) if found.codes[0, n] == tie]
        place = {figures.references[n]: int(found.places[0, n]) for n in ties}
        if area in (None, *pot.areas) and not place.keys().isdisjoint(beyond.leaves):
            first = min(place.values())
            tied += [of for of in sorted(place) if place[of] == first]
            waits += [of for of in sorted(place) if place[of] != first and of in beyond.leaves]
    leaves = tuple(of for of in beyond.leaves if of not in (*tied, *waits))
    return End(beyond.at, beyond.enters, leaves, tuple(tied), tuple(waits))


def _lines(figures: Figures, area: str | None) -> tuple[ShareLine, ...]:
    totals = scores_on_the_grid(figures, range(STEPS + 1)).totals
    row = {s.reference: n for n, s in enumerate(figures.standings)}
    there = [s for s in figures.official.standings if s.is_ranked and area in (None, s.area)]
    last = max((n for n, s in enumerate(there) if s.offer_pence), default=0)
    start = max(min(last - MOST_LINES // 2, len(there) - MOST_LINES), 0)
    return tuple(
        ShareLine(
            s.reference,
            s.organisation,
            int(totals[0, row[s.reference]]),
            int(totals[STEPS, row[s.reference]]),
            s.total_1e2 or 0,
            bool(s.offer_pence),
        )
        for s in there[start : start + MOST_LINES]
    )
