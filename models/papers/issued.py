"""An issued version of any paper with its values: what a file is compared with."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Issued:
    """One issue; `paper` is its kind, "" for an award schedule, `content` the canonical JSON of its values.

    `after_row` and `after_head` are the journal's last row, and its hash, before the issue.
    """

    paper: str
    subject: str
    version: int
    sha256: str
    content: str
    after_row: int
    after_head: str
    issued_at: datetime

    @property
    def is_schedule(self) -> bool:
        """Whether it is an award schedule, which is compared line by line."""
        return not self.paper
