"""Rounds and their areas."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of, whole


class RoundTable(Base):
    """A round of a fund.

    `fund_name` is the fund's name as this round printed it, since names change; `chain` is the JSON list
    of those who sign, in order.
    """

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("fund_id", "year_id", "name"),
        one_of("stage", "set up", "open", "closed"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"))
    year_id: Mapped[int] = mapped_column(ForeignKey("financial_years.id"))
    name: Mapped[str]
    fund_name: Mapped[str]
    stage: Mapped[str]
    marking: Mapped[str]
    chain: Mapped[str]
    set_up_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]


class ReasonRuleTable(Base):
    """Whether a round requires a reason beside each mark; a round without a row asks for one."""

    __tablename__ = "reason_rules"
    __table_args__ = (one_of("rule", "asked", "required", "not asked"), STRICT)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    rule: Mapped[str]


class AreaTable(Base):
    """One area of a round with its money; once the round is open, areas move on their own.

    Dates are None while not set; applications are taken from `opens_on` to the end of `closes_on`.
    `allocated_on` is the day from which nothing is taken in any more since the money is gone.
    """

    __tablename__ = "areas"
    __table_args__ = (
        UniqueConstraint("round_id", "name"),
        one_of("stage", "intake", "scoring", "meeting", "recommending", "deciding", "done"),
        whole("pot_pence", least=0),
        whole("start_up_pence", least=0),
        whole("committed_pence", least=0),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    position: Mapped[int]
    name: Mapped[str]
    stage: Mapped[str]
    pot_pence: Mapped[int]
    start_up_pence: Mapped[int]
    committed_pence: Mapped[int]
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    marks_close_on: Mapped[date | None]
    meets_on: Mapped[date | None]
    allocated_on: Mapped[date | None]
