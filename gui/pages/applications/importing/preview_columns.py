"""Declare the columns of the rows of a file, as they would be imported."""

from collections.abc import Callable
from operator import attrgetter

from exchange.applications.preview import PreviewRow, State
from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.tables.outcome_chip import Chip
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from scoring import money

TONES = {
    State.NEW: Tone.FUND,
    State.CHANGED: Tone.WARNING,
    State.PROBLEM: Tone.DANGER,
    State.CHECK: Tone.WARNING,
    State.SAME: Tone.INFORMATION,
    State.TWICE: Tone.INFORMATION,
    State.NOT_TAKEN: Tone.DANGER,
    State.LEFT_OUT: Tone.DECLINE,
}


row_number: Callable[[PreviewRow], int] = attrgetter("number")
"""Return what a row stays known by."""
row_name: Callable[[PreviewRow], str] = attrgetter("spoken")
"""Return a row as a screen reader says it."""


_project: Callable[[PreviewRow], str] = attrgetter("project")


def area_of(row: PreviewRow) -> str:
    """Return the area of a row: its own name, or as the file has it."""
    return row.application.area or "–" if row.application is not None else row.area


def _asked(row: PreviewRow) -> str:
    return row.asked if row.application is None else money.short_pounds(row.application.requested_pence)


def _points(row: PreviewRow) -> str:
    said = (f"{point.cell}: {point.words}" if point.cell else point.words for point in row.points)
    return ours("; ".join(words.removesuffix(".") for words in said))


def _suggested(row: PreviewRow) -> str:
    return "; ".join(line.partition(": ")[2] for line in row.suggested) or "–"


def _spoken_suggested(row: PreviewRow) -> str:
    return f"suggested: {'; '.join(row.suggested)}" if row.suggested else "nothing suggested"


PREVIEW_COLUMNS = (
    LineColumn("row", "Row", lambda row: f"{row.number}", row_name, width=56),
    LineColumn(
        "applicant",
        "Applicant and project",
        lambda row: row.organisation or "No organisation",
        tip=_project,
        under=_project,
        is_strong=True,
    ),
    LineColumn("area", "Area", area_of, tip=area_of, width=118, gives_way=Gives.AREA),
    LineColumn(
        "suggested",
        "Suggested",
        _suggested,
        _spoken_suggested,
        _spoken_suggested,
        width=150,
        gives_way=Gives.AREA - 1,
    ),
    LineColumn("asked", "Requested", _asked, is_right=True, width=100),
    LineColumn(
        "points",
        "To look at",
        _points,
        tip=_points,
        outlined=lambda row: any(not point.is_check for point in row.points),
        width=220,
        gives_way=Gives.WORDS,
        least=120,
    ),
    LineColumn(
        "state",
        "State",
        attrgetter("state"),
        tip=_points,
        chip=lambda row: Chip(TONES[row.state], row.state),
        width=132,
        gives_way=Gives.STATE,
    ),
)
