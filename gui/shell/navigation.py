"""Going from page to page: by the sidebar, a link, a key, and back; where the focus is afterwards."""

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gui.pages.page_keys import holds_focus, to_focus
from gui.widgets.empty_state import EmptyState
from gui.widgets.message_area import Lasts

if TYPE_CHECKING:
    from gui.help.help_controller import HelpController
    from gui.shell.main_window import MainWindow


class NavigationHistory(Struct):
    """The pages gone through, and where in them one stands."""

    _keys: list[str] = field(default_factory=list)
    _at: int = -1

    def follow(self, key: str) -> None:
        """Note a page that is gone to; what lay ahead is forgotten."""
        if self._at >= 0 and self._keys[self._at] == key:
            return
        self._keys[self._at + 1 :] = [key]
        self._at += 1

    def step(self, steps: int) -> str | None:
        """Return the page so many steps on (negative: back), None when there is none."""
        at = self._at + steps
        if not 0 <= at < len(self._keys):
            return None
        self._at = at
        return self._keys[at]

    def clear(self) -> None:
        """Forget everything: another record is open."""
        self._keys.clear()
        self._at = -1


class Navigation(QObject):
    """Show a page, put the focus into it, and take away what told of the one that is left."""

    def __init__(self, window: "MainWindow", help_controller: "HelpController", parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._help = window, help_controller
        self._history = NavigationHistory()
        window.sidebar.chosen.connect(self._choose)
        window.sidebar.entered.connect(self._go_into)
        window.tools.went.connect(self._go_at)
        window.pages.turned.connect(partial(self._focus_page, is_other=True))

    def go_to(self, key: str) -> None:
        """Show a page and put the focus into it."""
        is_other = key != self._window.pages.key
        if is_other:
            self._leave_page()
        self._show(key)
        self._focus_page(key, is_other=is_other)

    def forget(self) -> None:
        """Go back to none of the pages shown so far: another record is open, or none."""
        self._history.clear()

    @Slot()
    def find(self) -> None:
        """Put the focus where the page on show is searched."""
        page = self._window.pages.current
        if page is not None:
            page.find_words()

    @Slot()
    def find_next(self) -> None:
        """Go to the next row of the page's list, and from the last to the first."""
        page = self._window.pages.current
        tables = (table for pane in page.panes() for table in _tables(pane)) if page is not None else iter(())
        for table in tables:
            model, at = table.model(), table.currentIndex()
            if model is not None and model.rowCount() and table.isVisible():
                row = (at.row() + 1) % model.rowCount() if at.isValid() else 0
                table.setCurrentIndex(model.index(row, max(at.column(), 0)))
                return

    def _show(self, key: str) -> None:
        self._history.follow(key)
        self._window.show_page(key)
        self._help.follow()

    @Slot(str)
    def _choose(self, key: str) -> None:
        """Show a page that the arrows chose in the sidebar, which keeps the focus."""
        if key != self._window.pages.key:
            self._leave_page()
            self._show(key)

    def _leave_page(self) -> None:
        """Take away what tells of the page that is left, or of one attempt there."""
        self._window.notices.move_on()
        self._window.notices.leave(Lasts.PAGE)
        self._window.toast.settle()

    @Slot(str)
    def _go_into(self, key: str) -> None:
        """Put the focus into the page that was pressed in the sidebar: what is typed next is for it."""
        self.go_to(key)
        if not holds_focus(self._window.pages):
            self._focus_page(key, is_other=True)

    @Slot(str, str)
    def _go_at(self, key: str, reference: str) -> None:
        """Show a page at an application."""
        self.go_to(key)
        if reference and key in self._window.tools.pages:
            self._window.pages.page(key).show_reference(reference)

    def step(self, steps: int) -> None:
        """Go along the pages one has been to, past those that are closed by now."""
        key = self._history.step(steps)
        while key is not None and not self._window.sidebar.link(key).is_open:
            key = self._history.step(steps)
        if key is not None:
            self.go_to(key)

    def _focus_page(self, key: str, *, is_other: bool) -> None:
        page = self._window.pages.current
        panes = page.panes() if page is not None else ()
        wanted = to_focus(self._window.pages.focus_of(key) or (panes[0] if panes else None), panes)
        if wanted is None or not wanted.isVisible():
            wanted = _way_on(self._window.pages.currentWidget()) or wanted
        if wanted is not None and (is_other or wanted.isVisible()):
            wanted.setFocus()


def _tables(pane: QWidget) -> list[QAbstractItemView]:
    own = [pane] if isinstance(pane, QAbstractItemView) else []
    return [*own, *pane.findChildren(QAbstractItemView)]


def _way_on(page: QWidget | None) -> QWidget | None:
    """Return the one button of a page that has nothing to show, None where there is none."""
    if page is None:
        return None
    return next((button for empty in page.findChildren(EmptyState) if (button := empty.offered)), None)
