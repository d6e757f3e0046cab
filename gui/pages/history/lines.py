"""How a line of the history is said, and how lines are narrowed down."""

from datetime import date

from msgspec import Struct

from models.queries.history import HistoryLine
from models.role import role_words
from scoring.written.days import clock, short_day
from scoring.written.names import sought


class Wanted(Struct, frozen=True):
    """What is asked for: "", None and no round stand for everything; the last day is counted in."""

    who: str = ""
    what: str = ""
    application: str = ""
    first: date | None = None
    last: date | None = None
    typed: str = ""
    round_id: int = 0

    def holds(self, line: HistoryLine) -> bool:
        """Whether a line is asked for."""
        day = line.at.astimezone().date()
        return (
            self.who in ("", line.name)
            and self.what in ("", line.kind)
            and (self.application in ("", line.application) or self.application in line.names)
            and (not self.round_id or line.round_id in (0, self.round_id))
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
            and sought(self.typed) in sought(accessible_text(line))
        )

    @property
    def words(self) -> str:
        """Return what is asked for as a sentence says it, "" for everything."""
        parts = [
            self.who,
            self.what,
            self.application,
            f"“{self.typed.strip()}”" if self.typed.strip() else "",
        ]
        parts += [
            f"from {self.first:%d/%m/%Y}" if self.first else "",
            f"to {self.last:%d/%m/%Y}" if self.last else "",
        ]
        return ", ".join(part for part in parts if part)


def local_moment(line: HistoryLine) -> str:
    """Return the moment on this computer's clock."""
    local = line.at.astimezone()
    return f"{short_day(local)} {clock(local)}"


def accessible_text(line: HistoryLine) -> str:
    """Return the whole line in words."""
    who = f"{line.name}, {role_words(line.role)}" if line.role else line.name
    return ", ".join(part for part in (local_moment(line), who, line.words, line.detail) if part)
