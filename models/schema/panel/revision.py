"""What members entered, value by value with its ancestry, as packs and returns carry it.

Rows here name rounds, members and applications by the identities that travel, and hang on no other table: a
round may be loaded anew from its workbook, and what came in returns is kept.
"""

from sqlalchemy import CheckConstraint, Column, Index, Named

from models.schema.base import Columns, record_table


class RevisionColumns(Columns):
    """One value that was recorded, and the hashes (a JSON list) of those it follows.

    `application` is "" for what concerns the whole round; `stands` says that its value is that of the tables;
    `why` is the reason of whoever chose it among several.
    """

    hash: Named[str] = Column(primary_key=True)
    round: Named[str]
    member: Named[str]
    application: Named[str]
    slot: Named[str]
    number: Named[int]
    value: Named[str]
    parents: Named[str]
    stands: Named[bool]
    why: Named[str]


revision_table = record_table(
    "revisions",
    RevisionColumns,
    CheckConstraint("length(hash) = 64", name="hash_length"),
    CheckConstraint("number >= 1", name="number_counts"),
    Index("ix_revisions_round_member", "round", "member"),
)
