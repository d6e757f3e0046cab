"""The window: its parts, where they stand, its menus and how it looks. What it does is in `controller`."""

from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMenuBar, QPushButton, QWidget
from shiboken6 import isValid

from gui.dialogs.host import DialogHost
from gui.keys.behaviour import add_menu_key
from gui.keys.key_map import KeyMap, native
from gui.pages.page import Breakpoints, Page, PageTools
from gui.record.workspace import Workspace
from gui.settings import Settings
from gui.shell.actions import SHIPPED, Actions, NamedAction, give_keys, plain_words
from gui.shell.page_list import PAGES
from gui.shell.page_stack import PageScroll, PageStack, smallest
from gui.theme.look import Choice, Density, look
from gui.widgets.frame.header import Header
from gui.widgets.frame.sidebar import PageName, Sidebar
from gui.widgets.frame.status_strip import StatusStrip
from gui.widgets.message_area import MessageArea, NoticeBar, ProgressStrip
from gui.widgets.nesting import UnnamedStack, column_of, row_of
from gui.widgets.on_screen import room_of

if TYPE_CHECKING:
    from gui.help.guide import HelpPage, HelpPane
    from gui.pages.deciding.ranking.page import RankingPage
    from gui.pages.set_up.criteria.page import CriteriaPage
    from gui.pages.welcome import WelcomePage

PAGES_HERE = "pages"
"""Where the Go menu lists the pages."""
MENUS = SHIPPED.menus
RECORD, EDIT, GO, ROUND, SCORE, VIEW = range(6)
SHORT_RECORD = ("undo", "redo", "find", "", "lock", "close", "quit")
"""What stands in the menu *Record*, and nowhere else, for who looks after no record, while one is open."""
LOOKS = {"look_system": Choice.SYSTEM, "look_light": Choice.LIGHT, "look_dark": Choice.DARK}
COLUMNS = tuple(f"column_{name}" for name in ("asked", "quality", "cost", "spread", "sheets", "each", "for"))
ROWS = {"rows_compact": Density.COMPACT, "rows_two_line": Density.TWO_LINE, "rows_large": Density.LARGE}


class Menus:
    """Fill a menu bar from the actions."""

    def __init__(
        self, bar: QMenuBar, actions: Actions, undo: QAction, redo: QAction, pages: tuple[str, ...]
    ) -> None:
        self._pages = pages
        self._actions = actions
        self._undo = {"undo": undo, "redo": redo}
        self.menus = [self._filled(bar.addMenu(title), names) for title, names in MENUS]
        self._is_short = False
        view = self.menus[VIEW]
        of_lists = (
            self._choices("&Row height", ROWS, view),
            self._choices("&Columns of the ranked list", COLUMNS, view, is_one=False),
        )
        for at, menu in enumerate((self._choices("&Light or dark", LOOKS, view), *of_lists)):
            view.insertMenu(view.actions()[at], menu)
        view.insertSeparator(view.actions()[3])
        more = (*(self.menus[one] for one in (EDIT, GO)), *of_lists)
        self._more = [menu.menuAction() for menu in more]

    def shorten(self, *, is_short: bool) -> None:
        """Leave out, or show again, what somebody who looks after no record has no use for.

        What is done with a round stands there for whom any of it is.
        """
        if not isValid(self.menus[ROUND]):  # as a window goes it may be told of a person after its menus went
            return
        *acts, _refresh = MENUS[ROUND][1]
        theirs = any(self._actions[name].isVisible() for name in acts if name)
        self.menus[ROUND].menuAction().setVisible(theirs)
        if is_short is not self._is_short:  # one menu, not two by turns: their letter would open neither
            self._is_short = is_short
            self.menus[RECORD].clear()
            self._filled(self.menus[RECORD], SHORT_RECORD if is_short else MENUS[RECORD][1])
        for one in self._more:
            one.setVisible(not is_short)

    def _filled(self, menu: QMenu, names: tuple[str, ...]) -> QMenu:
        for name in self._listed(names):
            if name:
                menu.addAction(self._undo[name] if name in self._undo else self._actions[name])
            else:
                menu.addSeparator()
        return menu

    def _listed(self, names: tuple[str, ...]) -> tuple[str, ...]:
        if PAGES_HERE not in names:
            return names
        at = names.index(PAGES_HERE)
        return (*names[:at], *self._pages, *names[at + 1 :])

    def _choices(self, title: str, names: Iterable[str], parent: QMenu, *, is_one: bool = True) -> QMenu:
        """Return a menu in which one is ticked, or any number."""
        menu = QMenu(title, parent)
        group = QActionGroup(menu)
        group.setExclusive(is_one)
        for name in names:
            menu.addAction(group.addAction(self._actions[name]))
        return menu


