"""Made-up rounds of any size, the same for the same seed."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

from scoring.round import Application, Area, Round, Sheet
from scoring.scheme import Combine, Criterion, Scheme, Side

WEIGHTS = (25, 15, 15, 10, 10, 10, 10, 5)
MEMBERS = ("M1", "M2", "M3")
AREAS = tuple(f"Area {letter}" for letter in "ABCDEFGH")


def scheme() -> Scheme:
    """Return eight judged criteria with floors and all tie-break rules, combined by the mean."""
    criteria = tuple(
        Criterion(
            f"A{i}", f"Question {i}", Side.QUALITY if i < 7 else Side.COST, weight * 10_000, floor=Decimal(2)
        )
        for i, weight in enumerate(WEIGHTS, start=1)
    )
    return Scheme(
        criteria,
        combine=Combine.MEAN,
        quorum=3,
        ladder=("criterion:A1", "criterion:A7", "quality", "cost", "requested", "received", "chair"),
        minimum_total=Decimal(60),
    )


def made_up(count: int, seed: int = 1) -> Round:
    """Return a round of `count` applications over eight areas, each marked by three members."""
    draw = random.Random(seed)
    first = datetime(2026, 1, 5, 9)
    applications = tuple(
        Application(
            f"ACF-{i:05}",
            f"Made-up Group {i}",
            AREAS[i % len(AREAS)],
            draw.randrange(20_000, 500_000, 50),
            received_at=first + timedelta(minutes=draw.randrange(40_000)),
        )
        for i in range(count)
    )
    sheets = tuple(
        Sheet(member, application.reference, tuple(draw.choices(range(6), k=len(WEIGHTS))), True)
        for application in applications
        for member in MEMBERS
    )
    pots = tuple(Area(name, 100_000 * count // len(AREAS)) for name in AREAS)
    return Round("Active Citizens Fund", "Bench", scheme(), pots, applications, sheets)
