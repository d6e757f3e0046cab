"""What the panel's chair signed, and what the deciding office decided on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of, whole


class SignatureTable(Base):
    """That the chair of the panel signed the recommendation on an application; it holds still from then."""

    __tablename__ = "recommendation_signatures"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    signed_by: Mapped[str]
    signed_on: Mapped[date]
    recorded_at: Mapped[datetime]


class SignOffTable(Base):
    """One signing by one step of a round's chain; the last step's has a notice number of its own."""

    __tablename__ = "sign_offs"
    __table_args__ = (
        whole("step", least=0),
        CheckConstraint("trim(interests) <> ''", name="states_interests"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    step: Mapped[int]
    is_last: Mapped[bool]
    post: Mapped[str]
    signed_by: Mapped[str]
    signed_on: Mapped[date]
    interests: Mapped[str]
    legal_power: Mapped[str]
    notice: Mapped[str | None] = mapped_column(unique=True)
    is_from_paper: Mapped[bool]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class DecisionTable(Base):
    """One line of a signing, with a copy of the figures it was taken on.

    `ended_by` is the line that took its place or sent it back; one that stands has none.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        one_of("verdict", "agree", "change", "send_back"),
        one_of("outcome", "fund", "part_fund", "reserve", "decline", "defer", "refer"),
        whole("amount_pence", least=1),
        whole("quality_1e2"),
        whole("cost_1e2"),
        whole("total_1e2"),
        CheckConstraint(
            "(amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))", name="money_only_when_funded"
        ),
        CheckConstraint("verdict = 'agree' OR trim(change_reason) <> ''", name="change_has_a_reason"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    verdict: Mapped[str]
    outcome: Mapped[str]
    amount_pence: Mapped[int | None]
    reason: Mapped[str]
    change_reason: Mapped[str]
    conditions: Mapped[str]
    is_exception: Mapped[bool]
    quality_1e2: Mapped[int | None]
    cost_1e2: Mapped[int | None]
    total_1e2: Mapped[int | None]
    place: Mapped[int | None]
    tied: Mapped[bool]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
