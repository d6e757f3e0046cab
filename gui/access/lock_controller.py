"""Lock the record: by key everywhere, by menu or when nobody uses the window; and go on where one was."""

import time
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCursor, QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gui.record.workspace import PassphraseNeeded
from gui.settings import Settings
from gui.widgets.speech.announcing import announce

if TYPE_CHECKING:
    from gui.access.lock_screen import LockScreen
    from gui.shell.main_window import MainWindow

LOOK_EVERY_MS = 5_000
USED = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class IdleWatch(QObject):
    """Watch the pointer, and the keys of whatever has the focus.

    A filter on the whole application would cost something at every event of the window. The clock on the
    wall is read, so that the hours of a laptop that was shut count.
    """

    idle = Signal()

    def __init__(self, app: QApplication, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._pointer = QCursor.pos()
        self._used_at = time.time()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app.focusChanged.connect(self._follow)

    @Slot()
    def look(self) -> None:
        """Tell when the minutes are over; 0 minutes are never over."""
        now, pointer = time.time(), QCursor.pos()
        if pointer != self._pointer or now < self._used_at:
            self._pointer = pointer
            self._used_at = now
        minutes = self._settings.idle_lock
        if minutes and now - self._used_at >= minutes * 60:
            self._used_at = now
            self.idle.emit()

    @Slot(QWidget, QWidget)
    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        """Listen to the keys of what has the focus now."""
        self._used_at = time.time()
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the window is used; stop nothing."""
        if event.type() in USED:
            self._used_at = time.time()
        return False


class KeyEverywhere(QObject):
    """Have the key of an action do it in every window of the program, whatever is shown there.

    Qt gives the keys of an action to the window that it belongs to, and to none that stands before it. The
    window that has the keyboard is listened to, and no other.
    """

    def __init__(self, app: QApplication, action: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._action = action
        self._window: QWindow | None = None
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    @Slot(QWindow)
    def _follow(self, window: QWindow | None) -> None:
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do it at its key; every other goes on."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        is_it = QKeySequence(event.keyCombination()) in self._action.shortcuts()
        if is_it and self._action.isEnabled():
            self._action.trigger()
        return is_it


LOCKED, UNLOCKED = "“{}” is locked", "“{}” is unlocked"
STAYS = "quit"
"""The one action that can be done while the record is locked."""


class LockController(QObject):
    """Cover the window, try the passphrase, and uncover it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace = window.tools.workspace
        self._screen: LockScreen | None = None
        self._was_on: list[QAction] = []
        self._focus: QWidget | None = None
        self._hidden: list[QWidget] = []
        app = QApplication.instance()
        assert isinstance(app, QApplication), "there is an application before there is a window"
        self.idle = IdleWatch(app, window.tools.settings, self)
        self.idle.idle.connect(workspace.lock)
        self._key = KeyEverywhere(app, window.actions_by_name["lock"], self)
        workspace.locked.connect(self._cover)
        workspace.held.connect(lambda: self.screen.wait(is_waiting=False))
        workspace.unlocked.connect(self._go_on)
        workspace.not_unlocked.connect(self._stay)
        workspace.closed.connect(self._uncover)

    @property
    def screen(self) -> "LockScreen":
        """Return what covers the window; it is made when it is first wanted."""
        if self._screen is None:
            from gui.access.lock_screen import LockScreen  # the window's start need not wait for it

            self._screen = LockScreen()
            self._window.add_cover(self._screen)
            self._screen.given.connect(self._workspace.unlock)
            self._screen.close_record.clicked.connect(partial(self._workspace.close, None))
        return self._screen

    @Slot()
    def _cover(self) -> None:
        facts = self._workspace.facts
        assert facts is not None, "an open record is locked"
        self._focus = self._window.focusWidget()
        self._window.dialogs.set_aside()
        self._hide_others()
        if facts.is_sealed:
            _drop_copied()
        self._take_actions()
        self.screen.show_record(facts)
        self._window.cover(self.screen)
        self._window.setWindowTitle(f"{facts.name}, locked")
        announce(self.screen, LOCKED.format(facts.name))

    def _hide_others(self) -> None:
        """Hide whatever else shows something of the record: projectors come back, menus and questions go."""
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        others = [
            one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self._window
        ]
        self._hidden = [one for one in others if not isinstance(one, QDialog)]
        for one in others:
            one.hide()

    def _take_actions(self) -> None:
        """Let nothing be done from behind the screen, by menu or by key."""
        kept = self._window.actions_by_name[STAYS]
        rest = (action for action in self._window.searchable() if action is not kept)
        self._was_on = [action for action in rest if action.isEnabled()]
        for action in self._was_on:
            action.setEnabled(False)
        self._window.menuBar().setEnabled(False)

    @Slot(object)
    def _stay(self, error: Exception) -> None:
        if isinstance(error, PassphraseNeeded) and error.was_wrong:
            self.screen.tell_wrong()
        else:
            self.screen.show_words(str(error))

    @Slot()
    def _go_on(self) -> None:
        """Show the window as it was, with the cursor where it was."""
        facts, focus = self._workspace.facts, self._focus
        self._uncover()
        if facts is not None:
            self._window.setWindowTitle(facts.name)
            announce(self._window, UNLOCKED.format(facts.name))
        if focus is not None and shiboken6.isValid(focus):
            focus.setFocus()

    @Slot()
    def _uncover(self) -> None:
        if not self._window.is_covered:
            return
        for action in self._was_on:
            action.setEnabled(True)
        self._was_on, self._focus = [], None
        self._window.menuBar().setEnabled(True)
        self.screen.forget()
        self._window.uncover()
        self._bring_back(is_there=self._workspace.facts is not None)

    def _bring_back(self, *, is_there: bool) -> None:
        """Show again what was hidden, or do away with it where the record was closed."""
        hidden, self._hidden = self._hidden, []
        for one in hidden:
            if shiboken6.isValid(one):
                one.show() if is_there else one.close()
        if is_there:
            self._window.dialogs.bring_back()
        else:
            self._window.dialogs.drop()


def _drop_copied() -> None:
    """Take off the clipboard what was copied from this program; what others put there stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
