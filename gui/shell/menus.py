"""The menu bar: only what can be done today, grouped as the keys are."""

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar
from shiboken6 import isValid

from gui.shell.actions import SHIPPED, Actions

PAGES_HERE = "pages"
"""Where the Go menu lists the pages."""
MENUS = SHIPPED.menus
RECORD, EDIT, GO, ROUND, SCORE, VIEW = range(6)
SHORT_RECORD = ("undo", "redo", "find", "", "lock", "close", "quit")
"""What stands in the menu *Record*, and nowhere else, for who looks after no record, while one is open."""
RANKED_COLUMNS = "&Columns of the ranked list"
LOOKS = ("look_system", "look_light", "look_dark")
COLUMNS = tuple(f"column_{name}" for name in ("asked", "quality", "cost", "spread", "sheets", "each", "for"))
ROWS = ("rows_compact", "rows_two_line", "rows_large")


class Menus:
    """Fill a menu bar from the actions."""

    def __init__(
        self, bar: QMenuBar, actions: Actions, undo: QAction, redo: QAction, pages: tuple[str, ...]
    ) -> None:
        self._pages = pages
        self._actions = actions
        self._undo = {"undo": undo, "redo": redo}
        self.menus = [self._filled(bar.addMenu(title), names) for title, names in MENUS]
        self.short = self._filled(QMenu(MENUS[RECORD][0], bar), SHORT_RECORD)
        bar.insertMenu(self.menus[RECORD].menuAction(), self.short)
        view = self.menus[VIEW]
        of_lists = (
            self._choices("&Row height", ROWS, view),
            self._choices(RANKED_COLUMNS, COLUMNS, view, is_one=False),
        )
        for at, menu in enumerate((self._choices("&Light or dark", LOOKS, view), *of_lists)):
            view.insertMenu(view.actions()[at], menu)
        view.insertSeparator(view.actions()[3])
        more = (*(self.menus[one] for one in (RECORD, EDIT, GO)), *of_lists)
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
        self.short.menuAction().setVisible(is_short)
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

    def _choices(self, title: str, names: tuple[str, ...], parent: QMenu, *, is_one: bool = True) -> QMenu:
        """Return a menu in which one is ticked, or any number."""
        menu = QMenu(title, parent)
        group = QActionGroup(menu)
        group.setExclusive(is_one)
        for name in names:
            menu.addAction(group.addAction(self._actions[name]))
        return menu
