"""The words of papers that no figure gives: what a notice or a report says beside its lines."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class PaperTextTable(Base):
    """One text of a paper of a round, on a subject such as a notice's number ("" for the round)."""

    __tablename__ = "paper_texts"
    __table_args__ = (CheckConstraint("trim(text) <> ''", name="text_says_something"), STRICT)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    paper: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
