"""The end of a fund's year: what was spent, and what was decided about what is left."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of, whole


class YearLineTable(Base):
    """A line of a fund's year that is kept without a round: a grant, or an area, with its money."""

    __tablename__ = "year_lines"
    __table_args__ = (
        whole("pot_pence", least=0),
        whole("start_up_pence", least=0),
        whole("committed_pence", least=0),
        CheckConstraint("trim(name) <> ''", name="is_named"),
        STRICT,
    )

    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"), primary_key=True)
    year: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    pot_pence: Mapped[int]
    start_up_pence: Mapped[int]
    committed_pence: Mapped[int]


class YearSpentTable(Base):
    """What was spent in a year of a line, or of one award: its application's identity, and no line.

    `as_at` is the day up to which the figure counts, `source` where it is from.
    """

    __tablename__ = "year_spent"
    __table_args__ = (
        whole("amount_pence", least=0),
        whole("start_up_pence", least=0),
        CheckConstraint("(line = '') <> (award = '')", name="of_a_line_or_an_award"),
        CheckConstraint("trim(source) <> ''", name="has_a_source"),
        STRICT,
    )

    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"), primary_key=True)
    year: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    award: Mapped[str] = mapped_column(primary_key=True)
    amount_pence: Mapped[int]
    start_up_pence: Mapped[int]
    as_at: Mapped[date]
    source: Mapped[str]


class YearDecisionTable(Base):
    """What was decided about a line of a year, or about one award of it, and by whom.

    `left_pence` is what was left of the money by subtraction when a carry forward was decided.
    """

    __tablename__ = "year_decisions"
    __table_args__ = (
        one_of("deed", "carry forward", "allocation", "over-commitment"),
        whole("amount_pence"),
        whole("start_up_pence"),
        whole("left_pence"),
        CheckConstraint("(line = '') <> (award = '')", name="of_a_line_or_an_award"),
        CheckConstraint("trim(decided_by) <> ''", name="has_a_decider"),
        CheckConstraint("deed = 'allocation' OR trim(reason) <> ''", name="has_a_reason"),
        STRICT,
    )

    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"), primary_key=True)
    year: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    award: Mapped[str] = mapped_column(primary_key=True)
    deed: Mapped[str] = mapped_column(primary_key=True)
    amount_pence: Mapped[int]
    start_up_pence: Mapped[int]
    reason: Mapped[str]
    decided_by: Mapped[str]
    decided_on: Mapped[date]
    left_pence: Mapped[int | None]
    recorded_by: Mapped[str]
