"""Papers that were issued."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class IssueTable(Base):
    """One version of a schedule, for the whole round (`area` "") or one area of it.

    `content` is the canonical JSON that `sha256` is of; `after_row` and `after_head` are the journal's last
    row before this one, as every copy prints it.
    """

    __tablename__ = "issues"
    __table_args__ = (UniqueConstraint("round_id", "area", "version"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    area: Mapped[str]
    version: Mapped[int]
    content: Mapped[str]
    sha256: Mapped[str]
    after_row: Mapped[int]
    after_head: Mapped[str]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]
