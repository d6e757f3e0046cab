"""Papers that were issued, the files in which they were, and the bytes that the record keeps of files."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table


class PaperIssueColumns(Columns):
    """One version of a paper of some kind, on some subject; `round_id` is None where it is of a year.

    `content` is the canonical JSON that `sha256` is of, which never names an account; `control` is its
    count and sum in words; `after_row` and `after_head` are the journal's last row before this one, as every
    copy prints it. `scope` is the round's number as text, "" without one.
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


paper_issue_table = record_table(
    "paper_issues",
    PaperIssueColumns,
    UniqueConstraint("paper", "scope", "subject", "version"),
    CheckConstraint("version >= 1", name="version_counts"),
)


class PaperFileColumns(Columns):
    """A file of an issue: its ending, or its name in a folder, and the SHA-256 and length of its bytes.

    `about` is the reference of the application or award that it is sent about, "" for none. Bytes that are
    not `is_kept` never came into the record; those of one that was kept are gone since `erased_at`.
    """

    issue_id: Named[int] = Column(ForeignKey("paper_issues.id"), primary_key=True)
    name: Named[str] = Column(primary_key=True)
    sha256: Named[str]
    size: Named[int]
    about: Named[str]
    is_kept: Named[bool]
    erased_at: Named[datetime | None]


paper_file_table = record_table("paper_files", PaperFileColumns)


class FilePieceColumns(Columns):
    """A piece of the compressed bytes of the file with a SHA-256; pieces count from 1.

    No journal holds them, so they are left out when that is done over again: the sum stands in its row.
    """

    sha256: Named[str] = Column(primary_key=True)
    number: Named[int] = Column(primary_key=True)
    piece: Named[bytes]


file_piece_table = record_table("file_pieces", FilePieceColumns)
