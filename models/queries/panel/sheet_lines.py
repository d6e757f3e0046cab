"""The lines of a member's list of sheets, as values: what each waits for, and what is open of it."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from models.permissions.role import is_asked_for_marks
from models.queries.set_up.scheme import ReasonRule
from models.values.rows import MemberRow
from scoring.round import InterestKind
from scoring.scheme import Scheme


class SheetState(StrEnum):
    """Where a member's sheet for one application stands."""

    UNDECLARED = "not declared"
    CONFLICT = "conflict"
    ABSTAINED = "abstained"
    WAITING = "not open yet"
    OPEN = "open"
    READY = "ready"
    HANDED_IN = "handed in"
    MISSED = "closed without a sheet"


TO_SCORE = (SheetState.OPEN, SheetState.READY, SheetState.HANDED_IN)
"""The states of a sheet that is, or was, the member's to fill in."""
CLOSED = (SheetState.UNDECLARED, SheetState.CONFLICT, SheetState.ABSTAINED)
"""The states in which nothing of the application opens."""

OTHERS_OPENED = (
    "Sheets are handed in, and their marks are open to a chair who does not score, so it can no longer be "
    "changed."
)
"""Why a chair who does not score cannot score after all."""


class SheetLine(Struct, frozen=True):
    """One application as it stands for one member; marks and reasons in the order of `Scheme.judged`.

    A line in a closed state has no marks and no reasons, whatever was marked before it closed; after an
    interest it has no project either. `others` counts the other members' complete sheets; `reopened` is
    why the chair opened the sheet again, "" if never; `why_not_applicable` says by criterion why the chair
    set it aside.
    A sheet that was handed in is kept from whoever types in paper: it has neither marks nor reasons then.
    `in_place` are names and codes of who may rule on it for a chair with an interest, for an officer alone.
    """

    reference: str
    organisation: str
    project: str
    area: str
    stage: str
    state: SheetState
    marks: tuple[int | None, ...] = ()
    reasons: tuple[str, ...] = ()
    not_applicable: frozenset[str] = field(default_factory=frozenset)
    others: int = 0
    interest: InterestKind | None = None
    is_void: bool = False
    reopened: str = ""
    why_not_applicable: tuple[tuple[str, str], ...] = ()
    is_kept_from_typist: bool = False
    organisation_id: int = 0
    in_place: tuple[tuple[str, str], ...] = ()

    @property
    def is_scored(self) -> bool:
        """Whether every mark is given, handed in or not."""
        return self.state in (SheetState.READY, SheetState.HANDED_IN)


class ScoreSheets(Struct, frozen=True):
    """All of a member's sheets in a round; `member` is None for somebody who is not on the panel.

    `scores` is false for a chair who said that they do not score; `has_others` says that another member
    handed a sheet in. `short_without` counts what fewer members than the quorum are left to score without
    this member.
    """

    scheme: Scheme
    round_stage: str
    member: MemberRow | None
    has_declared: bool
    chairs: tuple[str, ...]
    members: tuple[MemberRow, ...]
    lines: tuple[SheetLine, ...]
    reasons: ReasonRule = ReasonRule.ASKED
    scores: bool = True
    has_others: bool = False
    short_without: int = 0

    @property
    def why_not_scoring(self) -> str:
        """Return why a chair who does not score cannot score after all, "" where they can."""
        return OTHERS_OPENED if not self.scores and self.has_others else ""

    @property
    def too_few_without(self) -> bool:
        """Whether fewer members than the quorum are left to score without this one."""
        marking = (row for row in self.members if is_asked_for_marks(row.role))
        return sum(row != self.member for row in marking) < self.scheme.quorum


def with_mark(line: SheetLine, codes: Sequence[str], code: str, mark: int | None) -> SheetLine:
    """Return an open line as it will stand once a mark is given, or taken back (None)."""
    marks = tuple(mark if c == code else old for c, old in zip(codes, line.marks, strict=True))
    is_full = has_all_marks(marks, codes, line.not_applicable)
    return replace(line, marks=marks, state=SheetState.READY if is_full else SheetState.OPEN)


def missing_reasons(line: SheetLine, codes: Sequence[str], rule: ReasonRule) -> tuple[str, ...]:
    """Return the criteria on which an open sheet lacks a reason that its round requires."""
    if rule is not ReasonRule.REQUIRED or line.state not in (SheetState.OPEN, SheetState.READY):
        return ()
    pairs = zip(codes, line.reasons, strict=True)
    return tuple(code for code, text in pairs if not text.strip() and code not in line.not_applicable)


def with_reason(line: SheetLine, codes: Sequence[str], code: str, text: str) -> SheetLine:
    """Return an open line as it will stand once a reason is written."""
    return replace(
        line, reasons=tuple(text if c == code else old for c, old in zip(codes, line.reasons, strict=True))
    )


def has_all_marks(marks: Sequence[int | None], codes: Sequence[str], not_applicable: frozenset[str]) -> bool:
    """Whether every criterion has a mark, or is not applicable."""
    pairs = zip(codes, marks, strict=True)
    return all(mark is not None or code in not_applicable for code, mark in pairs)


def next_sheet(lines: Sequence[SheetLine], current: int, skipped: Collection[str]) -> int | None:
    """Return the next sheet that is still to be marked, None when there is none.

    Among those open, one that was not skipped comes first, then the one with the fewest complete sheets
    of other members, then the next in order, beginning again at the top.
    """
    count = len(lines)
    waiting = [
        number for number, line in enumerate(lines) if line.state is SheetState.OPEN and number != current
    ]
    if not waiting:
        return None
    return min(
        waiting,
        key=lambda number: (
            lines[number].reference in skipped,
            lines[number].others,
            (number - current - 1) % count,
        ),
    )
