"""What keeps the window quick: work in slices and turns, memory given back."""

import gc
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.performance.preload import FIRST_FIGURES, Preload
from gui.performance.trim_memory import share_heap, trim_memory
from gui.performance.turns import NEW, OLD, GarbageCollection, PaintTurn, TimeSlicing, Turns


@pytest.mark.usefixtures("qapp")
def test_many_new_objects_are_looked_through_and_few_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QObject()
    found = GarbageCollection(parent)
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", looked.append)
    monkeypatch.setattr(gc, "get_count", lambda: (NEW - 1, 0, 0))
    found.look()
    assert looked == []
    monkeypatch.setattr(gc, "get_count", lambda: (NEW, 0, 0))
    for _ in range(OLD):
        found.look()
    assert looked == [0] * (OLD - 1) + [2]
    assert not gc.isenabled()


class Source(QObject):
    landed = Signal(object)


class Painted(QWidget):
    """A window that counts how often it is painted."""

    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        self.times += 1


def test_only_the_painting_after_what_takes_long_waits_for_a_turn_of_its_own(qtbot: QtBot) -> None:
    source, window = Source(), Painted()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.times > 0)
    turns, others = Turns(window), list[int]()
    painted = list[int]()
    PaintTurn(window, turns, source.landed).painted.connect(lambda: painted.append(window.times))
    window.update()
    qtbot.waitUntil(lambda: window.times > 1)  # the first of all is held as well
    window.times = 0

    source.landed.emit(None)
    turns.put(lambda: others.append(window.times))
    window.update()
    QCoreApplication.sendPostedEvents()
    assert window.times == 0
    source.landed.emit(None)  # another answer while it waits is painted with it, and holds it up no longer
    window.update()
    qtbot.waitUntil(lambda: others == [1])
    window.update()
    QCoreApplication.sendPostedEvents()

    assert (window.times, painted[-1]) == (2, 1)


class Dressings(QObject):
    """Notes what of a page is dressed only as it is shown."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.seen: list[str] = []
        for part in page.findChildren(QWidget):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() is QEvent.Type.Polish:
            self.seen.append(type(watched).__name__)
        return False


def test_every_page_that_is_open_to_the_person_is_ready_after_a_while(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    pages, tools = window.main.pages, window.main.tools
    warming = Preload(pages, tools, window.main)

    window.controller.open(record_path)
    assert pages.made == {"overview"}
    qtbot.waitUntil(lambda: warming.is_done)

    assert pages.made == tools.pages
    assert pages.key == "overview"
    assert not tools.parts._made
    assert all(map(find_spec, FIRST_FIGURES))

    office = window.main.pages.page("office")
    dressings = Dressings(office)
    tools.go("office")
    assert not dressings.seen


def test_nothing_is_got_ready_once_the_record_is_closed_or_where_a_reader_hears_each_part_being_made(
    window: Window, record_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    warming = Preload(window.main.pages, window.main.tools, window.main)
    window.controller.open(record_path)
    window.workspace.close()
    qtbot.waitUntil(lambda: warming.is_done)
    assert "criteria" not in window.main.pages.made

    monkeypatch.setattr("gui.performance.preload.hears_each_part", lambda: True)
    warming = Preload(window.main.pages, window.main.tools, window.main)
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: warming.is_done)

    assert window.main.pages.made == {"overview"}
    window.main.tools.go("ranking")
    assert window.main.ranking.table.rows


def steps(taken: list[str], *names: str) -> Iterator[None]:
    for name in names:
        taken.append(name)
        yield


def test_what_is_left_is_taken_for_whoever_needs_it_whole(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("gui.performance.turns.SLICE_SECONDS", 0.0)
    holder, taken = QObject(), list[str]()
    slices = TimeSlicing(holder)
    slices.begin(steps(taken, "one", "two", "three"))

    slices.finish()

    assert taken == ["one", "two", "three"]


def test_what_is_free_goes_back_to_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")  # others give it back by themselves
    asked: list[int] = []
    heaps: list[tuple[int, int]] = []
    library = SimpleNamespace(malloc_trim=asked.append, mallopt=lambda *given: heaps.append(given))
    monkeypatch.setattr("ctypes.CDLL", lambda name: library)

    trim_memory()
    share_heap()
    assert asked == [0]
    assert heaps == [(-8, 1)]  # the number that glibc has for the most heaps

    monkeypatch.setattr("ctypes.CDLL", lambda name: SimpleNamespace())
    trim_memory()  # a C library that knows no such thing is let be
    share_heap()
    monkeypatch.setattr("sys.platform", "win32")
    trim_memory()
    assert asked == [0]


@pytest.mark.parametrize("seconds", [0.0, 60.0])
def test_steps_come_in_their_order_and_not_with_what_was_posted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr("gui.performance.turns.TURN_SECONDS", seconds)
    holder, taken = QObject(), list[str]()
    turns = Turns(holder)
    for name in ("one", "two", "three"):
        turns.put(partial(taken.append, name))
    QCoreApplication.sendPostedEvents()
    assert taken == []

    qtbot.waitUntil(lambda: taken == ["one", "two", "three"])
    turns.put(partial(taken.append, "four"))
    qtbot.waitUntil(lambda: taken[3:] == ["four"])
