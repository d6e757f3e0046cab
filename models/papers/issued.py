"""An issued version of any paper, with its values: what a list shows, and a file is compared with."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from models.values.payment_layout import PaymentLayout
from scoring.written.days import full_month


class Issued(Struct, frozen=True):
    """One issued version; `subject` is what it is of within its round, `control` count and sum in words.

    `after_row` and `after_head` are the journal's last row, and its hash, before the issue; `content` is the
    canonical JSON of the values, `laid_out` that of the sums of its pages, "" where none were kept.
    """

    kind: str
    round_id: int | None
    subject: str
    version: int
    sha256: str
    control: str
    after_row: int
    after_head: str
    issued_by: str
    issued_at: datetime
    content: str
    laid_out: str = ""

    @property
    def subject_words(self) -> str:
        """Return what it is of as it is said: a month is kept as its first day."""
        try:
            return full_month(date.fromisoformat(self.subject))
        except ValueError:
            return self.subject

    @property
    def supersedes(self) -> int | None:
        """Return the version that this one takes the place of."""
        return self.version - 1 if self.version > 1 else None


class Candidates(Struct, frozen=True):
    """The issues that a file may be a copy of, and the logos that may stand on them, as PNG by SHA-256.

    `layouts` are those in which a payment file may have been written beside a finance schedule.
    """

    issued: tuple[Issued, ...]
    logos: Mapping[str, bytes]
    layouts: tuple[PaymentLayout, ...] = ()
