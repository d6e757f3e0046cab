"""Get the pages ready in idle moments, so that the first look at one costs no more than its figures.

Files of code are loaded one at a time, each after what it imports, and libraries are read from the disk
before: Python does nothing else while the system loads one, the window neither. Of a disk that had not read
it lately numpy took 35 ms at once, and takes 5 of what was read.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from time import monotonic
from types import CodeType
from typing import Protocol, runtime_checkable

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, QTimer, Slot

from gui.pages.page import PageTools
from gui.performance.turns import Turns
from gui.shell.page_list import PAGES, PageEntry
from gui.shell.page_stack import PageStack
from gui.widgets.speech.announcing import hears_each_part
from models.store.leftovers import clear_once

BEGINS_AFTER_MS = 400
"""After the record's first page: its figures come first."""
PAUSE_MS = 12
BENEATH = ("models.operations", "models.queries")
"""What pages ask and do: no Qt, so another thread loads it and the window answers meanwhile."""
FIRST_FIGURES = (
    "gui.tables.columns",
    "gui.widgets.charts.bars",
    "gui.pages.overview.figures",
)
"""What shows the first page's figures, from the bottom: the last file would load it all in one turn."""
SELDOM = ("Graphics", "Style", "Gesture", "Layout", "Event")
"""What the names of Qt's classes hold that are no widgets, or none that a page has."""
DOORS = ("exchange.applications.preview", "exchange.applications.importer", "jinja2.sandbox")
LATEST_SECONDS = 5.0
"""However long a slow computer works at the first page, the others are got ready after so long."""
WORK_SECONDS = 0.003
"""Steps shorter than this are done together, without a pause between them."""


@runtime_checkable
class InParts(Protocol):
    """A page that is made without what is not on show at first."""

    def make_rest(self) -> Iterator[None]:
        """Make what is left, a part at each step."""
        ...


@runtime_checkable
class InSteps(Protocol):
    """The first page, which is on show before what shows its figures is made."""

    def steps_left(self) -> tuple[Callable[[], object], ...]:
        """Return what makes the rest, a part each."""
        ...


class Preload(QObject):
    """Load one file of code, or make one page, at a time; keys and clicks come in between."""

    def __init__(
        self, pages: PageStack, tools: PageTools, parent: QObject, turns: Turns | None = None
    ) -> None:
        super().__init__(parent)
        self._first = turns or Turns(self)
        self._pages = pages
        self._tools = tools
        self._steps = self._all_steps()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._step)
        self._beneath: Thread | None = None
        self._begins_by = 0.0
        self._is_made = False
        """Whether what shows the first page's figures was made once."""
        tools.workspace.opened.connect(self._begin)
        QTimer.singleShot(0, self, self._load_first)

    @property
    def is_done(self) -> bool:
        return not self._timer.isActive()

    @Slot()
    def _load_first(self) -> None:
        """Load the code of the page that a record opens on while the record itself is being opened.

        In the turns of whoever tells that it is open, the code comes before that.
        """
        self._first.put(PAGES[0].load)

    @Slot()
    def load_figures(self) -> None:
        """Load and make what shows the first page's figures, once the page is painted with its round.

        It comes before they are asked for: both at once would take longer than one after the other.
        """
        page = self._pages.current
        if not self._is_made and self._pages.is_placed and isinstance(page, InSteps):
            self._is_made = True
            steps = [partial(import_module, module) for module in FIRST_FIGURES]
            self._put_first(*steps, lambda: self._put_first(*page.steps_left()))

    def _put_first(self, *steps: Callable[[], object]) -> None:
        for step in reversed(steps):
            self._first.put_first(step)

    @Slot()
    def _begin(self) -> None:
        self._steps = self._all_steps()
        self._begins_by = monotonic() + LATEST_SECONDS
        self._timer.start(BEGINS_AFTER_MS)

    @Slot()
    def _step(self) -> None:
        if self._tools.workspace.facts is None:
            return
        if self._beneath is None:
            if self._tools.workspace.runner.is_busy and monotonic() < self._begins_by:
                self._timer.start(PAUSE_MS)  # a slow computer still works at what the page shows
                return
            self._beneath = Thread(target=_load_beneath, name="preload", daemon=True)
            self._beneath.start()
        if self._beneath.is_alive():
            self._timer.start(PAUSE_MS)
            return
        end = monotonic() + WORK_SECONDS
        while self._tools.workspace.facts is not None and next(self._steps, None) is not None:
            if monotonic() >= end:
                self._timer.start(PAUSE_MS)
                return

    def _all_steps(self) -> Iterator[str]:
        """Yield a word after each step; only the pages that the person may go to are made.

        Where a reader hears of every part that is made, a page is made as it is gone to: the reader would
        be deaf to what is said meanwhile. To ask a first table for its viewport makes the binding get
        every class of widgets ready: 13 ms.
        """
        clear_once()
        yield "leftovers"
        for name in (name for name in dir(QtWidgets) if not any(map(name.__contains__, SELDOM))):
            getattr(QtWidgets, name)
            yield name
        known = set(sys.modules)
        for entry in PAGES:
            for module in _modules(entry):
                for each in loading_order(module, known):
                    import_module(each)
                    yield each
            if entry.key in self._tools.pages and not hears_each_part():
                for _ in self._pages.prepare(entry.key):
                    yield entry.key
                yield entry.key
                page = self._pages.page(entry.key)
                yield entry.key
                for _ in page.make_rest() if isinstance(page, InParts) else ():
                    yield entry.key
                for _ in self._pages.polish(entry.key):
                    yield entry.key


