"""What the panel recommends."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of, whole


class RecommendationTable(Base):
    """The panel's recommendation on one application, with a copy of the figures it was taken on."""

    __tablename__ = "recommendations"
    __table_args__ = (
        one_of("outcome", "fund", "part_fund", "reserve", "decline", "defer", "refer"),
        whole("amount_pence", least=1),
        whole("quality_1e2"),
        whole("cost_1e2"),
        whole("total_1e2"),
        CheckConstraint("trim(reason) <> ''", name="has_a_reason"),
        CheckConstraint(
            "(amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))", name="money_only_when_funded"
        ),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    outcome: Mapped[str]
    amount_pence: Mapped[int | None]
    reason: Mapped[str]
    code: Mapped[str]
    conditions: Mapped[str]
    is_exception: Mapped[bool]
    quality_1e2: Mapped[int | None]
    cost_1e2: Mapped[int | None]
    total_1e2: Mapped[int | None]
    place: Mapped[int | None]
    tied: Mapped[bool]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
