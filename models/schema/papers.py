"""Papers that were issued and their bytes, the words that an office writes, and earlier years' tables."""

from datetime import datetime

from sqlalchemy import Column, Named

from models.schema.base import Columns, Numbered, key_of, own_key, record_table, refers_to
from models.schema.forms import HASH, JSON_OBJECT_OR_NONE, KEY_OF_BYTES
from models.schema.personal import OwnText


class PaperIssueColumns(Numbered):
    """One version of a paper of some kind, on some subject; `round_id` is None where it is of a year.

    `content` is the canonical JSON that `sha256` is of, which never names an account, without what was erased
    of it; `control` is its
    count and sum in words; `after_row` and `after_head` are the journal's last row before this one, as every
    copy prints it. `scope` is the round's number as text, "" without one.
    """

    round_id: Named[int | None] = refers_to("rounds.id")
    paper: Named[str]
    scope: Named[str]
    subject: Named[str]
    version: Named[int]
    content: Named[str] = Column(JSON_OBJECT_OR_NONE)
    sha256: Named[str] = Column(HASH)
    control: Named[str]
    after_row: Named[int]
    after_head: Named[str] = Column(HASH)
    issued_by: Named[str]
    issued_at: Named[datetime]


paper_issue_table = record_table(
    "paper_issues",
    PaperIssueColumns,
    "UNIQUE (paper, scope, subject, version)",
    "version_counts: version >= 1",
)


class PaperFileColumns(Columns):
    """A file of an issue: its ending, or its name in a folder, and the SHA-256 and length of its bytes.

    The bytes lie in `file_pieces` under `pieces`, a sum over the issue's number and the bytes: whoever has
    the bytes learns nothing of another issue by them. `about` is the reference of the application or award
    that it is sent about, "" for none. Bytes that are not `is_kept` never came into the record; those of one
    that was kept are gone since `erased_at`.
    """

    issue_id: Named[int] = key_of("paper_issues.id")
    name: Named[str] = own_key()
    sha256: Named[str] = Column(HASH)
    pieces: Named[str] = Column(KEY_OF_BYTES)
    size: Named[int]
    about: Named[str]
    is_kept: Named[bool]
    erased_at: Named[datetime | None]


paper_file_table = record_table("paper_files", PaperFileColumns)


class FilePieceColumns(Columns):
    """A piece of the compressed bytes of a file under its key: its `number`, from 1, of so many `pieces`.

    A file takes no further piece once it has all of them. No journal holds them, so they are left out when
    that is done over again: the sum stands in its row.
    """

    sha256: Named[str] = Column(KEY_OF_BYTES, primary_key=True)
    number: Named[int] = own_key()
    pieces: Named[int]
    piece: Named[bytes]


file_piece_table = record_table(
    "file_pieces", FilePieceColumns, "number >= 1", "is_one_of_the_pieces: number <= pieces"
)


class PaperTextColumns(Columns):
    """One text of a paper of a round, on a subject such as a notice's number ("" for the round)."""

    round_id: Named[int] = key_of("rounds.id")
    paper: Named[str] = own_key()
    subject: Named[str] = own_key()
    field: Named[str] = own_key()
    text: Named[OwnText]


paper_text_table = record_table("paper_texts", PaperTextColumns, "text_says_something: trim(text) <> ''")


class PrintedTableColumns(Numbered):
    """A printed table of a fund's year; `total` says whose its total is. Fund and year are as printed."""

    fund: Named[str]
    year: Named[str]
    code: Named[str]
    title: Named[str]
    source: Named[str]
    total: Named[str]


printed_table_table = record_table(
    "printed_tables",
    PrintedTableColumns,
    "UNIQUE (fund, year, code)",
    "total IN ('printed', 'summed', 'none')",
    "is_named: trim(fund) <> '' AND trim(code) <> ''",
)


class PrintedFigureColumns(Columns):
    """One cell of a printed table: its words as printed, and the pence that they stand for, if any.

    Rows and columns count from 1; `heading` is the column's, `kind` what the column holds.
    """

    table_id: Named[int] = key_of("printed_tables.id")
    row: Named[int] = own_key()
    column: Named[int] = own_key()
    heading: Named[str]
    kind: Named[str]
    words: Named[str]
    pence: Named[int | None]


printed_figure_table = record_table(
    "printed_figures",
    PrintedFigureColumns,
    "kind IN ('text', 'pounds', 'count', 'percent')",
    "pence_of_pounds: pence IS NULL OR kind = 'pounds'",
)


class PublisherColumns(Numbered):
    """The prefix that 360Giving gave the office, and the office's own identifier as a funder."""

    prefix: Named[str]
    funder: Named[str]


publisher_table = record_table(
    "publisher",
    PublisherColumns,
    "one_row: id = 1",
    "prefix_form: prefix LIKE '360G-_%'",
    "funder_form: funder LIKE '%-_%'",
)
