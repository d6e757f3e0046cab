"""Does each award hold: the same outcome and amount when the split moves a little and without any one member.

What is asked of each application is whether it fares as on the official list at every grid point of the
quality share within ten points, and on every list that leaves one member's sheets out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from scoring.allocation import allocate
from scoring.counting import counting_sheets
from scoring.ranking import Outcome, Ranking, Standing, Status
from scoring.round import Round
from scoring.sensitivity.figures import Array, Figures, figures_of
from scoring.sensitivity.lists import Lists, lists_of
from scoring.sensitivity.split import PER_STEP, STEPS, scores_on_the_grid
from scoring.what_if import Moved, Trial, compared, has_two_sides, moved

MOVE_1E4 = 100_000
"""How far the quality share moves either way: ten points, in ten-thousandths of a percent."""

Tick = Callable[[int, int], None] | None
"""Called with (done, total); may raise to cancel."""


class Fare(NamedTuple):
    """What a list gives one application; pence, 0 where it gets nothing."""

    outcome: Outcome | None
    pence: int


class SplitMove(NamedTuple):
    """The grid point nearest the published split, in tenths of a percent, where it fares otherwise."""

    at: int
    fare: Fare


@dataclass(frozen=True, slots=True)
class Hold:
    """What moves one application: a lower or a higher quality share, or members left out, by code."""

    reference: str
    below: SplitMove | None
    above: SplitMove | None
    without: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing of it moves it."""
        return self.below is None and self.above is None and not self.without


class Without(NamedTuple):
    """Everything that fares otherwise without one member."""

    member: str
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether each ranked application holds, in the official order, and what leaving members out moves."""

    applications: tuple[Hold, ...]
    without: tuple[Without, ...]


def holds(round_: Round, official: Ranking, members: Sequence[str], tick: Tick = None) -> Holds:
    """Return what holds on a list; `members` are the codes of the panel in their order.

    Under agreed marks a member is left out of the list that the mean gives, as leaving one out always is.
    """
    counted = {sheet.member for sheet in counting_sheets(round_)}
    asked = [member for member in members if member in counted]
    points = points_near(round_)
    steps = len(points) + len(asked)
    below, above = _split_moves(figures_of(round_, official), points, _counting(tick, steps))
    without = []
    for number, member in enumerate(asked, 1):
        found = compared(round_, official, Trial(without=member))
        without.append(Without(member, moved(found.before, found.after)))
        if tick is not None:
            tick(len(points) + number, steps)
    by = {(each.member, one.reference) for each in without for one in each.moved}
    return Holds(
        tuple(
            Hold(
                s.reference,
                below.get(s.reference),
                above.get(s.reference),
                tuple(member for member in asked if (member, s.reference) in by),
            )
            for s in official.standings
            if s.status is Status.RANKED
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


def fares_at(figures: Figures, points: Sequence[int]) -> Iterator[dict[str, Fare]]:
    """Yield what each application gets at some grid points, one list after the other.

    A list follows from the places and from who misses a floor, so that lists alike are worked once.
    """
    scores = scores_on_the_grid(figures, points)
    found = lists_of(figures, scores)
    known: dict[tuple[bytes, bytes], dict[str, Fare]] = {}
    for row in range(len(points)):
        misses = scores.misses[row] | figures.below
        key = found.places[row].tobytes(), misses.tobytes()
        if key not in known:
            known[key] = _fares(figures, found, row, misses)
        yield known[key]


def _split_moves(
    figures: Figures, points: Sequence[int], tick: Callable[[int], None]
) -> tuple[dict[str, SplitMove], dict[str, SplitMove]]:
    """Return the nearest moves below and above the published split, by reference."""
    below: dict[str, SplitMove] = {}
    above: dict[str, SplitMove] = {}
    if not points or not figures.standings:
        return below, above
    wanted = {s.reference: Fare(s.outcome, s.offer_pence or 0) for s in figures.standings}
    for done, (point, fares) in enumerate(zip(points, fares_at(figures, points), strict=True), 1):
        for reference, fare in fares.items():
            if fare == wanted[reference]:
                continue
            if point * PER_STEP < figures.scheme.quality_1e4:
                below[reference] = SplitMove(point, fare)
            else:
                above.setdefault(reference, SplitMove(point, fare))
        tick(done)
    return below, above


def _fares(figures: Figures, found: Lists, row: int, misses: Array) -> dict[str, Fare]:
    areas = {area.name: area for area in figures.round.areas}
    ranked = [
        (areas[name], _listed(figures, found.places[row], misses, range(start, end)))
        for name, start, end in figures.areas
        if start < end
    ]
    within = replace(figures.round, areas=tuple(area for area, _ in ranked))
    return {
        reference: Fare(proposal.outcome, proposal.offer_pence or 0)
        for allocation in allocate(within, ranked)
        for reference, proposal in allocation.proposals.items()
    }


def _listed(figures: Figures, places: Array, misses: Array, rows: range) -> list[Standing]:
    """Return an area's standings as they would be placed, equals in order of reference."""
    given = [int(places[n]) for n in rows]
    listed = [
        figures.standings[n]._replace(
            place=place,
            tied=given.count(place) > 1,
            below_threshold=_BELOW if misses[n] else (),
        )
        for n, place in zip(rows, given, strict=True)
    ]
    return sorted(listed, key=_order)


_BELOW = ("below",)


def _order(standing: Standing) -> tuple[int, str]:
    return standing.place or 0, standing.reference


def _counting(tick: Tick, steps: int) -> Callable[[int], None]:
    def count(done: int) -> None:
        if tick is not None:
            tick(done, steps)

    return count
