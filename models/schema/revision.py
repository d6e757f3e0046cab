"""What members put down, value by value with its ancestry, as packs and returns carry it.

Rows here name rounds, members and applications by the identities that travel, and hang on no other table: a
round may be loaded anew from its workbook, and what came in returns is kept.
"""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class RevisionTable(Base):
    """One value that was put down, and the hashes (a JSON list) of those it follows.

    `application` is "" for what concerns the whole round; `stands` says that its value is that of the tables;
    `why` is the reason of whoever chose it among several.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        CheckConstraint("length(hash) = 64", name="hash_length"),
        CheckConstraint("number >= 1", name="number_counts"),
        Index("ix_revisions_round_member", "round", "member"),
        STRICT,
    )

    hash: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[str]
    member: Mapped[str]
    application: Mapped[str]
    slot: Mapped[str]
    number: Mapped[int]
    value: Mapped[str]
    parents: Mapped[str]
    stands: Mapped[bool]
    why: Mapped[str]
