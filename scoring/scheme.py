"""The published scheme of a round: criteria, weights, scale, floors, tie-break and money rules."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from scoring.money import percent


class Side(StrEnum):
    """The side of the published split that a criterion belongs to."""

    QUALITY = "quality"
    COST = "cost"


class Method(StrEnum):
    """How a criterion gets its value: judged by members, or computed from figures."""

    JUDGED = "judged"
    LOWEST = "lowest"
    MEAN = "mean"
    SPREAD = "spread"
    LINEAR = "linear"
    BANDS = "bands"


class Basis(StrEnum):
    """The figure P that a computed criterion is worked from."""

    REQUESTED = "requested"
    UNIT = "unit"
    SHARE = "share"


class Combine(StrEnum):
    """How the panel's value of a judged criterion comes from its members' marks."""

    CONSENSUS = "consensus"
    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED = "trimmed"


class RankedBy(StrEnum):
    """The score that places are given by."""

    TOTAL = "total"
    PRICE_PER_QUALITY_POINT = "price_per_quality_point"


class Allocation(StrEnum):
    """The rule by which money follows places within an area."""

    STOP = "stop"
    SKIP = "skip"
    PART = "part"


PLAIN_RULES = ("quality", "cost", "requested", "received", "chair")
CRITERION_RULE = "criterion:"
WHOLE_1E4 = 1_000_000
"""All weights of a scheme together: 100, in ten-thousandths."""
TRIMMED_NEEDS = 5
"""Fewest counting members for the trimmed mean."""


class Band(Struct, frozen=True):
    """One band of a banded cost criterion: a basis up to `bound` (pounds or percent) scores `score`."""

    bound: Decimal
    score: Decimal


class Criterion(Struct, frozen=True):
    """One question of the scheme.

    `weight_1e4` is its share of 100 in ten-thousandths (25 % is 250,000). `floor` is the minimum
    value that passes (marks out of M, or a score out of 100 when computed), None when there is none.
    `low` and `high` (pounds, or percent under `share`) are set for `linear` only, `bands` for `bands`.
    """

    code: str
    title: str
    side: Side
    weight_1e4: int
    method: Method = Method.JUDGED
    basis: Basis = Basis.REQUESTED
    low: Decimal | None = None
    high: Decimal | None = None
    bands: tuple[Band, ...] = ()
    floor: Decimal | None = None
    guidance: str = ""

    @property
    def is_judged(self) -> bool:
        return self.method is Method.JUDGED


MOST_MARK = 100
"""The highest mark of any scale: pages and papers count up to it."""
MOST_QUORUM = 1_000


class Scheme(Struct, frozen=True):
    """Everything about a round that is published before it opens and frozen with it.

    The defaults are those of a round workbook that says nothing. Caps are whole pence,
    floors are in points of 100, `tolerance_percent` is added to each pot. `ladder` holds tie-break rules as
    written ("criterion:A1", "quality", "received", "chair"). `descriptors` are (mark, word, meaning).
    """

    criteria: tuple[Criterion, ...]
    scale_maximum: int = 5
    combine: Combine = Combine.CONSENSUS
    quorum: int = 1
    ranked_by: RankedBy = RankedBy.TOTAL
    ladder: tuple[str, ...] = ()
    allocation: Allocation = Allocation.STOP
    tolerance_percent: Decimal = Decimal(0)
    tolerance_authority: str = ""
    cap_per_award_pence: int | None = None
    cap_per_organisation_pence: int | None = None
    minimum_total: Decimal | None = None
    minimum_quality: Decimal | None = None
    not_applicable_allowed: bool = False
    descriptors: tuple[tuple[int, str, str], ...] = ()

    @property
    def is_agreed(self) -> bool:
        """Whether the marks that count are agreed by the panel."""
        return self.combine is Combine.CONSENSUS

    @property
    def is_by_price(self) -> bool:
        return self.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT

    @property
    def quality_1e4(self) -> int:
        """Return the quality share of the split, in ten-thousandths of a point of 100."""
        return sum(c.weight_1e4 for c in self.criteria if c.side is Side.QUALITY)

    @property
    def split(self) -> tuple[str, str]:
        """Return what quality and what cost counts for, of 100, as printed."""
        return percent(self.quality_1e4), percent(self.cost_1e4)

    @property
    def cost_1e4(self) -> int:
        """Return the cost share of the split, in ten-thousandths of a point of 100."""
        return sum(c.weight_1e4 for c in self.criteria if c.side is Side.COST)

    @property
    def sums_total_cost(self) -> bool:
        """Whether a criterion is worked out from the total cost of projects."""
        return any(not c.is_judged and c.basis is Basis.SHARE for c in self.criteria)

    @property
    def judged(self) -> tuple[Criterion, ...]:
        """Return the criteria that members mark, in the scheme's order: the order of every sheet."""
        return tuple(c for c in self.criteria if c.is_judged)

    @property
    def judged_codes(self) -> tuple[str, ...]:
        return tuple(c.code for c in self.judged)
