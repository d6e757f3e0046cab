"""The columns of the list of packs, and of what a return differs in."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.outcome_chip import Chip
from gui.text import NOTHING, counted, listed
from gui.theme.tokens import Tone
from models.queries.packs.pack_lines import PackLine
from models.values.pack_plans import Difference, slot_words, value_words
from scoring.written.days import short_day

TONES = {"Returned": Tone.FUND, "Out": Tone.INFORMATION, "Expired": Tone.WARNING, "Not issued": Tone.WAITING}


RETURN, COPY = "return", "copy"
HERE = "This record"


class DecidedLine:
    """One difference with what is chosen of it so far: a side's number, None for nothing yet, and why.

    `theirs` is what the other side is: a return, or a copy; `files` are the names of what it came in.
    """

    __slots__ = ("chosen", "difference", "files", "reason", "theirs")

    def __init__(
        self,
        difference: Difference,
        chosen: int | None = None,
        reason: str = "",
        theirs: str = RETURN,
        files: tuple[str, ...] = (),
    ) -> None:
        self.difference, self.chosen, self.reason, self.theirs = difference, chosen, reason, theirs
        self.files = files

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DecidedLine) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    @property
    def is_decided(self) -> bool:
        """Whether one side is chosen, with a reason."""
        return self.chosen is not None and bool(self.reason.strip())

    @property
    def sheet(self) -> tuple[str, str]:
        """Return what one reason may be for: a member's sheet on one application."""
        return self.difference.member, self.difference.key.application

    def with_choice(self, chosen: int | None) -> "DecidedLine":
        """Return the line with a side chosen."""
        return DecidedLine(self.difference, chosen, self.reason, self.theirs, self.files)

    def with_reason(self, reason: str) -> "DecidedLine":
        """Return the line with a reason."""
        return DecidedLine(self.difference, self.chosen, reason, self.theirs, self.files)

    @property
    def _parts(self) -> tuple[object, ...]:
        return self.difference, self.chosen, self.reason


pack_key: Callable[[PackLine], str] = attrgetter("member")
"""Return what a line stays known by."""


def pack_name(line: PackLine) -> str:
    """Return a line as a screen reader says it."""
    items = counted(line.items, "application", "applications")
    back = f", returned {short_day(line.returned_at.date())}" if line.returned_at else ""
    return f"{line.name}, {items}, {line.state(current_day()).lower()}{back}"


def decided_key(line: DecidedLine) -> tuple[str, ...]:
    """Return what a difference stays known by."""
    return (line.difference.member, *line.difference.key)


def decided_name(line: DecidedLine) -> str:
    """Return a difference as a screen reader says it: "S-007 A2, here 3, return 4, choose"."""
    return (
        f"{line.difference.what}, here {_here(line)}, {line.theirs} {_theirs(line)}, {_choice(line).lower()}"
    )


_name: Callable[[PackLine], str] = attrgetter("name")
_code: Callable[[PackLine], str] = attrgetter("member")


def _items(line: PackLine) -> str:
    return str(line.items)


def _issued(line: PackLine) -> str:
    return short_day(line.issued_at.date()) if line.issued_at else NOTHING


def _expires(line: PackLine) -> str:
    return short_day(line.expires_on) if line.expires_on else NOTHING


def _returned(line: PackLine) -> str:
    return short_day(line.returned_at.date()) if line.returned_at else NOTHING


def _state(line: PackLine) -> str:
    return line.state(current_day())


def _chip(line: PackLine) -> Chip | None:
    words = _state(line)
    return Chip(TONES.get(words, Tone.WARNING), words)


def _what(line: DecidedLine) -> str:
    found = line.difference
    return found.reference or slot_words(found.key.slot)


def _slot(line: DecidedLine) -> str:
    return f"{line.difference.code}, {slot_words(line.difference.key.slot)}"


def _here(line: DecidedLine) -> str:
    return value_words(line.difference.key.slot, line.difference.here)


def _theirs(line: DecidedLine) -> str:
    found = line.difference
    words = [value_words(found.key.slot, side.value) for side in found.sides if not side.is_here]
    return listed(words, "or")


def _choice(line: DecidedLine) -> str:
    if line.chosen is None:
        return "Choose"
    side = line.difference.sides[line.chosen]
    where = "here" if side.is_here else line.theirs
    return f"Keep {where}: {value_words(line.difference.key.slot, side.value)}"


_why: Callable[[DecidedLine], str] = attrgetter("reason")


COLUMNS: tuple[LineColumn[PackLine], ...] = (
    LineColumn("member", "Member", _name, under=_code, is_strong=True, keeps=Keeps.WHOLE),
    LineColumn("items", "Items", _items, width=70, gives_way=Gives.WORDS + 1),
    LineColumn("issued", "Issued", _issued, width=120, gives_way=Gives.WORDS + 3),
    LineColumn("expires", "Expires", _expires, width=120, gives_way=Gives.WORDS + 2),
    LineColumn("returned", "Returned", _returned, width=120),
    LineColumn("state", "State", _state, width=130, chip=_chip, gives_way=Gives.STATE),
)


def _files(line: DecidedLine) -> str:
    return ", ".join(line.files)


def differences(lines: Sequence[DecidedLine], theirs: str) -> tuple[LineColumn[DecidedLine], ...]:
    """Return the columns of what differs: what came at the left, as its key, and what is here at the right.

    Where all of it came in one file, that is the column's head; else each row names its own.
    """
    files = {file for line in lines for file in line.files}
    is_one = len(files) == 1
    head = next(iter(files)) if is_one else theirs.capitalize()
    under = None if is_one else _files
    return (
        LineColumn("what", "What", _what, width=110, under=_slot, is_strong=True),
        LineColumn("return", head, _theirs, width=210, under=under),
        LineColumn("here", HERE, _here, width=110),
        LineColumn("choice", "Choice and reason", _choice, decided_name, under=_why),
    )
