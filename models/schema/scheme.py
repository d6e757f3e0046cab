"""Schemes, version by version, and their criteria."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of, whole


class SchemeTable(Base):
    """One version of a round's scheme; frozen once `frozen_at` is set.

    `ladder` and `descriptors` are JSON lists.
    """

    __tablename__ = "schemes"
    __table_args__ = (
        UniqueConstraint("round_id", "version"),
        whole("scale_maximum", least=1),
        whole("quorum"),
        whole("cap_per_award_pence", least=1),
        whole("cap_per_organisation_pence", least=1),
        one_of("combine", "consensus", "mean", "median", "trimmed"),
        one_of("allocation", "stop", "skip", "part"),
        one_of("ranked_by", "total", "price_per_quality_point"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    version: Mapped[int]
    frozen_at: Mapped[datetime | None]
    scale_maximum: Mapped[int]
    combine: Mapped[str]
    quorum: Mapped[int]
    ranked_by: Mapped[str]
    ladder: Mapped[str]
    allocation: Mapped[str]
    tolerance_percent: Mapped[Decimal]
    tolerance_authority: Mapped[str]
    cap_per_award_pence: Mapped[int | None]
    cap_per_organisation_pence: Mapped[int | None]
    minimum_total: Mapped[Decimal | None]
    minimum_quality: Mapped[Decimal | None]
    not_applicable_allowed: Mapped[bool]
    descriptors: Mapped[str]


class CriterionTable(Base):
    """One criterion of one version; `bands` is a JSON list of [bound, score] texts."""

    __tablename__ = "criteria"
    __table_args__ = (
        UniqueConstraint("scheme_id", "code"),
        UniqueConstraint("scheme_id", "position"),
        whole("weight_1e4", least=1),
        one_of("side", "quality", "cost"),
        one_of("method", "judged", "lowest", "mean", "spread", "linear", "bands"),
        one_of("basis", "requested", "unit", "share"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("schemes.id"))
    position: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    side: Mapped[str]
    weight_1e4: Mapped[int]
    method: Mapped[str]
    basis: Mapped[str]
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    bands: Mapped[str]
    floor: Mapped[Decimal | None]
    guidance: Mapped[str]


class AmendmentTable(Base):
    """Why a published scheme was amended, by whom, and the sheets that the new version touches.

    `sheets` is a JSON list of [member, application] codes as they were when it was recorded.
    """

    __tablename__ = "scheme_amendments"

    scheme_id: Mapped[int] = mapped_column(ForeignKey("schemes.id"), primary_key=True)
    reason: Mapped[str]
    amended_by: Mapped[str]
    sheets: Mapped[str]


class SchemeToleranceTable(Base):
    """Who allows the money of a published version to go over its pots, by what percentage, and why.

    It stands in place of the version's own tolerance, which is frozen with it.
    """

    __tablename__ = "scheme_tolerances"
    __table_args__ = (
        CheckConstraint("trim(authority) <> ''", name="has_an_authority"),
        CheckConstraint("trim(reason) <> ''", name="has_a_reason"),
        STRICT,
    )

    scheme_id: Mapped[int] = mapped_column(ForeignKey("schemes.id"), primary_key=True)
    percent: Mapped[Decimal]
    authority: Mapped[str]
    reason: Mapped[str]
    recorded_by: Mapped[str]