def _load_beneath() -> None:
    """Load what the pages stand on, file by file; in the window's thread one page would wait for it all."""
    for package in BENEATH:
        for module in _modules_of(package):
            import_module(module)
    for module in DOORS:
        import_module(module)
    Thread(target=read_ahead, name="read ahead", daemon=True).start()


def _modules(entry: PageEntry) -> Iterator[str]:
    """Yield the names of a page's files, that of the page itself last."""
    package, _, page = entry.module.rpartition(".")
    if page == "page":
        yield from (name for name in _modules_of(package) if name != entry.module)
    yield entry.module


def _modules_of(package: str) -> Iterator[str]:
    """Yield the names of the files of a package and of those within it, its own pages left out."""
    from pkgutil import iter_modules  # the first page comes before what is got ready

    for found in iter_modules(import_module(package).__path__, f"{package}."):
        if not found.ispkg:
            yield found.name
        elif not find_spec(f"{found.name}.page"):
            yield from _modules_of(found.name)


ROOM = "gui."


@runtime_checkable
class HasCode(Protocol):
    """What loads a module that is written in Python, from a file or out of the frozen program."""

    def get_code(self, fullname: str, /) -> CodeType | None:
        """Return the compiled code of a module."""
        ...


def loading_order(module: str, known: set[str]) -> Iterator[str]:
    """Yield what a module imports of the window's code, each after what it imports, the module last.

    What is `known` is left out, and all that is yielded becomes so: a circle comes to an end.
    """
    if module in known:
        return
    known.add(module)
    for imported in _imports_of(module):
        yield from loading_order(imported, known)
    yield module


def _imports_of(module: str) -> list[str]:
    """Return what a module imports of the window's code: in its compiled code no other name has a dot."""
    spec = find_spec(module)
    loader = None if spec is None else spec.loader
    code = loader.get_code(module) if isinstance(loader, HasCode) else None
    return [] if code is None else [name for name in code.co_names if name.startswith(ROOM)]


LATE = ("numpy", "highspy", "PIL", "lxml", "uharfbuzz", "pypdfium2_raw")
"""What sums and papers are made with; the first page needs none of it."""
ENDINGS = frozenset({".so", ".pyd", ".dll", ".dylib"})
BESIDE = ("numpy.libs", "pillow.libs")
"""Where the libraries lie that others stand on, beside their packages."""
AT_ONCE = 1 << 20


def read_ahead() -> None:
    """Read them, so that the system holds them in memory that it can spare; what cannot be read is left."""
    held = bytearray(AT_ONCE)
    for path in library_files():
        with suppress(OSError), path.open("rb", buffering=0) as stream:
            while stream.readinto(held):
                pass


def library_files() -> Iterator[Path]:
    """Yield the files of the libraries, and of those that they stand on."""
    folders = [folder for name in LATE for folder in _folders(name)]
    beside = {folder.parent / name for folder in folders for name in BESIDE}
    for folder in (*folders, *sorted(beside)):
        yield from (path for path in folder.rglob("*") if not ENDINGS.isdisjoint(path.suffixes))


def _folders(package: str) -> Iterator[Path]:
    """Yield where a package lies, without loading it."""
    spec = find_spec(package)
    for place in () if spec is None else spec.submodule_search_locations or ():
        yield Path(place)
