"""How sure a list is: thousands of lists, against pymcdm making them one by one; and seconds of the rest."""

import time
from collections.abc import Callable, Iterator

import numpy as np
from msgspec.structs import replace
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM
from pymcdm.normalizations import max_normalization

from benchmarks.paired import paired, ratio
from benchmarks.rounds import MEMBERS, made_up
from benchmarks.table import Row
from scoring.explaining.what_if import leave_one_out
from scoring.rank import rank
from scoring.round import Round
from scoring.sensitivity.agreement import agreement
from scoring.sensitivity.figures import figures_of
from scoring.sensitivity.optimal_allocation import optimal_allocation
from scoring.sensitivity.split import WITHIN, draw_test, drawn_weights, split_test

DRAWS, PART = 10_000, 10
"""pymcdm makes one list in ten, and its time is taken ten times: it is slow enough to say so."""


def measure() -> Iterator[Row]:
    """Yield the ratio of the draws, and how long each other part takes for 1,000 applications."""
    yield _draws()
    round_ = contested(made_up(1_000))
    official = rank(round_)
    figures = figures_of(round_, official)
    for words, limit, work in (
        ("Split interval", 0.5, lambda: split_test(figures)),
        ("Leaving each member out", 0.5, lambda: tuple(leave_one_out(round_, official, MEMBERS))),
        ("Agreement", 1.0, lambda: agreement(round_, MEMBERS)),
        ("Challenger", 5.0, lambda: optimal_allocation(round_, official)),
    ):
        yield Row(f"{words}, 1,000 applications", _seconds(work), limit, "s")


def contested(round_: Round) -> Round:
    """Return the round without floors and with pots for four of ten pounds asked, so that choices matter."""
    asked: dict[str, int] = {}
    for application in round_.applications:
        asked[application.area or ""] = asked.get(application.area or "", 0) + application.requested_pence
    areas = tuple(replace(area, pot_pence=asked.get(area.name, 0) * 4 // 10) for area in round_.areas)
    criteria = tuple(replace(criterion, floor=None) for criterion in round_.scheme.criteria)
    return replace(round_, areas=areas, scheme=replace(round_.scheme, criteria=criteria, minimum_total=None))


def _draws() -> Row:
    round_ = contested(made_up(200))
    figures = figures_of(round_, rank(round_))
    weights = drawn_weights(figures, DRAWS // PART, 1, WITHIN).astype(float)
    weights /= weights.sum(axis=1, keepdims=True)
    values = figures.parts / figures.whole[:, None]
    kinds = np.ones(values.shape[1])
    method = WSM(max_normalization)

    def theirs() -> None:
        for row in weights:
            rrankdata(method(values, row, kinds))

    found = paired(lambda: draw_test(figures, count=DRAWS), theirs, 3)
    scaled = found._replace(theirs_s=found.theirs_s * PART, ratio=found.ratio / PART)
    return ratio(f"{DRAWS:,} sets of weights, 200 applications", scaled, 1 / 20, "pymcdm")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
