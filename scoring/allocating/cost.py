"""Computed cost criteria: a score out of 100 from a figure of the application (section 4)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from scoring.round import Application, Eligibility
from scoring.scheme import Basis, Criterion, Method

MISSING_FIGURE = {
    Basis.REQUESTED: "amount requested",
    Basis.UNIT: "number of beneficiaries",
    Basis.SHARE: "total project cost",
}


class Comparators(NamedTuple):
    """What the figures compared within one area come to: lowest, mean and highest, exactly."""

    lowest: Fraction
    mean: Fraction
    highest: Fraction


def basis(application: Application, criterion: Criterion) -> Fraction | None:
    """Return the figure P of one application: pounds, pounds a head, or percent; None when not known.

    A figure of nought, or an absent number of beneficiaries or total cost, is not known.
    """
    asked = Fraction(application.requested_pence, 100)
    if criterion.basis is Basis.REQUESTED:
        return asked or None
    if criterion.basis is Basis.UNIT:
        return asked / application.beneficiaries if application.beneficiaries and asked else None
    whole = application.total_cost_pence
    return asked * 10_000 / whole if whole and asked else None


def comparators(applications: Iterable[Application], criterion: Criterion) -> Comparators | None:
    """Return what the known figures of one area come to; None when there is none.

    Those that pass the gates and are not withdrawn are compared, scored or not.
    """
    known = [figure for a in applications if _passes(a) and (figure := basis(a, criterion)) is not None]
    if not known:
        return None
    return Comparators(min(known), sum(known, Fraction(0)) / len(known), max(known))


def cost_score(criterion: Criterion, figure: Fraction, others: Comparators) -> Fraction:
    """Return S, 0 to 100 exactly, for a figure among its comparators (which include its own).

    lowest: 100 · Pmin / P. mean: 50 − 100 · (P − P̄) / P̄, held within 0 to 100. spread:
    100 · (Pmax − P) / (Pmax − Pmin), 100 for all when all are equal. linear:
    100 · (high − P) / (high − low), held within 0 to 100. bands: the score of the first band whose
    bound is at least P, 0 above the last. Example, lowest: £4,300 against a lowest of £1,000 gives
    100 · 1000 / 4300 = 23.26 as shown.
    """
    if criterion.method is Method.LOWEST:
        return 100 * others.lowest / figure
    if criterion.method is Method.MEAN:
        return _held(50 - 100 * (figure - others.mean) / others.mean)
    if criterion.method is Method.SPREAD:
        reach = others.highest - others.lowest
        return 100 * (others.highest - figure) / reach if reach else Fraction(100)
    if criterion.method is Method.LINEAR:
        return _linear(criterion, figure)
    return _banded(criterion, figure)


def cost_scores(criterion: Criterion, applications: Sequence[Application]) -> dict[str, Fraction]:
    """Return S by reference for every comparator of one area, exactly."""
    others = comparators(applications, criterion)
    if others is None:
        return {}
    figures = ((a.reference, basis(a, criterion)) for a in applications if _passes(a))
    return {ref: cost_score(criterion, figure, others) for ref, figure in figures if figure is not None}


def _passes(application: Application) -> bool:
    return not application.withdrawn and application.eligibility in (Eligibility.YES, Eligibility.WAIVED)


def _held(value: Fraction) -> Fraction:
    return min(max(value, Fraction(0)), Fraction(100))


def _linear(criterion: Criterion, figure: Fraction) -> Fraction:
    if criterion.low is None or criterion.high is None:
        raise ValueError(f"{criterion.code} is linear without low and high")
    low, high = Fraction(criterion.low), Fraction(criterion.high)
    return _held(100 * (high - figure) / (high - low))


def _banded(criterion: Criterion, figure: Fraction) -> Fraction:
    for band in criterion.bands:
        if Fraction(band.bound) >= figure:
            return Fraction(band.score)
    return Fraction(0)
