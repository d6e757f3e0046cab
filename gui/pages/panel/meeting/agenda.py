"""The items in running order: which, how far, and who leaves."""

from collections.abc import Callable
from operator import attrgetter

from msgspec import Struct

from gui.pages.panel.meeting.words import state_chip
from gui.tables.line_column import LineColumn
from gui.tables.outcome_chip import Chip
from gui.text import counted
from models.queries.panel.meeting_figures import MeetingFigures
from scoring.marks.meeting import Item


class AgendaRow(Struct, frozen=True):
    """One item: its number in the order, its names, how far it is, and how many leave."""

    number: int
    reference: str
    organisation: str
    chip: Chip
    leaving: int


def agenda_rows(figures: MeetingFigures, items: tuple[Item, ...]) -> tuple[AgendaRow, ...]:
    """Return the rows of the running order."""
    return tuple(
        AgendaRow(n, item.reference, item.organisation, state_chip(figures, item), len(figures.leaving(item)))
        for n, item in enumerate(items, start=1)
    )


key_of: Callable[[AgendaRow], str] = attrgetter("reference")
"""Return the row's key."""


def spoken(row: AgendaRow) -> str:
    """Return a row as a screen reader names it."""
    leaving = f", {counted(row.leaving, 'person leaves', 'people leave')} the room" if row.leaving else ""
    return f"Item {row.number}, {row.reference} {row.organisation}, {row.chip.word}{leaving}"


_name: Callable[[AgendaRow], str] = attrgetter("organisation")


def _under(row: AgendaRow) -> str:
    leaving = f" · {row.leaving} out" if row.leaving else ""
    return f"{row.number} · {row.reference}{leaving}"


_chip: Callable[[AgendaRow], Chip] = attrgetter("chip")
_chip_word: Callable[[AgendaRow], str] = attrgetter("chip.word")


AGENDA_COLUMNS = (
    LineColumn("item", "Item", _name, spoken, spoken, under=_under, is_strong=True),
    LineColumn("state", "", _chip_word, _chip_word, _chip_word, width=100, chip=_chip),
)
