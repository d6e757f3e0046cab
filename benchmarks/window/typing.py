"""Typing into a reason while it is kept: how long each key takes until it is painted."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter, thread_time
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.table import Row
from benchmarks.window.offscreen import Shown, shown
from benchmarks.window.record import BLANK, MEMBER, SCORING
from gui.pages.page import Identity
from gui.pages.panel.scoring.marks import ReasonBox
from gui.pages.panel.scoring.page import ScoringPage

LIMIT_MS = 16
TEXT = "The evening sessions answer the need that the ward profile shows, and they can start in March. "
ROUNDS = 4


class Key(NamedTuple):
    """Milliseconds from a key to its letter's being painted, and how many of them the window worked."""

    taken: float
    worked: float


def measure() -> Iterator[Row]:
    """Yield the median and the longest key, drafts being kept and the sheet saved meanwhile."""
    with shown() as window:
        reason = _box(window)
        pause = window.window.workspace.session.drafts.findChild(QTimer)
        assert pause is not None, "drafts are handed on after a pause"
        keys = [key for _ in range(ROUNDS) for key in _burst(reason, pause)]
    taken, worked = [key.taken for key in keys], [key.worked for key in keys]
    detail = f"at most {max(taken):.1f} ms"
    yield Row("Typing into a reason, a key", median(taken), LIMIT_MS, "ms", detail)
    yield Row("The window's own work for a key, the longest", max(worked), LIMIT_MS, "ms")


def _box(window: Shown) -> ReasonBox:
    """Return the reason of the first criterion on the member's blank sheet."""
    tools = window.window.main.tools
    tools.use_as(Identity(MEMBER, "member", "M2"))
    tools.choose_area(SCORING)
    tools.go("scoring", BLANK)
    window.settle()
    page = window.window.main.pages.current
    assert isinstance(page, ScoringPage), "the page that was gone to"
    page.show_reference(BLANK)
    window.settle()
    box = page.form.open_box
    assert box is not None, "the sheet is blank, so its first criterion is open"
    box.reason.setFocus()
    window.settle()
    return box.reason


def _burst(reason: ReasonBox, pause: QTimer) -> list[Key]:
    """Type, beginning at the moment at which the words so far are kept."""
    if reason.text:
        loop = QEventLoop()
        pause.timeout.connect(loop.quit)
        loop.exec()
    return [_key(reason, letter) for letter in TEXT]


def _key(reason: ReasonBox, letter: str) -> Key:
    began, worked = perf_counter(), thread_time()
    QTest.keyClicks(reason, letter)
    QApplication.processEvents()
    return Key((perf_counter() - began) * 1000, (thread_time() - worked) * 1000)
