"""The challenger: the whole offers that together are worth the most points times pounds.

An integer programme, solved by HiGHS: each candidate is taken whole or not at all, within each area's
available money and the caps. It fills nothing in; it stands beside the panel's list.
"""

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from math import gcd
from time import monotonic
from typing import Any, NamedTuple

import highspy
import numpy as np
from msgspec import Struct

from scoring.allocating.allocation import whole_pots
from scoring.allocating.organisations import most_offer, past_the_cap
from scoring.ranking import PotUse, Ranking, Standing
from scoring.round import Round
from scoring.sensitivity.lists import funded

TIME_LIMIT = 20.0
"""Seconds after which the best list found is taken, with its gap."""
_OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.999,
}
"""One thread, one seed: every machine finds the same. Values are whole, so a gap under one is none."""


class Limit(NamedTuple):
    """What the amounts of some candidates together may not pass, in pence."""

    most: int
    members: tuple[int, ...]
    amounts: tuple[int, ...]

    def holds(self, chosen: frozenset[int]) -> bool:
        """Whether a choice keeps to it."""
        pairs = zip(self.members, self.amounts, strict=True)
        return sum(amount for member, amount in pairs if member in chosen) <= self.most


class Problem(Struct, frozen=True):
    """A choice among candidates by number: what each is worth, and the limits on what is taken together."""

    values: tuple[int, ...]
    limits: tuple[Limit, ...]

    def parts(self) -> list[list[int]]:
        """Return the candidates in groups that no limit joins."""
        group = list(range(len(self.values)))

        def head(number: int) -> int:
            while group[number] != number:
                number = group[number]
            return number

        for limit in self.limits:
            for member in limit.members[1:]:
                group[head(member)] = head(limit.members[0])
        found: dict[int, list[int]] = {}
        for number in range(len(self.values)):
            found.setdefault(head(number), []).append(number)
        return list(found.values())

    def only(self, part: Sequence[int]) -> "Problem":
        """Return the same choice among some of the candidates, numbered anew."""
        place = {number: position for position, number in enumerate(part)}
        limits = (limit for limit in self.limits if limit.members[0] in place)
        return Problem(
            tuple(self.values[number] for number in part),
            tuple(Limit(each.most, tuple(place[m] for m in each.members), each.amounts) for each in limits),
        )


class OptimalAllocation(Struct, frozen=True):
    """What the challenger takes. Values are points × pounds in hundredths of hundredths (total_1e2 × pence).

    `gap_1e4` is (bound − value) ÷ bound in ten-thousandths, rounded up: nought only when it is proven.
    """

    taken: tuple[str, ...]
    value: int
    list_value: int
    gap_1e4: int
    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    @property
    def is_proven(self) -> bool:
        """Whether no other choice of whole offers is worth more."""
        return self.gap_1e4 == 0


def optimal_allocation(
    round_: Round, official: Ranking, area: str | None = None, *, seconds: float = TIME_LIMIT
) -> OptimalAllocation:
    """Return the best choice of whole offers for a round, or for one area of it by itself.

    An area that shares its pot is taken with those that share it.
    """
    uses = [use for use in whole_pots(official.areas) if area in (None, *use.areas)]
    areas = [name for use in uses for name in use.areas]
    candidates = _candidates(round_, official, areas)
    offers = [most_offer(round_.scheme, standing.requested_pence) for standing in candidates]
    problem = _problem(round_, uses, candidates, offers)
    taken, bound = _solved(problem, seconds)
    value = sum(problem.values[number] for number in taken)
    names = frozenset(candidates[number].reference for number in taken)
    there = frozenset(of for name in areas for of in funded(official, name))
    return OptimalAllocation(
        taken=tuple(sorted(names)),
        value=value,
        list_value=sum(
            (s.total_1e2 or 0) * (s.offer_pence or 0) for s in official.standings if s.area in areas
        ),
        gap_1e4=_gap_1e4(value, bound),
        enters=tuple(sorted(names - there)),
        leaves=tuple(sorted(there - names)),
    )


def _candidates(round_: Round, official: Ranking, areas: Collection[str]) -> list[Standing]:
    """Return the ranked applications that no floor bars, or that the chair excepted from one."""
    excepted = round_.excepted
    return [
        s
        for s in official.standings
        if s.is_ranked and s.area in areas and (not s.below_threshold or s.reference in excepted)
    ]


def _solved(problem: Problem, seconds: float) -> tuple[tuple[int, ...], int]:
    """Return which candidates are taken and an upper bound of the value, part by part.

    Candidates that no limit joins are problems of their own, so that each pot is solved by itself.
    """
    taken: list[int] = []
    bound, ends_at = 0, monotonic() + seconds
    for part in problem.parts():
        own = problem.only(part)
        chosen, most = _run(own, max(ends_at - monotonic(), 0.1))
        taken += [part[number] for number in chosen]
        bound += most
    return tuple(taken), bound


def _run(problem: Problem, seconds: float) -> tuple[tuple[int, ...], int]:
    """Return the best choice that HiGHS finds and its bound, both checked in whole numbers."""
    count, shrink = len(problem.values), gcd(*problem.values) or 1
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in {**_OPTIONS, "time_limit": seconds}.items():
        solver.setOptionValue(option, setting)
    every: Any = np.arange(count, dtype=np.int32)
    solver.addVars(count, np.zeros(count), np.ones(count))
    solver.changeColsIntegrality(count, every, np.array([highspy.HighsVarType.kInteger] * count))
    solver.changeColsCost(count, every, np.array([value // shrink for value in problem.values], dtype=float))
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    for limit in problem.limits:
        least = gcd(*limit.amounts) or 1
        amounts = np.array([amount // least for amount in limit.amounts], dtype=float)
        members = np.array(limit.members, dtype=np.int32)
        solver.addRow(-highspy.kHighsInf, float(limit.most // least), len(members), members, amounts)
    solver.run()
    chosen = frozenset(n for n, taken in enumerate(solver.getSolution().col_value) if taken > 0.5)
    does_hold = all(limit.holds(chosen) for limit in problem.limits)
    taken = tuple(sorted(chosen)) if does_hold else ()
    value = sum(problem.values[number] for number in taken)
    if does_hold and solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        return taken, value
    every_one = sum(problem.values)
    bound = min(solver.getInfo().mip_dual_bound, every_one / shrink)  # infinite before the first look
    return taken, max(min((int(bound) + 1) * shrink, every_one), value)


def _problem(
    round_: Round, uses: Iterable[PotUse], candidates: Sequence[Standing], offers: Sequence[int]
) -> Problem:
    """Return the choice that is to be made: what each is worth and the limits it is under."""
    values = tuple((s.total_1e2 or 0) * pence for s, pence in zip(candidates, offers, strict=True))
    limits: list[Limit] = []
    for use in uses:
        here = tuple(number for number, s in enumerate(candidates) if s.area in use.areas)
        if here:
            most = max(use.available_pence, 0)
            limits.append(Limit(most, here, tuple(offers[number] for number in here)))
    own = past_the_cap(round_, [(s.reference, pence) for s, pence in zip(candidates, offers, strict=True)])
    cap = round_.scheme.cap_per_organisation_pence or 0
    limits += [Limit(cap, tuple(alike), tuple(offers[n] for n in alike)) for alike in own]
    return Problem(values, tuple(limits))


def _gap_1e4(value: int, bound: int) -> int:
    if bound <= 0 or value >= bound:
        return 0
    gap = Fraction(bound - value, bound) * 10_000
    return -(-gap.numerator // gap.denominator)