CAME_WITH = "came with"
"""Under this name a key of a page keeps what it was made with."""


class PageActions(QObject):
    """Fill a menu with the keys of pages, which stands where the page on show has any of them."""

    def __init__(self, menu: QMenu, pages: PageStack, keys: KeyMap) -> None:
        super().__init__(menu)
        self._menu, self._pages = menu, pages
        self._chosen = keys
        self._keys: dict[QAction, tuple[str, QKeySequence]] = {}
        for name, words, defaults in SHIPPED.of_pages:
            if not name:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            self._keys[action] = (name, QKeySequence(defaults[0]))
            keys.add(name, plain_words(words), defaults, partial(self._show, action, words))
        menu.aboutToShow.connect(self.update_enabled)
        menu.triggered.connect(self._do)
        pages.currentChanged.connect(self._give)
        keys.changed.connect(self._give)
        self.update_enabled()

    @Slot()
    def update_enabled(self) -> None:
        """Show the entries that the page on show knows, live where they may be pressed there now."""
        for action, (_, key) in self._keys.items():
            made = self._made_with(key)
            action.setVisible(bool(made))
            action.setEnabled(any(one.isEnabled() for one in made))

    def _show(self, action: QAction, words: str, keys: tuple[str, ...]) -> None:
        action.setText(f"{words}\t{native(keys[0])}" if keys else words)

    @Slot()
    def _give(self) -> None:
        """Give the page on show the keys that were chosen."""
        for name, _, defaults in SHIPPED.of_pages:
            keys = self._chosen.keys(name) if name else ()
            for number, default in enumerate(defaults):
                for shortcut in self._made_with(QKeySequence(default)):
                    shortcut.setKey(QKeySequence(keys[number] if number < len(keys) else ""))
        has_keys = any(self._made_with(key) for _, key in self._keys.values())
        if isValid(self._menu):  # as a window goes its pages may turn once more after its menus went
            self._menu.menuAction().setVisible(has_keys)

    @Slot(QAction)
    def _do(self, action: QAction) -> None:
        shortcut = next(self._shortcuts(self._keys[action][1]), None) if action in self._keys else None
        if shortcut is not None:
            shortcut.activated.emit()

    def _shortcuts(self, key: QKeySequence) -> Iterator[QShortcut]:
        return (one for one in self._made_with(key) if one.isEnabled())

    def _made_with(self, key: QKeySequence) -> list[QShortcut]:
        """Return the page's own keys that were made with some, whatever they are by now."""
        page: QWidget | None = self._pages.currentWidget()
        found = page.findChildren(QShortcut) if page is not None else []
        for one in found:
            if one.property(CAME_WITH) is None:
                one.setProperty(CAME_WITH, one.key().toString())
        return [one for one in found if one.property(CAME_WITH) == key.toString()]


CRITERIA = "criteria"
RANKING = "ranking"
ICONS = 52
"""How wide the sidebar is with icons alone, for which the widths of pages are stated."""
START = QSize(1366, 700)
"""How large the first window is, where its screen has room for it and its frame."""


