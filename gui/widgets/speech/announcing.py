"""What a screen reader says without being asked: what was done, what is wrong, what changed.

Windows and macOS have an event for it. Orca, the reader of Linux desktops, knows that event in versions later
than 43 alone, and in all of them a notice that comes into sight: told of both, it would say both.
"""

from collections.abc import Callable, Collection
from functools import partial
from itertools import cycle
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QDateEdit, QLineEdit, QWidget

SETTLED_MS = 250
"""A reader is stopped when a dialog closes, or a row is taken in hand; what comes after that is heard."""
MADE_ANEW_MS = 1000
"""Orca throws notices away while over fifty events wait for it, as where a page is made anew by a change."""
LINUX = "xcb", "wayland"


def announce(source: QWidget, words: str, *, is_urgent: bool = False, is_of_change: bool = False) -> None:
    """Have words said once the window has settled; unsaid where their source is gone by then.

    Words of a change are said once what it made anew is told as well.
    """
    if words and QAccessible.isActive():
        wait = MADE_ANEW_MS if is_of_change and is_for_orca() else SETTLED_MS
        QTimer.singleShot(wait, source, partial(speak, source, words, is_urgent=is_urgent))


def speak(source: QWidget, words: str, *, is_urgent: bool) -> None:
    """Have words said now."""
    if is_for_orca():
        Voice.of(_main_window_of(source)).say(words)
        return
    event = QAccessibleAnnouncementEvent(source, words)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def read_out(pane: QWidget, words: str) -> None:
    """Have words said that are stood at in a pane with the focus: Orca says its name as that changes."""
    if is_for_orca():
        pane.setAccessibleName(words)
    else:
        speak(pane, words, is_urgent=True)


def say_of(control: QWidget, words: str) -> None:
    """Have words said of a control with the focus: Orca says its description as that changes, in any flood.

    It changes once the focus that has just come is told, which would say it as well.
    """
    if is_for_orca():
        QTimer.singleShot(SETTLED_MS, control, partial(control.setAccessibleDescription, words))
    else:
        announce(control, words, is_of_change=True)


def is_for_orca() -> bool:
    """Whether the reader is Orca.

    It says the labels of a dialog that opens, and the description of what has the focus as it changes, and
    repeats them where it is told in another way too.
    """
    return QGuiApplication.platformName() in LINUX


def hears_each_part() -> bool:
    """Whether a reader listens that is told of each part of a page as it is made, on show or not.

    Orca is, and takes no notices while over fifty such events wait for it: five seconds for all pages.
    """
    return is_for_orca() and QAccessible.isActive()


def _main_window_of(source: QWidget) -> QWidget:
    """Return the window behind all dialogs: of a notice in a dialog Orca says that dialog again."""
    window = source.window()
    while (behind := window.parentWidget()) is not None:
        window = behind.window()
    return window


class Voice(QWidget):
    """Notices without a look, two in turn: a second by the same one is passed over where it comes soon."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        give_role(Spoken, QAccessible.Role.Notification)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(1, 1)
        self._turns = cycle([Spoken(self), Spoken(self)])
        for notice in self.findChildren(Spoken):
            notice.hide()
        self.show()

    @classmethod
    def of(cls, window: QWidget) -> "Voice":
        """Return the voice of a window, made for the first words."""
        return window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly) or cls(window)

    def say(self, words: str) -> None:
        """Say words as a notice that comes into sight."""
        notice = next(self._turns)
        notice.hide()
        notice.setAccessibleName(words)
        notice.show()


class Spoken(QWidget):
    """A notice: its name is what it says."""


FILTERED_MS = 800
"""So long nothing was typed; whoever goes on to the list meanwhile hears there how many rows it has."""


class Listed(Protocol):
    """A list with its rows."""

    @property
    def rows(self) -> Collection[Any]: ...


class LeftInList(QTimer):
    """Says what the first of some filters, and the others, leave of a list while one of them has the focus.

    `of` counts what the list holds without them, `is_line` what of its rows is one of them.
    """

    def __init__(
        self,
        filters: tuple[QWidget, ...],
        table: Listed,
        of: Callable[[], int],
        is_line: Callable[[Any], bool] = bool,
    ) -> None:
        super().__init__(filters[0], singleShot=True, interval=FILTERED_MS)
        self._filters, self._table, self._of, self._is_line = filters, table, of, is_line
        self.timeout.connect(self._say)
        for one in filters:
            if isinstance(one, QLineEdit):
                one.textChanged.connect(self._wait)
            elif isinstance(one, QComboBox):
                one.currentTextChanged.connect(self._wait)
            elif isinstance(one, QDateEdit):
                one.dateChanged.connect(self._wait)

    @Slot()
    def _wait(self) -> None:
        self.start()

    @Slot()
    def _say(self) -> None:
        at = next((one for one in self._filters if one.hasFocus()), None)
        if at is not None:
            announce(at, left_words(sum(map(self._is_line, self._table.rows)), self._of()))


def left_words(left: int, of: int) -> str:
    """Return how much is left: "3 of 42 shown", "None of 42 shown", "All 42 shown"."""
    if left >= of > 0:
        return f"All {of:,} shown"
    return f"{left:,} of {of:,} shown" if left else f"None of {of:,} shown"


def give_role(kind: type[QWidget], role: QAccessible.Role) -> None:
    """Tell Qt what the widgets of a class are; their names and descriptions stay what they say themselves."""
    if not _ROLES:
        QAccessible.installFactory(_make)
    _ROLES[kind] = role


_ROLES: dict[type[QWidget], QAccessible.Role] = {}
_KEPT: list[Any] = []
"""The interfaces that were made: Qt does not keep them alive, and none is ever let go."""


def _make(name: str, thing: QObject | None) -> QAccessibleInterface | None:
    role = next((role for kind, role in _ROLES.items() if isinstance(thing, kind)), None)
    if role is None or not isinstance(thing, QWidget):
        return None
    made = QAccessibleWidget(thing, role)
    _KEPT.append(made)
    return made
