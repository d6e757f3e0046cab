"""What keeps the window quick: work in slices and turns, libraries read ahead, memory given back."""

import ast
import gc
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.performance import read_ahead
from gui.performance.garbage_collection import NEW, OLD, GarbageCollection
from gui.performance.import_order import loading_order
from gui.performance.paint_turn import PaintTurn
from gui.performance.preload import FIRST_FIGURES, Preload
from gui.performance.read_ahead import library_files
from gui.performance.time_slicing import TimeSlicing
from gui.performance.trim_memory import share_heap, trim_memory
from gui.performance.turns import WAIT_MS, Turns
from gui.record.runner import Job, PoolRunner


def test_many_new_objects_are_looked_through(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QObject()
    found = GarbageCollection(parent)
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", looked.append)
    monkeypatch.setattr(gc, "get_count", lambda: (NEW, 0, 0))

    for _ in range(OLD):
        found.look()

    assert looked == [0] * (OLD - 1) + [2]
    assert not gc.isenabled()


def test_few_new_objects_are_let_be(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QObject()
    found = GarbageCollection(parent)
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", looked.append)
    monkeypatch.setattr(gc, "get_count", lambda: (NEW - 1, 0, 0))

    found.look()

    assert looked == []


PAGE = "gui.pages.deciding.ranking.page"


def test_a_page_comes_after_all_that_it_imports_and_each_file_once() -> None:
    order = list(loading_order(PAGE, set()))

    place = {module: number for number, module in enumerate(order)}
    assert len(place) == len(order) > 100
    assert order[-1] == PAGE
    for module in order:
        assert all(place[imported] < place[module] for imported in _imported(module)), module


def test_what_is_loaded_and_what_it_alone_imports_is_left_out() -> None:
    every = set(loading_order(PAGE, set()))

    assert list(loading_order(PAGE, every - {PAGE})) == [PAGE]


def _imported(module: str) -> list[str]:
    """Return what a file imports of the window's code at its top, read from its source."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    found = ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body
    names = [node.module for node in found if isinstance(node, ast.ImportFrom) and node.module]
    return [name for name in names if name.startswith("gui.")]


LOOK = """
from gui.start import begin
begin()
import linecache
import gui.app, gui.pages.deciding.ranking.page, PySide6.QtWidgets
print([name for name in linecache.cache if "/gui/" in name.replace(chr(92), "/")])
"""


def test_no_source_is_read_once_the_program_has_begun() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "[]"


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
    assert isinstance(office, QWidget)
    dressings = Dressings(office)
    tools.go("office")
    assert not dressings.seen


def test_a_page_made_beforehand_shows_its_round_when_it_is_gone_to(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    warming = Preload(window.main.pages, window.main.tools, window.main)
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: warming.is_done)

    window.main.tools.go("ranking")

    assert window.main.ranking.table.rows


def test_a_page_is_made_as_it_is_gone_to_where_a_reader_hears_each_part_being_made(
    window: Window, record_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.performance.preload.hears_each_part", lambda: True)
    warming = Preload(window.main.pages, window.main.tools, window.main)
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: warming.is_done)

    assert window.main.pages.made == {"overview"}
    window.main.tools.go("ranking")
    assert window.main.ranking.table.rows


def test_nothing_is_got_ready_once_the_record_is_closed(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    warming = Preload(window.main.pages, window.main.tools, window.main)
    window.controller.open(record_path)

    window.workspace.close()
    qtbot.waitUntil(lambda: warming.is_done)

    assert "criteria" not in window.main.pages.made


MAPPED = Path("/proc/self/maps")
LOADED = """
from pathlib import Path
import gui.app, gui.pages.overview.page, gui.performance.preload
gui.performance.preload.read_ahead = lambda: None
gui.performance.preload._load_beneath()

def files():
    lines = Path("/proc/self/maps").read_text().splitlines()
    return {{line.split(None, 5)[5] for line in lines if "site-packages" in line}}

before = files()
import {}
print(*(files() - before), sep="\\n")
"""


@pytest.mark.skipif(not MAPPED.exists(), reason="this system does not say what is loaded")
@pytest.mark.parametrize(
    "module", ["scoring.sensitivity.list_sensitivity", "exchange.papers.schedule.schedule_pdf", "pypdfium2"]
)
def test_each_file_that_sums_and_papers_load_is_read_ahead(module: str) -> None:
    known = {path.resolve() for path in library_files()}
    program = [sys.executable, "-c", LOADED.format(module)]

    found = subprocess.run(program, check=True, capture_output=True, text=True).stdout.splitlines()

    late = {Path(name).resolve() for name in found if ".so" in Path(name).suffixes}
    assert late
    assert late - known == set()


def test_what_cannot_be_read_keeps_nothing_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, read = tmp_path / "there.so", list[Path]()
    there.write_bytes(b"library")
    monkeypatch.setattr(read_ahead, "library_files", lambda: iter((tmp_path / "gone.so", tmp_path, there)))
    opened = Path.open
    monkeypatch.setattr(
        Path, "open", lambda path, *how, **more: read.append(path) or opened(path, *how, **more)
    )

    read_ahead.read_ahead()

    assert read[-1] == there


@pytest.fixture
def slices(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[TimeSlicing]:
    """TimeSlicing of one step each."""
    monkeypatch.setattr("gui.performance.time_slicing.SLICE_SECONDS", 0.0)
    holder = QObject()
    yield TimeSlicing(holder)
    del holder


def steps(taken: list[str], *names: str) -> Iterator[None]:
    for name in names:
        taken.append(name)
        yield


def test_the_first_slice_is_taken_at_once_and_the_rest_as_the_window_has_time(
    slices: TimeSlicing, qtbot: QtBot
) -> None:
    taken: list[str] = []
    slices.begin(steps(taken, "one", "two", "three"))
    assert taken == ["one"]

    qtbot.waitUntil(lambda: taken == ["one", "two", "three"])


def test_an_earlier_action_is_left_where_it_is(slices: TimeSlicing, qtbot: QtBot) -> None:
    taken: list[str] = []
    slices.begin(steps(taken, "one", "two"))
    slices.begin(steps(taken, "uno", "due"))

    qtbot.waitUntil(lambda: taken == ["one", "uno", "due"])


def test_what_is_left_is_taken_for_whoever_needs_it_whole(slices: TimeSlicing) -> None:
    taken: list[str] = []
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


@pytest.mark.parametrize(("label", "times"), [("Sums", 1), ("", 0)])
def test_it_is_given_back_after_work_that_is_long_enough_to_be_shown(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, label: str, times: int
) -> None:
    given: list[str] = []
    monkeypatch.setattr("gui.record.runner.trim_memory", lambda: given.append("back"))
    runner, done = PoolRunner(), list[object]()

    runner.start(Job(lambda ticket: "sum", done.append, done.append, label=label))
    qtbot.waitUntil(lambda: done == ["sum"])
    runner.finish()

    assert len(given) == times


def fail() -> None:
    raise ValueError("no")


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


def test_a_turn_behind_something_long_lets_what_else_is_due_come_first_and_only_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.performance.turns.monotonic", count().__next__)  # a second at each look
    holder, taken = QObject(), list[str]()
    turns = Turns(holder)
    turns.put(partial(taken.append, "turn"))
    QTimer.singleShot(WAIT_MS, holder, partial(taken.append, "due"))

    qtbot.waitUntil(lambda: len(taken) == 2)

    assert taken == ["due", "turn"]


def test_what_a_step_puts_waits_for_the_painting_of_what_it_changed(qtbot: QtBot) -> None:
    holder, taken = QObject(), list[str]()
    turns = Turns(holder)

    def step() -> None:
        turns.put(partial(taken.append, "put by it"))
        QTimer.singleShot(0, holder, partial(turns.put_first, partial(taken.append, "painted")))

    turns.put(step)
    qtbot.waitUntil(lambda: len(taken) == 2)

    assert taken == ["painted", "put by it"]


def test_those_after_a_step_that_breaks_are_taken(qtbot: QtBot) -> None:
    holder, taken = QObject(), list[str]()
    turns = Turns(holder)

    with qtbot.captureExceptions() as broken:
        turns.put(fail)
        turns.put(partial(taken.append, "next"))
        qtbot.waitUntil(lambda: taken == ["next"])

    assert [error[0] for error in broken] == [ValueError]
