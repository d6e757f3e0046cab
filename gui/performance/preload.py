"""Get the pages ready in idle moments, so that the first look at one costs no more than its figures."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from threading import Thread
from time import monotonic
from typing import Protocol, runtime_checkable

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, QTimer, Slot

from gui.pages.page import PageTools
from gui.performance.import_order import loading_order
from gui.performance.read_ahead import read_ahead
from gui.performance.turns import Turns
from gui.shell.page_list import PAGES, PageEntry
from gui.shell.page_stack import PageStack
from gui.widgets.speech.announcing import hears_each_part

BEGINS_AFTER_MS = 400
"""After the record's first page: its figures come first."""
PAUSE_MS = 12
BENEATH = ("models.operations", "models.queries")
"""What pages ask and do: no Qt, so another thread loads it and the window answers meanwhile."""
FIRST_FIGURES = (
    "gui.tables.line_column",
    "gui.widgets.charts.bars",
    "gui.pages.overview.figures",
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
        """Whether there is nothing left to get ready."""
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
