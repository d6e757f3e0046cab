"""Five dummy applications on which a scheme is tried out before it is published.

Each has one quality and one cost mark out of 100 throughout, so that its side scores are round figures
under any weights; computed cost criteria are worked from its amounts as they would be in the round.
"""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from scoring import money
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import AgreedMarks, Application, Area, Round, Sheet
from scoring.scheme import Band, Combine, Criterion, Method, RankedBy, Scheme, Side

SCALE = 100
AREA = "Try it"
POT_PENCE = 1_200_000
TRIMMED_NEEDS = 5


class Dummy(Struct, frozen=True):
    """A dummy application: its side marks out of 100, and what it asks for whom and of what."""

    name: str
    quality: int
    cost: int
    requested_pence: int
    beneficiaries: int
    total_cost_pence: int


DUMMIES = (
    Dummy("A", 80, 60, 500_000, 100, 800_000),
    Dummy("B", 75, 70, 430_000, 100, 500_000),
    Dummy("C", 20, 90, 100_000, 40, 100_000),
    Dummy("D", 20, 20, 2_000_000, 100, 2_500_000),
    Dummy("E", 65, 65, 300_000, 75, 450_000),
)
"""A to D are those of the published examples of every cost method."""


def try_out(scheme: Scheme, dummies: Iterable[Dummy] = DUMMIES) -> Ranking:
    """Return how the dummies rank under a scheme whose weights add up to 100, in a pot of £12,000.

    The scale becomes 0 to 100, and floors on marks are scaled with it.
    """
    chosen = tuple(dummies)
    tried = _on_wide_scale(scheme)
    members = max(tried.quorum, TRIMMED_NEEDS if tried.combine is Combine.TRIMMED else 1)
    marks = {dummy.name: _marks(tried, dummy) for dummy in chosen}
    return rank(
        Round(
            fund="",
            name=AREA,
            scheme=tried,
            areas=(Area(AREA, POT_PENCE),),
            applications=tuple(map(_application, chosen)),
            sheets=tuple(
                Sheet(f"M{number}", name, given, submitted=True)
                for name, given in marks.items()
                for number in range(members)
            ),
            agreed=tuple(AgreedMarks(name, given) for name, given in marks.items()),
        )
    )


def at_70_30(method: Method) -> Scheme:
    """Return the scheme of the published examples: quality 70, and cost 30 by one method on the request."""
    cost = Criterion("Cost", "Cost", Side.COST, 300_000, method)
    if method is Method.LINEAR:
        cost = replace(cost, low=Decimal(0), high=Decimal(5000))
    if method is Method.BANDS:
        bounds = ((2500, 100), (4500, 60), (5000, 30))
        cost = replace(cost, bands=tuple(Band(Decimal(b), Decimal(s)) for b, s in bounds))
    return Scheme((Criterion("Quality", "Quality", Side.QUALITY, 700_000), cost))


def totals(ranking: Ranking) -> dict[str, str]:
    """Return the shown total of each dummy that has one."""
    return {
        line.reference: money.score(line.total_1e2)
        for line in ranking.standings
        if line.total_1e2 is not None
    }


def _on_wide_scale(scheme: Scheme) -> Scheme:
    criteria = (
        replace(c, floor=c.floor * SCALE / scheme.scale_maximum) if c.is_judged and c.floor else c
        for c in scheme.criteria
    )
    ranked_by = scheme.ranked_by if scheme.minimum_quality else RankedBy.TOTAL
    return replace(scheme, criteria=tuple(criteria), scale_maximum=SCALE, ranked_by=ranked_by)


def _marks(scheme: Scheme, dummy: Dummy) -> tuple[int, ...]:
    return tuple(dummy.quality if c.side is Side.QUALITY else dummy.cost for c in scheme.judged)


def _application(dummy: Dummy) -> Application:
    return Application(
        reference=dummy.name,
        organisation=f"Dummy {dummy.name}",
        area=AREA,
        requested_pence=dummy.requested_pence,
        total_cost_pence=dummy.total_cost_pence,
        beneficiaries=dummy.beneficiaries,
    )
