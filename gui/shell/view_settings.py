"""How the window looks on this computer: light or dark, text size, row height, full screen, panes."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from gui.settings import Settings
from gui.shell.main_window import MainWindow
from gui.theme.look import Choice, Density, look

LOOKS = {"look_system": Choice.SYSTEM, "look_light": Choice.LIGHT, "look_dark": Choice.DARK}
ROWS = {"rows_compact": Density.COMPACT, "rows_two_line": Density.TWO_LINE, "rows_large": Density.LARGE}


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
