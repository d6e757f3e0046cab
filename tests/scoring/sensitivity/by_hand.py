"""One list at a time, in fractions, as the rules say it: what the fast ways are compared with."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from scoring import money
from scoring.allocating.allocation import allocate
from scoring.places.standings import places
from scoring.places.totals import Totals
from scoring.rank import rank
from scoring.ranking import Outcome, Standing, Status
from scoring.round import Area, ChairDecisionKind, Round
from scoring.scheme import RankedBy, Side
from scoring.sensitivity.figures import Figures

Scored = tuple[Any, ...]
"""One application's entry in each column of the totals."""

Listed = dict[str, tuple[int, int]]
"""Offer in pence (0 for none) and place, by reference."""


def official(round_: Round) -> Listed:
    """Return the official list."""
    return {
        s.reference: (s.offer_pence or 0, s.place or 0)
        for s in rank(round_).standings
        if s.status is Status.RANKED
    }


def list_by_hand(figures: Figures, weights: Mapping[str, Fraction], quality: Fraction) -> Listed:
    """Return the list under weights by code and a quality share of 1."""
    ranked = _ranked(figures, weights, quality)
    offers = {
        reference: proposal.offer_pence or 0
        for reference, proposal in allocate(figures.round, ranked).proposals.items()
    }
    return {s.reference: (offers[s.reference], s.place or 0) for _, here in ranked for s in here}


def fares_by_hand(figures: Figures, quality: Fraction) -> dict[str, tuple[Outcome, int]]:
    """Return outcome and offer in pence (0 for none) under the published weights and a quality share of 1."""
    weights = {c.code: Fraction(c.weight_1e4) for c in figures.scheme.criteria}
    return {
        reference: (proposal.outcome, proposal.offer_pence or 0)
        for reference, proposal in allocate(
            figures.round, _ranked(figures, weights, quality)
        ).proposals.items()
    }


def _ranked(
    figures: Figures, weights: Mapping[str, Fraction], quality: Fraction
) -> list[tuple[Area, list[Standing]]]:
    round_ = figures.round
    scored: dict[str, list[Scored]] = {area.name: [] for area in round_.areas}
    for number, standing in enumerate(figures.standings):
        sides = {side: _side(figures, number, weights, side) for side in Side}
        scored[standing.area or ""].append(_scored(figures, number, sides, quality))
    chair = {
        d.application: d.place
        for d in round_.chair_decisions
        if d.kind is ChairDecisionKind.TIE and d.place is not None
    }
    known = {s.reference: s for s in figures.standings}
    ranked = []
    for area in round_.areas:
        ranked.append((area, _placed(round_, scored[area.name], chair, known)))
    return ranked


def _placed(
    round_: Round, scored: Sequence[Scored], chair: Mapping[str, int], known: Mapping[str, Standing]
) -> list[Standing]:
    columns = zip(*scored, strict=True) if scored else [[]] * len(Totals._fields)
    placed = places(round_.scheme, Totals(*columns), [range(len(scored))], chair)[0]
    return [
        known[scored[row][0].reference]._replace(place=place, tied=tied, below_threshold=scored[row][6])
        for row, place, tied, _ in zip(*placed, strict=True)
    ]


def _side(figures: Figures, number: int, weights: Mapping[str, Fraction], side: Side) -> Fraction | None:
    own = [
        (weights[c.code], Fraction(int(figures.parts[number][i]), int(figures.whole[number])))
        for i, c in enumerate(figures.scheme.criteria)
        if c.side is side and figures.applies[number][i]
    ]
    whole = sum(weight for weight, _ in own)
    return 100 * sum((w * f for w, f in own), Fraction(0)) / whole if whole else None


def _scored(
    figures: Figures,
    number: int,
    sides: Mapping[Side, Fraction | None],
    quality: Fraction,
) -> Scored:
    scheme, standing = figures.scheme, figures.standings[number]
    q, c = sides[Side.QUALITY], sides[Side.COST]
    total = money.half_up(100 * (quality * (q or 0) + (1 - quality) * (c or 0)))
    q_1e2 = standing.quality_1e2 if q is None else money.half_up(100 * q)
    c_1e2 = standing.cost_1e2 if c is None else money.half_up(100 * c)
    below = bool(figures.below[number])
    for floor, shown in ((scheme.minimum_total, total), (scheme.minimum_quality, q_1e2)):
        below |= floor is not None and shown is not None and shown < money.hundredths(floor)
    price = None
    if scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT and q:
        price = money.half_up(standing.requested_pence / q)
    application = next(a for a in figures.round.applications if a.reference == standing.reference)
    return (
        application,
        standing.counting_members,
        q_1e2,
        c_1e2,
        total,
        price,
        ("below",) if below else (),
        standing.criteria,
    )


def with_a_tie_on_the_line(round_: Round) -> Round:
    """Return the round with pots that end within a pound of its first requests."""
    first = round_.applications[0].requested_pence if round_.applications else 0
    areas = tuple(replace(area, pot_pence=max(first, 100)) for area in round_.areas)
    return replace(round_, areas=areas)
