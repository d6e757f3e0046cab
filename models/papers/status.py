"""What a copy of a paper says about itself, beside its figures."""

from datetime import date, datetime

from msgspec import Struct

from models.papers.office import NO_NAME
from models.papers.order import TextPair
from scoring.written.days import full_day, short_moment

DRAFT = "Draft, not issued"


class PaperStatus(Struct, frozen=True):
    """Whether a copy is a draft or an issued version, and what names its data.

    Times are UTC. `version` is None for a draft; the journal's row, hash and time are those before the issue.
    `is_nameless` where the office has no name yet; `logo` is its picture as PNG, b"" for none.
    `issued_at` is None for what is issued as it is made. What is `signed_on` a day says so, where its version
    was issued before that.
    """

    made_at: datetime
    sha256: str
    version: int | None = None
    journal_row: int | None = None
    journal_hash: str = ""
    journal_at: datetime | None = None
    is_nameless: bool = False
    logo: bytes = b""
    issued_at: datetime | None = None
    signed_on: date | None = None

    @property
    def is_draft(self) -> bool:
        return self.version is None

    @property
    def dated(self) -> date:
        """Return the day that every copy of a version bears, that of its issue; a draft's is its own."""
        return (self.issued_at or self.made_at).date()

    @property
    def words(self) -> str:
        """Return "Draft, not issued", or the version and the one it supersedes, or when it was signed."""
        if self.version is None:
            return f"{DRAFT}. {NO_NAME}" if self.is_nameless else DRAFT
        if self.signed_on is not None:
            issued = f"As issued on {full_day(self.dated)} (version {self.version})"
            return f"{issued}; signed on {full_day(self.signed_on)}"
        after = f", supersedes version {self.version - 1}" if self.version > 1 else ""
        return f"Version {self.version}{after}"

    @property
    def journal_words(self) -> str:
        """Return the journal head as printed: its row, and three groups of its hash."""
        groups = " ".join(self.journal_hash[i : i + 4] for i in (0, 4, 8))
        return f"row {self.journal_row}, {groups}"

    @property
    def below(self) -> TextPair:
        """Return the two lines at the foot of each page: when and from what state, and the SHA-256."""
        made = f"Generated {short_moment(self.made_at)} UTC."
        if self.journal_row is not None:
            made += f" Journal head {self.journal_words}."
        return made, f"SHA-256 of the data {self.sha256}"