class MainWindow(QMainWindow):
    """Menu bar, sidebar, header, one page at a time, the messages below it, and the strip at the foot."""

    closing = Signal()
    welcome_made = Signal(object)

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        add_menu_key(self)
        self._may_close = False
        self.actions_by_name = Actions(settings, self)
        self.actions_by_name.add(
            NamedAction(page.key, page.words.replace("&", "&&"), (page.key_sequence,))
            for page in PAGES
            if page.key_sequence
        )
        self.sidebar = Sidebar(
            tuple(
                PageName(page.key, page.words, page.icon, page.group, page.counts, page.within)
                for page in PAGES
            )
        )
        self.sidebar.digit_typed.connect(self._pass_to_page)
        self.header = Header()
        self.notices = NoticeBar()
        self.progress = ProgressStrip()
        self.status = StatusStrip()
        self.dialogs = DialogHost(self, settings, workspace.session.seen)
        workspace.session.claim = self.dialogs.claim
        self.tools = PageTools(workspace, self.actions_by_name, self.notices, self.dialogs, settings)
        self.pages = PageStack(self.tools)
        self.header.hide()
        self._help: HelpPane | None = None
        self._lay_out()
        self.toast = self.status.toast
        self.messages.waits.connect(self._tell_waiting)
        self.notices.turned.connect(self._tell_other)
        self._add_actions(workspace)
        self.actions_by_name["search"].changed.connect(self._show_search_key)
        self._show_search_key()
        self.setWindowTitle("Grant Panel")
        self.resize(START.boundedTo(room_of(self)))
        look.follow(self.fit)
        self.restoreGeometry(settings.geometry)
        if not (self.isMaximized() or self.isFullScreen()):
            self.resize(self.size().boundedTo(room_of(self)))  # it may be of a larger screen

    @cached_property
    def welcome(self) -> "WelcomePage":
        """Return what is shown while no record is open; a window that opens one at once never makes it."""
        from gui.pages.welcome import WelcomePage

        page = WelcomePage(self.actions_by_name)
        self.pages.addWidget(page)
        self.welcome_made.emit(page)
        return page

    @property
    def ranking(self) -> "RankingPage":
        return cast("RankingPage", self.pages.page(RANKING))

    @property
    def criteria(self) -> "CriteriaPage":
        return cast("CriteriaPage", self.pages.page(CRITERIA))

    @property
    def help(self) -> "HelpPage":
        return cast("HelpPage", self.pages.page("help"))

    def put_beside(self, pane: "HelpPane") -> None:
        """Take the guide, which stands beside the page at times."""
        self._help = pane
        pane.hide()
        self._beside.addWidget(pane)

    def show_page(self, key: str) -> Page:
        """Show one page; the header belongs to an open record."""
        page = self.pages.show_page(key)
        self._read_status_last()
        self.header.setVisible(self.tools.workspace.facts is not None)
        self.sidebar.show_page(key)
        return page

    @Slot(object)
    def _pass_to_page(self, event: QKeyEvent) -> None:
        """Let the page on show answer for a digit that was typed beside it."""
        page = self.pages.current
        if page is not None:
            QCoreApplication.sendEvent(page, event)

    def _read_status_last(self) -> None:
        """Let Tab come to the strip at the foot after the pages, which are made later."""
        last = self.previousInFocusChain()
        for part in self.status.findChildren(QPushButton):
            if last is not None and part is not last:
                QWidget.setTabOrder(last, part)
            last = part

    @property
    def is_covered(self) -> bool:
        """Whether something stands before all that the window shows."""
        return self._covers.currentWidget() is not self._centre

    def add_cover(self, cover: QWidget) -> None:
        """Take what is to stand before all else at times."""
        self._covers.addWidget(cover)

    def cover(self, cover: QWidget) -> None:
        self._covers.setCurrentWidget(cover)

    def uncover(self) -> None:
        self._covers.setCurrentWidget(self._centre)

    def show_welcome(self) -> None:
        """Show what the window shows while no record is open."""
        self.pages.show_welcome(self.welcome)
        self.header.hide()
        self.sidebar.clear()

    def let_close(self) -> None:
        """Close for good, now that nothing is left to be saved."""
        self._may_close = True
        self.close()

    @Slot()
    def fit(self) -> None:
        """Fit every part to the room there is, measured in text."""
        self.setMinimumSize(smallest(self))
        self._scroll.fit()
        room = Breakpoints(self.width() / look.factor, self.height() / look.factor)
        self.sidebar.fit(is_narrow=room.has_icons_only, is_low=room.has_low_sidebar)
        self.header.fit(room)
        self.status.fit(is_narrow=room.has_icons_only, is_low=room.is_tiny)
        self.pages.fit(self._beside_help(room))

    def _beside_help(self, room: Breakpoints) -> Breakpoints:
        """Return the room that pages have: beside the help it is that of a narrower window."""
        if self._help is None or self._help.isHidden():
            return room
        factor = look.factor
        sidebar = 0.0 if room.has_icons_only else self.sidebar.width() / factor - ICONS
        return Breakpoints(room.width - self._help.width() / factor - sidebar, room.height)

    def searchable(self) -> tuple[QAction, ...]:
        """Return every action that the search offers: undo and redo, then all others."""
        return (*self._undo, *self.actions_by_name.all())

    def _lay_out(self) -> None:
        self._scroll = PageScroll(self.pages)
        self._beside = row_of((self._scroll, 1), spacing=0)
        self.messages = MessageArea(self.progress, self.notices)
        right = column_of(self.header, (self._beside, 1), self.messages, spacing=0)
        middle = row_of(self.sidebar, (right, 1), spacing=0)
        centre = self._centre = QWidget()
        centre.setObjectName("centre")
        column_of((middle, 1), self.status, spacing=0, inside=centre)
        self._covers = UnnamedStack()
        self._covers.addWidget(centre)
        self.setCentralWidget(self._covers)
        self.pages.setFocus()  # else the sidebar has it, and is read out, until a page is there

    def _add_actions(self, workspace: Workspace) -> None:
        undo, redo = workspace.undo_stack.actions(self)
        keys = self.actions_by_name.keys
        keys.add(
            "undo",
            "Undo; in a field where you type, it undoes there first",
            ("Ctrl+Z",),
            partial(give_keys, undo),
        )
        keys.add("redo", "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), partial(give_keys, redo))
        self._undo = (undo, redo)
        self.menuBar().setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        with_keys = tuple(page.key for page in PAGES if page.key_sequence)
        self.menus = Menus(self.menuBar(), self.actions_by_name, undo, redo, with_keys)
        self.addActions(self.searchable())  # their keys hold where a role's menus leave them out
        self.page_actions = PageActions(self.menus.menus[SCORE], self.pages, keys)

    @Slot(bool)
    def _tell_waiting(self, is_waiting: bool) -> None:
        """Say at the foot a message that would push what is under the pointer, until it has its room."""
        notice = self.notices.current
        self.toast.hold(notice.words if is_waiting and notice is not None else "")

    @Slot()
    def _tell_other(self) -> None:
        """Say another message that took the place of the one that waited."""
        if self.messages.is_waiting:
            self._tell_waiting(True)

    @Slot()
    def _show_search_key(self) -> None:
        keys = self.actions_by_name["search"].shortcuts()
        self.header.search.show_key(native(keys[0].toString()) if keys else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the parts to the new size."""
        super().resizeEvent(event)
        self.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the record be closed first; then close."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.closing.emit()


class ViewSettings(QObject):
    """Do what the View menu says, and remember it."""

    def __init__(self, window: MainWindow, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._settings = settings
        actions = window.actions_by_name
        for name, choice in LOOKS.items():
            actions[name].setChecked(choice is look.choice)
            actions[name].triggered.connect(partial(self._choose_look, choice))
        for name, density in ROWS.items():
            actions[name].setChecked(density is settings.density)
            actions[name].triggered.connect(partial(self._choose_rows, density))
        for name, steps in (("larger", 1), ("smaller", -1)):
            actions[name].triggered.connect(partial(self._resize, steps))
        for name, steps in (("next_pane", 1), ("previous_pane", -1)):
            actions[name].triggered.connect(partial(self._step_pane, steps))
        actions["plain_size"].triggered.connect(self._plain)
        actions["full_screen"].toggled.connect(self._fill_screen)

    def _step_pane(self, steps: int) -> None:
        panes = [self._window.sidebar.current_link(), *self._page_panes()]
        focused = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(panes) if _holds(pane, focused)), -1 if steps > 0 else 0)
        pane = panes[(at + steps) % len(panes)]
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _page_panes(self) -> tuple[QWidget, ...]:
        page = self._window.pages.current
        if page is None:
            return (self._window.welcome.open,)
        panes = (self._window.header.first, *page.panes())
        return tuple(pane for pane in panes if pane.isVisible() and pane.isEnabled())

    def _choose_look(self, choice: Choice) -> None:
        self._settings.choice = choice
        look.choose(choice)

    def _choose_rows(self, density: Density) -> None:
        self._settings.density = density
        self._window.ranking.table.set_row_height(density)

    @Slot()
    def _plain(self) -> None:
        look.set_percent(100)
        self._settings.percent = 100

    def _resize(self, steps: int) -> None:
        look.step_percent(steps)
        self._settings.percent = look.percent

    @Slot(bool)
    def _fill_screen(self, is_on: bool) -> None:
        state = self._window.windowState()
        full = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | full if is_on else state & ~full)


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))
