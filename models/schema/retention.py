"""How long what applicants sent is kept: the clock of a round, holds, and what was erased."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import whole


class RetentionTable(Base):
    """The years for which a round's applications are kept; a round without a row keeps the defaults."""

    __tablename__ = "retention"
    __table_args__ = (whole("awarded_years", least=1), whole("declined_years", least=1), STRICT)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    awarded_years: Mapped[int]
    declined_years: Mapped[int]


class HoldTable(Base):
    """An application of which nothing is disposed for now, and why."""

    __tablename__ = "holds"
    __table_args__ = (CheckConstraint("trim(reason) <> ''", name="has_a_reason"), STRICT)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    reason: Mapped[str]
    held_by: Mapped[str]
    held_at: Mapped[datetime]


class DisposalTable(Base):
    """An application whose texts were erased: on what ground, at whose word, by whom and when."""

    __tablename__ = "disposals"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    ground: Mapped[str]
    person: Mapped[str]
    erased_by: Mapped[str]
    erased_at: Mapped[datetime]
