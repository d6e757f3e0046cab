"""After one agreed mark: rank the whole round again and paint the list of one area, and the 50 ms."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot

from benchmarks.table import Row
from benchmarks.window.offscreen import Shown, shown
from benchmarks.window.record import MEETING
from models.operations.panel.agreed import SetAgreedMark

LIMIT_MS = 50
MARKS = 15
CODE = "A1"


class Marked(NamedTuple):
    """Milliseconds from a mark's being given, and from its being saved, to the painted list.

    `worked` is how many of the latter all threads of the program worked.
    """

    given: float
    saved: float
    worked: float


def measure() -> Iterator[Row]:
    """Yield how long the list takes to follow a mark: 8 areas, 1,000 applications, 125 on show."""
    with shown() as window:
        _go(window)
        figures = [_mark(window, number) for number in range(MARKS + 1)][1:]
    saved = median(one.saved for one in figures)
    given = median(one.given for one in figures)
    worked = median(one.worked for one in figures)
    detail = f"{worked:.1f} ms of it work; with saving it {given:.1f} ms"
    yield Row("Re-rank and repaint after one mark", saved, LIMIT_MS, "ms", detail)


def _go(window: Shown) -> None:
    window.during("the ranked list")
    window.window.main.tools.go("ranking")
    window.settle()
    window.window.main.tools.choose_area(MEETING)
    window.settle()


def _mark(window: Shown, number: int) -> Marked:
    """Agree another mark on the first application that is on show."""
    page, workspace = window.window.main.ranking, window.window.workspace
    figures = page.figures
    assert figures is not None, "the list is on show"
    first = next(row.name for row in page.table.rows if not row.spans)
    agreed = next(row for row in figures.rows.agreed if row.application == first)
    stands, reason = agreed.marks[0], next(iter(agreed.reasons), "")
    value = 5 if stands != 5 else 4
    times = _Times()
    page.came.connect(times.note_came)
    workspace.saved.connect(times.note_saved)
    began = perf_counter()
    workspace.perform(
        SetAgreedMark(figures.line.round_id, first, CODE, value, f"Agreed, {number}.", stands, reason)
    )
    painted = window.until_painted_after(times.has_come)
    worked = process_time() - times.worked
    page.came.disconnect(times.note_came)
    workspace.saved.disconnect(times.note_saved)
    window.settle()
    return Marked((painted - began) * 1000, (painted - times.saved) * 1000, worked * 1000)


class _Times(QObject):
    """When a change was saved, and when what it comes to was on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.saved = self.came = self.worked = 0.0

    def has_come(self) -> bool:
        return bool(self.came)

    @Slot()
    def note_saved(self) -> None:
        self.saved, self.worked = perf_counter(), process_time()

    @Slot()
    def note_came(self) -> None:
        self.came = perf_counter()
