"""Time two pieces of work in turn and give the median of the ratios of the pairs."""

import gc
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import NamedTuple

from benchmarks.table import Row

COLLECT_AFTER = (100_000, 50, 100)
"""When unused objects are looked for: as the command sets it, for both sides alike."""

Work = Callable[[], object]
Clocked = Callable[[], float]
"""Work that says itself how many seconds it took."""


class Paired(NamedTuple):
    """Median seconds of each side, and the median of the ratios pair by pair."""

    ours_s: float
    theirs_s: float
    ratio: float


def paired(ours: Work, theirs: Work, runs: int = 5) -> Paired:
    """Return the figures of `runs` pairs after one warm-up of each side."""
    return paired_seconds(partial(_seconds, ours), partial(_seconds, theirs), runs)


def paired_seconds(ours: Clocked, theirs: Clocked, runs: int = 5) -> Paired:
    """Return the figures of `runs` pairs of works that time themselves, after one warm-up of each side."""
    gc.set_threshold(*COLLECT_AFTER)
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(runs)]
    ratios = [mine / other for mine, other in pairs]
    return Paired(median(p[0] for p in pairs), median(p[1] for p in pairs), median(ratios))


def _seconds(work: Work) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def ratio(subject: str, figures: Paired, aim: float, other: str) -> Row:
    """Return how often the other side's time goes into ours."""
    sides = f"ours {figures.ours_s * 1000:.1f} ms, theirs {figures.theirs_s * 1000:.1f} ms"
    return Row(subject, figures.ratio, aim, f"× {other}", sides)


def growth(subject: str, figures: Paired, aim: float = 11) -> Row:
    """Return how ten times the work compares with the work."""
    sides = f"{figures.theirs_s * 1000:.1f} ms to {figures.ours_s * 1000:.1f} ms"
    return Row(f"{subject}: ten times as many", figures.ratio, aim, "× as long", sides)


def duration(subject: str, figures: Paired, aim_ms: float) -> Row:
    """Return how long our side takes; the aim is that of a machine at rest."""
    return Row(subject, figures.ours_s * 1000, aim_ms, "ms")
