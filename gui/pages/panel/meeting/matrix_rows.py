"""The rows and columns of the matrix: criteria down, members across, then the spread and what is agreed."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter

from msgspec import Struct

from gui.pages.panel.meeting.words import cell_words, dots_words, spoken_cell
from gui.tables.columns import Column
from gui.text import NOTHING
from models.queries.panel.meeting_figures import MeetingFigures
from scoring.marks.meeting import SETTLED_HEADS, Item, Line, Sign
from scoring.scheme import Combine

CRITERION, MARKS, SPREAD, AGREED, REASON = "criterion", "marks", "spread", "agreed", "reason"
MEMBER = "member "
MEMBER_WIDTH = 62
"""The least room of a member's column; a longer name widens it."""


class MatrixRow(Struct, frozen=True):
    """One criterion of the item on show, with the panel's reason or the chair's for setting it aside.

    `counts` is what counts where marks are not agreed ("3.50"), None under consensus. A reason that
    `is_for_panel` is told to no applicant.
    """

    line: Line
    reason: str
    not_applicable: str
    must_settle: bool
    counts: str | None = None
    is_for_panel: bool = False

    @property
    def code(self) -> str:
        """Return the criterion's code, the row's key."""
        return self.line.code

    @property
    def agreed(self) -> str:
        """Return the agreed cell as it is printed."""
        if self.line.is_not_applicable:
            return "n/a"
        if self.counts is not None:
            return self.counts
        return str(self.line.agreed) if self.line.agreed is not None else "[ ]"


def matrix_rows(figures: MeetingFigures, item: Item) -> tuple[MatrixRow, ...]:
    """Return the rows of one item."""
    left = figures.left(item)
    return tuple(
        MatrixRow(
            line,
            figures.reason(item.reference, line.code),
            figures.not_applicable.get((item.reference, line.code), ""),
            line.code in left,
            None if figures.is_agreed else figures.value(item.reference, line.code),
            figures.is_for_panel(item.reference, line.code),
        )
        for line in item.lines
    )


def matrix_columns(names: tuple[str, ...], combine: Combine) -> tuple[Column[MatrixRow], ...]:
    """Return the columns for a panel; `names` are the members' heads."""
    noted = "Reason" if combine is Combine.CONSENSUS else "Discussion"
    members = tuple(
        Column(
            f"{MEMBER}{number}",
            name.replace("-", "-\n"),
            partial(_cell, number=number),
            partial(_spoken_member, number=number, name=name),
            width=MEMBER_WIDTH,
            own=partial(_own_member, number=number, name=name),
        )
        for number, name in enumerate(names)
    )
    return (
        Column(CRITERION, "Criterion", _criterion, _criterion, _criterion),
        *members,
        Column(MARKS, "Marks", _no_text, _dots, _dots, width=112),
        Column(SPREAD, "Spread", _spread, _spoken_spread, width=78),
        Column(AGREED, SETTLED_HEADS[combine].replace(" ", "\n"), _agreed, _spoken_agreed, width=70),
        Column(REASON, noted, _reason, _spoken_reason, _reason, width=90),
    )


def member_number(name: str) -> int | None:
    """Return which member a column is of, None for another column."""
    return int(name.removeprefix(MEMBER)) if name.startswith(MEMBER) else None


def row_words(row: MatrixRow) -> str:
    """Return a row as a screen reader names it."""
    return f"{_criterion(row)}, {_spoken_spread(row)}, {_spoken_agreed(row)}"


Words = Callable[[MatrixRow], str]


def _criterion(row: MatrixRow) -> str:
    return f"{row.line.code} {row.line.title}"


def _cell(row: MatrixRow, number: int) -> str:
    return cell_words(row.line.cells[number])


def _spoken_member(row: MatrixRow, number: int, name: str) -> str:
    return f"{_criterion(row)}, {_own_member(row, number, name)}, {_spoken_spread(row)}"


def _own_member(row: MatrixRow, number: int, name: str) -> str:
    """Return a member's cell alone, for a reader that says every cell of the row."""
    return f"{name} {spoken_cell(row.line.cells[number], row.line)}"


def _no_text(row: MatrixRow) -> str:
    return ""


def _dots(row: MatrixRow) -> str:
    return dots_words(row.line)


def _spread(row: MatrixRow) -> str:
    return NOTHING if row.line.spread is None else str(row.line.spread)


def _spoken_spread(row: MatrixRow) -> str:
    if row.line.spread is None:
        return "no spread"
    return f"spread {row.line.spread}{', to discuss' if row.line.is_flagged else ''}"


_agreed: Callable[[MatrixRow], str] = attrgetter("agreed")


def _spoken_agreed(row: MatrixRow) -> str:
    if row.line.is_not_applicable:
        return "not applicable"
    if row.counts is not None:
        return f"counts {row.counts}"
    return f"agreed {row.line.agreed}" if row.line.agreed is not None else "not agreed yet"


def _reason(row: MatrixRow) -> str:
    return f"Not applicable: {row.not_applicable}" if row.not_applicable else row.reason


def _spoken_reason(row: MatrixRow) -> str:
    return _reason(row) or ("no reason yet" if row.counts is None else "nothing noted yet")


def is_number(row: MatrixRow, number: int) -> bool:
    """Whether a member's cell holds a mark."""
    return row.line.cells[number].sign is Sign.MARK
