"""Papers other than award schedules that were issued."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table


class PaperIssueColumns(Columns):
    """One version of a paper of some kind, on some subject; `round_id` is None where it is of a year.

    `content` is the canonical JSON that `sha256` is of, which never names an account; `control` is its
    count and sum in words, `laid_out` the sum of each page or sheet in each of its forms, as JSON.
    `scope` is the round's number as text, "" without one.
    """

    id: Named[int] = Column(primary_key=True)
    round_id: Named[int | None] = Column(ForeignKey("rounds.id"))
    paper: Named[str]
    scope: Named[str]
    subject: Named[str]
    version: Named[int]
    content: Named[str]
    sha256: Named[str]
    control: Named[str]
    after_row: Named[int]
    after_head: Named[str]
    issued_by: Named[str]
    issued_at: Named[datetime]
    laid_out: Named[str] = Column(server_default="")


paper_issue_table = record_table(
    "paper_issues",
    PaperIssueColumns,
    UniqueConstraint("paper", "scope", "subject", "version"),
    CheckConstraint("version >= 1", name="version_counts"),
)
