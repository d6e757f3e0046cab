"""Scrolling the ranked table of 10,000 rows, page by page and row by row, each step painted."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtWidgets import QApplication

from benchmarks.table import Row
from benchmarks.window.offscreen import Shown, shown
from gui.pages.deciding.ranking.sensitivity import WORKING_BADGES

LEAST_A_SECOND = 50
STEPS = 200
ROWS = 10_000


def measure() -> Iterator[Row]:
    """Yield how many frames a second are painted while the list is scrolled."""
    with shown(ROWS, without=WORKING_BADGES) as window:
        window.window.main.tools.go("ranking")
        window.settle()
        count = len(window.window.main.ranking.table.rows)
        by_row = _frames(window, 1)
        by_page = _frames(window, 0)
    for manner, frames in (("row by row", by_row), ("page by page", by_page)):
        subject = f"Scrolling {count:,} rows {manner}"
        yield Row(subject, frames, LEAST_A_SECOND, "frames a second", at_least=True)


def _frames(window: Shown, rows: int) -> float:
    """Return the frames a second of steps of so many rows, 0 for a whole page."""
    table = window.window.main.ranking.table
    bar = table.verticalScrollBar()
    bar.setValue(bar.minimum())
    QApplication.processEvents()
    step = bar.singleStep() * rows or bar.pageStep()
    began = perf_counter()
    for _ in range(STEPS):
        bar.setValue(bar.value() + step)
        table.viewport().repaint()
    return STEPS / (perf_counter() - began)
