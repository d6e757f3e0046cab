"""Everything of section 7 about one round in one value."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct

from scoring.ranking import Ranking
from scoring.round import Round
from scoring.scheme import Combine
from scoring.sensitivity.agreement import Agreement, agreement
from scoring.sensitivity.draws import DRAWS, SEED, WITHIN, DrawTest, draw_test
from scoring.sensitivity.figures import figures_of
from scoring.sensitivity.one_by_one import CombinedOtherwise, MemberLeftOut, combined_otherwise, leave_one_out
from scoring.sensitivity.optimal_allocation import OptimalAllocation, optimal_allocation
from scoring.sensitivity.split import SplitTest, split_test

Tick = Callable[[int, int], None] | None
"""Called with (done, total) in hundredths of the whole; may raise to cancel."""


class DrawSettings(Struct, frozen=True):
    """How weights are drawn: how many times, from which seed, within how many points, across the split."""

    count: int = DRAWS
    seed: int = SEED
    within: Decimal = WITHIN
    is_across: bool = False


class Sensitivity(Struct, frozen=True):
    """How sure a round's list is; parts that cannot be said are None."""

    published_1e4: int
    split: SplitTest | None
    draws: DrawTest | None
    leave_one_out: tuple[MemberLeftOut, ...]
    combine: dict[Combine, CombinedOtherwise | None]
    agreement: Agreement | None
    challenger: OptimalAllocation


def sensitivity(
    round_: Round,
    official: Ranking,
    members: Sequence[str],
    settings: DrawSettings | None = None,
    tick: Tick = None,
) -> Sensitivity:
    """Return how sure the list of a whole round is; `members` are the codes of the panel in their order."""
    drawn = settings or DrawSettings()
    figures = figures_of(round_, official)
    has_marks = bool(round_.scheme.judged)

    def step(done: int) -> None:
        if tick is not None:
            tick(done, 100)

    def drawing(done: int, total: int) -> None:
        step(10 + 60 * done // total)

    split = split_test(figures)
    step(10)
    draws = None
    if has_marks:
        draws = draw_test(
            figures,
            count=drawn.count,
            seed=drawn.seed,
            within=drawn.within,
            is_across=drawn.is_across,
            tick=drawing,
        )
    left_out = leave_one_out(round_, official, members)
    step(80)
    otherwise = combined_otherwise(round_, official)
    agreed = agreement(round_, members)
    step(85)
    best = optimal_allocation(round_, official)
    step(100)
    return Sensitivity(round_.scheme.quality_1e4, split, draws, left_out, otherwise, agreed, best)
