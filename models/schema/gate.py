"""Gates of a round and what each application came to at them."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of


class GateTable(Base):
    """One gate of a round; an advisory one never bars, the cap's is worked from figures at import."""

    __tablename__ = "gates"
    __table_args__ = (UniqueConstraint("round_id", "code"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    position: Mapped[int]
    code: Mapped[str]
    question: Mapped[str]
    is_advisory: Mapped[bool]
    is_cap: Mapped[bool]


class GateResultTable(Base):
    """What one application came to at one gate, by whom and why; no row: the application's own word."""

    __tablename__ = "gate_results"
    __table_args__ = (one_of("result", "pass", "fail", "waived", "to check"), STRICT)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gates.id"), primary_key=True, index=True)
    result: Mapped[str]
    reason: Mapped[str]
    set_by: Mapped[str]
    set_at: Mapped[datetime]
