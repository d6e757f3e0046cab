"""Test a scheme before a round opens: rounds of made-up applications show what each criterion decides.

Every made-up round is ranked as a real one is, then again with a criterion left out and its weight shared
within its side. The numbers come from PCG64, so that a seed gives the same rounds on every machine.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from scoring.publishing import made_up_round
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import Application, Area, Round
from scoring.scheme import (
    CRITERION_RULE,
    TRIMMED_NEEDS,
    WHOLE_1E4,
    Combine,
    Criterion,
    RankedBy,
    Scheme,
    Side,
)
from scoring.sensitivity.figures import Tick
from scoring.sensitivity.lists import funded

ROUNDS, APPLICATIONS, SEED = 100, 20, 1
AREA = "Made up"
LEAST_PENCE, MOST_PENCE, STEP_PENCE = 50_000, 500_000, 5_000
"""What made-up applications ask for, where the scheme has no cap of its own."""
OPENED = datetime(2026, 1, 5, 9, 0)
MEMBERS = 3


class Decides(NamedTuple):
    """What leaving one criterion out does: applications with another place, rounds with others funded."""

    code: str
    title: str
    side: Side
    places: int
    awards: int


class ModelTest(Struct, frozen=True):
    """The result of `rounds` made-up rounds with `applications` in all.

    `cost` are the rounds in which quality alone would fund others, None for a scheme with one side; `ties`
    those in which equals straddle the budget line and the chair would have to decide.
    """

    rounds: int
    applications: int
    criteria: tuple[Decides, ...]
    cost: int | None
    ties: int


def model_test(
    scheme: Scheme,
    *,
    rounds: int = ROUNDS,
    applications: int = APPLICATIONS,
    seed: int = SEED,
    tick: Tick = None,
) -> ModelTest:
    """Return what decides places and awards under a scheme whose weights add up to 100."""
    made = made_up_rounds(scheme, rounds, applications, seed)
    codes = [c.code for c in scheme.criteria] if len(scheme.criteria) > 1 else []
    cost = frozenset(c.code for c in scheme.criteria if c.side is Side.COST)
    has_two_sides = 0 < len(cost) < len(scheme.criteria)
    places, awards = dict.fromkeys(codes, 0), dict.fromkeys(codes, 0)
    by_cost = ties = 0
    for done, round_ in enumerate(made, 1):
        official = rank(round_)
        ties += official.areas[0].stopped_by_tie
        for code in codes:
            other = rank(without(round_, frozenset({code})))
            places[code] += _other_places(official, other)
            awards[code] += funded(official) != funded(other)
        if has_two_sides:
            by_cost += funded(official) != funded(rank(without(round_, cost)))
        if tick is not None:
            tick(done, rounds)
    return ModelTest(
        rounds,
        rounds * applications,
        tuple(
            Decides(c.code, c.title, c.side, places[c.code], awards[c.code])
            for c in scheme.criteria
            if c.code in places
        ),
        by_cost if has_two_sides else None,
        ties,
    )


def made_up_rounds(scheme: Scheme, rounds: int, applications: int, seed: int) -> Iterator[Round]:
    """Yield made-up rounds, each with a pot of half of what is asked."""
    numbers = _Numbers(seed)
    plain = replace(scheme, ranked_by=RankedBy.TOTAL) if not scheme.quality_1e4 else scheme
    for _ in range(rounds):
        rows = tuple(_application(plain, numbers, n) for n in range(applications))
        pot = sum(row.requested_pence for row in rows) // 2
        marks = [_marks(plain, numbers) for _ in rows]
        sheets, agreed = [own for own, _ in marks], [each for _, each in marks]
        yield made_up_round(plain, Area(AREA, pot), rows, sheets, agreed)


def without(round_: Round, codes: frozenset[str]) -> Round:
    """Return a round without some criteria, their weights shared within their sides, marks and all."""
    scheme = round_.scheme
    kept = [n for n, code in enumerate(scheme.judged_codes) if code not in codes]
    rules = {f"{CRITERION_RULE}{code}" for code in codes}
    changed = replace(
        scheme,
        criteria=_shared(scheme, [c for c in scheme.criteria if c.code not in codes]),
        ladder=tuple(rule for rule in scheme.ladder if rule not in rules),
    )
    if not changed.quality_1e4:
        changed = replace(changed, ranked_by=RankedBy.TOTAL)
    return replace(
        round_,
        scheme=changed,
        sheets=tuple(replace(s, marks=tuple(s.marks[n] for n in kept)) for s in round_.sheets),
        agreed=tuple(replace(a, marks=tuple(a.marks[n] for n in kept)) for a in round_.agreed),
    )


def _shared(scheme: Scheme, kept: list[Criterion]) -> tuple[Criterion, ...]:
    """Return the kept criteria with the weight of their side, or of all where the other side is gone."""
    sides = {c.side for c in kept}
    whole = {Side.QUALITY: scheme.quality_1e4, Side.COST: scheme.cost_1e4}
    weights: dict[str, int] = {}
    for side in sides:
        own = [c for c in kept if c.side is side]
        share, held = (whole[side] if len(sides) > 1 else WHOLE_1E4), sum(c.weight_1e4 for c in own)
        given = [c.weight_1e4 * share // held if held else share // len(own) for c in own]
        given[0] += share - sum(given)
        weights |= {c.code: weight for c, weight in zip(own, given, strict=True)}
    return tuple(replace(c, weight_1e4=weights[c.code]) for c in kept)


class _Numbers:
    """Whole numbers from a seed, one after the other."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.PCG64(seed)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._generator.random_raw()) % (high - low + 1)


def _application(scheme: Scheme, numbers: _Numbers, number: int) -> Application:
    most = min(scheme.cap_per_award_pence or MOST_PENCE, scheme.cap_per_organisation_pence or MOST_PENCE)
    least = min(LEAST_PENCE, most)
    asked = least + STEP_PENCE * numbers.between(0, (most - least) // STEP_PENCE)
    reference = f"D-{number + 1:03}"
    return Application(
        reference=reference,
        organisation=f"Dummy {number + 1}",
        area=AREA,
        requested_pence=asked,
        total_cost_pence=asked * numbers.between(100, 250) // 100,
        beneficiaries=numbers.between(10, 400),
        received_at=OPENED + timedelta(minutes=numbers.between(0, 40_000)),
    )


def _marks(scheme: Scheme, numbers: _Numbers) -> tuple[list[tuple[int, ...]], tuple[int, ...]]:
    """Return the members’ sheets and the agreed marks: an application is good or weak throughout."""
    top = scheme.scale_maximum
    wide = max(top // 5, 1)
    level = numbers.between(wide, top)
    agreed = tuple(_near(numbers, level, wide, top) for _ in scheme.judged)
    needed = TRIMMED_NEEDS if scheme.combine is Combine.TRIMMED else MEMBERS
    sheets = [
        tuple(_near(numbers, mark, wide, top) for mark in agreed) for _ in range(max(needed, scheme.quorum))
    ]
    return sheets, agreed


def _near(numbers: _Numbers, mark: int, wide: int, top: int) -> int:
    return min(max(mark + numbers.between(-wide, wide), 0), top)


def _other_places(official: Ranking, other: Ranking) -> int:
    place = {s.reference: s.place for s in other.standings}
    return sum(1 for s in official.standings if s.place != place[s.reference])
