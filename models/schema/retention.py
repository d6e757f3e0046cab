"""How long what applicants sent is kept: the clock of a round, holds, and what was erased."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least


class RetentionColumns(Columns):
    """The years for which a round's applications are kept; a round without a row keeps the defaults."""

    round_id: Named[int] = Column(ForeignKey("rounds.id"), primary_key=True)
    awarded_years: Named[int]
    declined_years: Named[int]


retention_table = record_table(
    "retention", RetentionColumns, at_least("awarded_years", 1), at_least("declined_years", 1)
)


class HoldColumns(Columns):
    """An application of which nothing is disposed for now, and why."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    reason: Named[str]
    held_by: Named[str]
    held_at: Named[datetime]


hold_table = record_table("holds", HoldColumns, CheckConstraint("trim(reason) <> ''", name="has_a_reason"))


class DisposalColumns(Columns):
    """An application whose texts were erased: on what ground, at whose word, by whom and when."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    ground: Named[str]
    person: Named[str]
    erased_by: Named[str]
    erased_at: Named[datetime]


disposal_table = record_table("disposals", DisposalColumns)
