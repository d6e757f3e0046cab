"""An issued version of any paper, with its values and files: what a list shows, and what is given back."""

import hashlib
from datetime import date, datetime

from msgspec import Struct

from models.values.payments import PaymentLayout
from scoring.written.days import full_month


def file_sum(content: bytes) -> str:
    """Return the sum by which a file is known: the SHA-256 of its bytes, as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def pieces_key(about: str, of: str, sha256: str) -> str:
    """Return the key of the bytes of a sum for one subject: it tells nothing to whoever has the bytes."""
    return hashlib.sha256(f"{about}\n{of}\n{sha256}".encode()).hexdigest()


class PaperFile(Struct, frozen=True):
    """A file of an issue: its ending, or its name in a folder, with the SHA-256 and length of its bytes.

    `about` is the reference of the application or award that it is sent about, "" for none. Of one that is
    not `is_kept` the record has the sum alone.
    """

    name: str
    sha256: str
    size: int
    about: str = ""
    is_kept: bool = True


def paper_key(issue_id: int, sha256: str) -> str:
    """Return the key of the bytes of a sum for the issue with a number in this record."""
    return pieces_key("paper", str(issue_id), sha256)


class Issued(Struct, frozen=True):
    """One issued version; `subject` is what it is of within its round, `control` count and sum in words.

    `after_row` and `after_head` are the journal's last row, and its hash, before the issue; `content` is the
    canonical JSON of the values. `id` is its number in this record.
    """

    id: int
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

    @property
    def subject_words(self) -> str:
        """Return what it is of as it is said: a month is kept as its first day."""
        try:
            return full_month(date.fromisoformat(self.subject))
        except ValueError:
            return self.subject

    @property
    def supersedes(self) -> int | None:
        return self.version - 1 if self.version > 1 else None


class IssuedFile(Struct, frozen=True):
    """A file of an issue as the record has it; `content` is None where its bytes are not kept.

    Those of one that was kept were erased at `erased_at`.
    """

    issued: Issued
    file: PaperFile
    erased_at: datetime | None = None
    content: bytes | None = None

    @property
    def pieces(self) -> str:
        """Return the key of its bytes."""
        return paper_key(self.issued.id, self.file.sha256)


class AccountsFile(Struct, frozen=True):
    """A file with whole accounts that was written: for whom, when, and the journal's row that says so."""

    asked_by: str
    written_at: datetime
    row: int


class Candidates(Struct, frozen=True):
    """The issued files that a file may be, and the finance schedules beside which it may have been written.

    `layouts` are those in which a payment file may have been written; `accounts` is the file with accounts
    that has the same sum, None for none.
    """

    files: tuple[IssuedFile, ...]
    schedules: tuple[Issued, ...] = ()
    layouts: tuple[PaymentLayout, ...] = ()
    accounts: AccountsFile | None = None
