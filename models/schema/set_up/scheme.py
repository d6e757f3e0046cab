"""Schemes, version by version, and their criteria."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of


class SchemeColumns(Columns):
    """One version of a round's scheme; frozen once `frozen_at` is set.

    `ladder` and `descriptors` are JSON lists.
    """

    id: Named[int] = Column(primary_key=True)
    round_id: Named[int] = Column(ForeignKey("rounds.id"))
    version: Named[int]
    frozen_at: Named[datetime | None]
    scale_maximum: Named[int]
    combine: Named[str]
    quorum: Named[int]
    ranked_by: Named[str]
    ladder: Named[str]
    allocation: Named[str]
    tolerance_percent: Named[Decimal]
    tolerance_authority: Named[str]
    cap_per_award_pence: Named[int | None]
    cap_per_organisation_pence: Named[int | None]
    minimum_total: Named[Decimal | None]
    minimum_quality: Named[Decimal | None]
    not_applicable_allowed: Named[bool]
    descriptors: Named[str]


scheme_table = record_table(
    "schemes",
    SchemeColumns,
    UniqueConstraint("round_id", "version"),
    at_least("scale_maximum", 1),
    at_least("cap_per_award_pence", 1),
    at_least("cap_per_organisation_pence", 1),
    one_of("combine", "consensus", "mean", "median", "trimmed"),
    one_of("allocation", "stop", "skip", "part"),
    one_of("ranked_by", "total", "price_per_quality_point"),
)


class CriterionColumns(Columns):
    """One criterion of one version; `bands` is a JSON list of [bound, score] texts."""

    id: Named[int] = Column(primary_key=True)
    scheme_id: Named[int] = Column(ForeignKey("schemes.id"))
    position: Named[int]
    code: Named[str]
    title: Named[str]
    side: Named[str]
    weight_1e4: Named[int]
    method: Named[str]
    basis: Named[str]
    low: Named[Decimal | None]
    high: Named[Decimal | None]
    bands: Named[str]
    floor: Named[Decimal | None]
    guidance: Named[str]


criterion_table = record_table(
    "criteria",
    CriterionColumns,
    UniqueConstraint("scheme_id", "code"),
    UniqueConstraint("scheme_id", "position"),
    at_least("weight_1e4", 1),
    one_of("side", "quality", "cost"),
    one_of("method", "judged", "lowest", "mean", "spread", "linear", "bands"),
    one_of("basis", "requested", "unit", "share"),
)


class AmendmentColumns(Columns):
    """Why a published scheme was amended, by whom, and the sheets that the new version touches.

    `sheets` is a JSON list of [member, application] codes as they were when it was recorded.
    """

    scheme_id: Named[int] = Column(ForeignKey("schemes.id"), primary_key=True)
    reason: Named[str]
    amended_by: Named[str]
    sheets: Named[str]


amendment_table = record_table("scheme_amendments", AmendmentColumns)
