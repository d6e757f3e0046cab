"""How sure the list of one area, or of a whole round, is: what its page and its papers tell in words.

Leaving members out and other ways to combine marks are told as who fares otherwise and how, ties and
applications that lack marks apart from those that lose.
"""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from scoring.explaining.what_if import Otherwise, Without, combined_otherwise
from scoring.ranking import Outcome, Ranking
from scoring.round import Round
from scoring.sensitivity.agreement import Agreement, agreement, resampled_alpha
from scoring.sensitivity.figures import Figures, Tick, figures_of
from scoring.sensitivity.lists import most_offers
from scoring.sensitivity.optimal_allocation import OptimalAllocation, optimal_allocation
from scoring.sensitivity.robustness import OUTCOMES, Robustness, fared, robustness
from scoring.sensitivity.split import (
    STEPS,
    Beyond,
    DrawTest,
    SplitTest,
    draw_test,
    scores_on_the_grid,
    split_test,
)

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
        area, found, split, below, above, lines, without, otherwise, agreed, between, best, offers
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
