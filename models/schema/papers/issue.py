"""Papers that were issued."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table


class IssueColumns(Columns):
    """One version of a schedule, for the whole round (`area` "") or one area of it.

    `content` is the canonical JSON that `sha256` is of; `after_row` and `after_head` are the journal's last
    row before this one, as every copy prints it. `laid_out` is the sum of each page in each form, as JSON.
    """

    id: Named[int] = Column(primary_key=True)
    round_id: Named[int] = Column(ForeignKey("rounds.id"))
    area: Named[str]
    version: Named[int]
    content: Named[str]
    sha256: Named[str]
    after_row: Named[int]
    after_head: Named[str]
    issued_by: Named[str]
    issued_at: Named[datetime]
    laid_out: Named[str] = Column(server_default="")


issue_table = record_table("issues", IssueColumns, UniqueConstraint("round_id", "area", "version"))
