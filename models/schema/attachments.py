"""Files that are attached to an application, an award, an organisation or a round."""

from datetime import datetime

from sqlalchemy import Column, Named

from models.schema.base import WALL_TIME, Numbered, TextAbout, record_table


class AttachmentColumns(Numbered):
    """A file that is attached to one subject, whose identity stands in `subject`; `about` says what that is.

    An award's is its application's. The bytes have the length `size` and the sum `sha256`; they lie in
    `file_pieces` under `pieces`, a sum over the subject and the bytes, so that equal bytes are kept once
    within a subject and tell nothing of another. A file that was removed keeps its bytes until it is erased;
    `read_at` is when somebody read it and found neither contacts nor bank details in it.
    """

    about: Named[str]
    subject: Named[str] = Column(index=True)
    name: Named[TextAbout]
    kind: Named[str]
    size: Named[int]
    sha256: Named[str]
    pieces: Named[str] = Column(index=True)
    received_at: Named[datetime | None] = Column(WALL_TIME)
    added_by: Named[str]
    added_at: Named[datetime]
    read_by: Named[str]
    read_at: Named[datetime | None]
    removed_at: Named[datetime | None]
    erased_at: Named[datetime | None]


attachment_table = record_table(
    "attachments",
    AttachmentColumns,
    "about IN ('application', 'award', 'organisation', 'round')",
    "size >= 1",
    "read_by_somebody: (read_at IS NULL) = (read_by = '')",
)
