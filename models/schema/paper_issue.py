"""Papers other than award schedules that were issued."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class PaperIssueTable(Base):
    """One version of a paper of some kind, on some subject; `round_id` is None where it is of a year.

    `content` is the canonical JSON that `sha256` is of, which never names an account; `control` is its
    count and sum in words. `scope` is the round's number as text, "" without one.
    """

    __tablename__ = "paper_issues"
    __table_args__ = (
        UniqueConstraint("paper", "scope", "subject", "version"),
        CheckConstraint("version >= 1", name="version_counts"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    paper: Mapped[str]
    scope: Mapped[str]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    subject: Mapped[str]
    version: Mapped[int]
    content: Mapped[str]
    sha256: Mapped[str]
    control: Mapped[str]
    after_row: Mapped[int]
    after_head: Mapped[str]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]
