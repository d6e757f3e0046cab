"""The pages behind one another: each is made when it is first shown, and asked again only when stale.

What a screen is too small for, at the largest text, is scrolled to.
"""

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid

from gui.pages.page import Breakpoints, Page, PageTools, Place
from gui.pages.page_keys import holds_focus
from gui.pages.sided_page import ClosedPage
from gui.performance.turns import parts_ahead
from gui.record.clock import DayWatch
from gui.shell.page_list import entry_of
from gui.theme.look import look
from gui.widgets.nesting import UnnamedStack, be_entered, stand_on_ground
from gui.widgets.on_screen import room_of


class PageStack(UnnamedStack):
    """Show one page at a time, by its name to a reader; keep the others where they were left."""

    turned = Signal(str)
    """The page on show opened or closed under the focus, which is to go where it goes on that page."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self._tools = tools
        tools.holder = self
        self._pages: dict[str, Page] = {}
        self._prepared: dict[str, Page] = {}
        self._workshop = QWidget()
        self._proxies: dict[str, QWidget] = {}
        self._place: Place | None = None
        self.is_placed = False
        """Whether the record that is open has said which rounds it has."""
        self._room = Breakpoints(1366, 768)
        self._misplaced: set[str] = set()
        self._stale: set[str] = set()
        self._too_early: dict[str, str] = {}
        self._closed: ClosedPage | None = None
        self._opens_by_stage = True
        self._key = ""
        self._blank = QWidget()
        self.addWidget(self._blank)
        tools.workspace.changed.connect(self._turn_stale)
        tools.workspace.opened.connect(self._wait_for_place)
        tools.identity_changed.connect(self._begin_anew)
        self.days = DayWatch(self)
        self.days.turned.connect(self._begin_anew)

    @property
    def key(self) -> str:
        """Return the key of the page on show, "" for none and for the welcome."""
        return self._key

    @property
    def is_blank(self) -> bool:
        """Whether nothing was ever shown, because the record that the window begins with is being opened."""
        return self.currentWidget() is self._blank

    @property
    def current(self) -> Page | None:
        """Return the page on show, None for none and for the welcome."""
        return self._closed if self._key in self._too_early else self._pages.get(self._key)

    @property
    def made(self) -> frozenset[str]:
        return frozenset(self._pages)

    def is_read(self, key: str) -> bool:
        """Whether a page shows what was read at the place where the header stands."""
        return key in self._pages and key not in self._misplaced

    def prepare(self, key: str) -> Iterator[None]:
        """Make a page outside the window, what takes long of it before the rest.

        `page` then stands it in the window, and `polish` has all in it take its style. Short steps for who is
        not waiting for it; together they take a little longer than one.
        """
        if key in self._pages or key in self._prepared:
            return
        for part, given in parts_ahead(entry_of(key).load(), self._tools):
            self._tools.parts.prepare(part, *given)
            _leave_without_style()
            yield
        if key not in self._pages:
            self._tools.holder = self._workshop
            try:
                self._prepared[key] = self._make(key)
            finally:
                self._tools.holder = self
            _leave_without_style()

    def _make(self, key: str) -> Page:
        return entry_of(key).load()(self._tools)

    def page(self, key: str) -> Page:
        """Return a page, made when it is first asked for."""
        if key not in self._pages:
            page = self._prepared.pop(key, None) or self._make(key)
            be_entered(page, entry_of(key).words)
            self.addWidget(page)
            for layout in page.findChildren(QLayout):
                layout.invalidate()  # what was measured on the way into the window had no style yet
            self._take_proxy(key, page)
            page.fit(self._room)
            self._pages[key] = page
            self._misplaced.add(key)
        return self._pages[key]

    def polish(self, key: str) -> Iterator[None]:
        """Work out the style of what stands in a page, a part at a step, what is within others first.

        Qt does it as a page is first shown, all of it in that turn.
        """
        page = self.page(key)
        for part in reversed(page.findChildren(QWidget)):
            if isValid(part) and not part.isWindow():
                part.ensurePolished()
                _lay_out(part)
                yield
        if key != self._key:
            page.resize(self.size())
            _lay_out(page)
            yield

    def _take_proxy(self, key: str, page: QWidget) -> None:
        """Remember where a page wants the focus, and take its proxy from Qt.

        A page with a proxy is itself a stop of the Tab key, which jumps over all that stands before it.
        """
        proxy = QWidget.focusProxy(page)
        if proxy is not None:
            self._proxies[key] = proxy
            page.setFocusProxy(cast("QWidget", None))

    def focus_of(self, key: str) -> QWidget | None:
        """Return where the focus goes as a page is gone to, None when it is its first pane."""
        if key in self._too_early:
            return None
        return self._proxies.get(key) or self._pages[key].focusProxy()

    def show_page(self, key: str) -> Page:
        """Show a page, at the place where the header stands; one that is too early says why it is."""
        self._key = key
        if key in self._too_early:
            return self._show_closed(key)
        page = self.page(key)
        self.setCurrentWidget(page)
        self._bring_up_to_date(key)
        return page

    def close_pages(self, too_early: dict[str, str], *, opens_by_stage: bool = True) -> None:
        """Take which pages are too early, and why; the one on show opens or closes at once."""
        self._opens_by_stage = opens_by_stage
        was, self._too_early = self._key in self._too_early, dict(too_early)
        if self._tools.workspace.facts is not None and (was or self._key in self._too_early):
            had_focus = holds_focus(self)
            self.show_page(self._key)
            if had_focus:
                self.turned.emit(self._key)

    def _show_closed(self, key: str) -> Page:
        if self._closed is None:
            self._closed = ClosedPage(self._tools)
            self.addWidget(self._closed)
        words, why = entry_of(key).words, self._too_early[key]
        self._closed.say(words, why, self._place, opens_by_stage=self._opens_by_stage)
        self.setCurrentWidget(self._closed)
        return self._closed

    def show_welcome(self, welcome: QWidget) -> None:
        """Show what the window shows while no record is open."""
        self._key = ""
        be_entered(welcome, "Welcome")
        self.setCurrentWidget(welcome)

    def show_place(self, place: Place | None) -> None:
        """Stand at another round or area; hidden pages follow when they are shown."""
        self._place, self.is_placed = place, True
        self._misplaced = set(self._pages)
        self._bring_up_to_date(self._key)

    def fit(self, room: Breakpoints) -> None:
        """Fit every page made so far to the room there is."""
        self._room = room
        for page in self._pages.values():
            page.fit(room)

    def _bring_up_to_date(self, key: str) -> None:
        if not self.is_placed or key in self._too_early or key not in self._pages:
            return
        page = self._pages[key]
        if key in self._misplaced:
            self._misplaced.discard(key)
            page.show_place(self._place)
            if page.asks_at_place:
                self._stale.discard(key)
        if key in self._stale:
            self._stale.discard(key)
            page.refresh()

    @Slot()
    def _wait_for_place(self) -> None:
        """Let the pages be until the newly opened record has said which rounds it has."""
        self.is_placed = False
        self._stale = set(self._pages)

    @Slot()
    def _turn_stale(self) -> None:
        """Mark the hidden pages: the one on show watches the record itself."""
        self._stale = self._pages.keys() - ({self._key} - self._too_early.keys())

    @Slot()
    def _begin_anew(self) -> None:
        """Show what is due today, and to whom it is shown; hidden pages follow when they are shown.

        Where there is no round to read of, a page still says to whoever it is how one comes.
        """
        (self._misplaced if self._place is None else self._stale).update(self._pages)
        self._bring_up_to_date(self._key)


def _leave_without_style() -> None:
    """Have nothing that was just made take a style before it stands in the window: it would take two.

    Whatever is made asks Qt for it; what is shown takes it anyway.
    """
    QCoreApplication.removePostedEvents(cast("QObject", None), QEvent.Type.PolishRequest)


def _lay_out(part: QWidget) -> None:
    """Have what stands in a part measured; it is not measured again as it is shown."""
    layout = part.layout()
    if layout is not None:
        layout.activate()


SMALLEST = QSize(560, 340)
"""The smallest window, measured in text: every page can be used in it."""
LEAST_PAGE = QSize(480, 224)
"""The room that pages have in that window, measured in text."""
MOST_KEPT = 330
"""So high a page is made where the window is lower, and scrolls, so that its list keeps a few rows."""


class PageScroll(QScrollArea):
    """Give the pages all the room there is, and never less than they can be used in."""

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__()
        self._floor = _Floor(pages)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        stand_on_ground(self)
        self.setWidget(self._floor)
        self._floor.setAutoFillBackground(False)

    def fit(self) -> None:
        self._floor.fit()


class _Floor(QWidget):
    """What the pages stand on; unlike a layout it asks for no height of its own for a width."""

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__()
        self._pages = pages
        pages.setParent(self)
        pages.currentChanged.connect(self.fit)

    @Slot()
    def fit(self) -> None:
        """Follow the size of the text and what the page on show needs to keep its list in sight."""
        px, page = look.px, self._pages.currentWidget()
        needs = page.minimumSizeHint().height() if page is not None and keeps_rows(page) else 0
        high = max(px(LEAST_PAGE.height()), min(needs, px(MOST_KEPT)))
        self.setMinimumSize(px(LEAST_PAGE.width()), high)

    def event(self, event: QEvent) -> bool:
        """Look again once a part of the page asks for other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pages.setGeometry(self.rect())


def keeps_rows(page: QWidget) -> bool:
    """Whether a page is a list or a file first of all, of which a part has to be in sight."""
    views = (view for view in page.findChildren(QAbstractScrollArea) if view.isVisibleTo(page))
    return any(view.property("rows") for view in views)


def smallest(window: QWidget) -> QSize:
    """Return how small a window may be: it grows with the text, as far as its screen goes."""
    wanted = QSize(look.px(SMALLEST.width()), look.px(SMALLEST.height()))
    return wanted.boundedTo(room_of(window))
