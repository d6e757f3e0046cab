"""Sentences on a page that nothing is done with, as stops of the Tab key for whoever hears the window."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QDialog, QLabel, QWidget

from gui.widgets.label import ChipLabel
from gui.widgets.speech.announcing import read_out

HOW_READ = "Up and Down read it"
MOST = 300
"""Letters that are heard in one piece, unless one sentence is longer."""
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
FAR = 100_000
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -FAR, Qt.Key.Key_End: FAR}
"""By how many parts a key goes on or back."""


def parts_of(page: QWidget) -> list[tuple[QWidget, str]]:
    """Return what a page says from its top on, each part with where it stands; a line of labels is one."""
    return [(line[0], words) for line in _lines(page) for words in pieces(", ".join(_each_once(line)))]


def _each_once(line: list[QLabel]) -> Iterator[str]:
    """Yield what labels beside one another say, without what another's name says for them."""
    names = [label.accessibleName() for label in line]
    for label in line:
        words = _said(label)
        if not any(words != name and words in name for name in names):
            yield words


def _lines(page: QWidget) -> list[list[QLabel]]:
    """Return the labels on show, those that stand beside one another together, from left to right."""
    lines: list[list[QLabel]] = []
    for label in sorted(_shown(page), key=lambda one: _place(one, page).top()):
        if lines and _place(label, page).center().y() < _place(lines[-1][0], page).bottom():
            lines[-1].append(label)
        else:
            lines.append([label])
    return [sorted(line, key=lambda one: _place(one, page).left()) for line in lines]


def _shown(page: QWidget) -> Iterator[QLabel]:
    return (one for one in page.findChildren(QLabel) if one.isVisibleTo(page) and _said(one).strip())


def _place(label: QLabel, page: QWidget) -> QRect:
    return QRect(label.mapTo(page, label.rect().topLeft()), label.size())


def _said(label: QLabel) -> str:
    return label.accessibleName() or label.text()


def pieces(words: str) -> Iterator[str]:
    """Yield words in pieces that are heard at a time, cut between sentences."""
    piece = ""
    for sentence in filter(None, SENTENCE.split(words)):
        if piece and len(piece) + len(sentence) > MOST:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}".strip()
    if piece:
        yield piece


TAB = Qt.FocusPolicy.TabFocus
FEWEST_WORDS = 6
"""What is shorter is a heading or the name of a figure, and is said with what it stands for."""
BETWEEN_KEYS = "   ·   "
"""What stands between the keys of a hint, which each control says of itself."""


class ReaderStops(QObject):
    """Lets Tab come to what a page says in sentences and chips, while a screen reader listens.

    Who sees the page needs no stop there; a dialog's words are said as it opens. A pane that is read by
    scrolling says its own. It looks again as the focus moves, since pages change what they say.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        focused = QApplication.focusWidget() if QAccessible.isActive() else None
        page = None if focused is None else focused.window()
        if page is not None and not isinstance(page, QDialog):
            give_stops(page)


def give_stops(page: QWidget) -> None:
    """Make stops of the sentences and chips on show that nothing else on it says, and of no others."""
    said = " ".join(_said_by_controls(page))
    for label in page.findChildren(QLabel):
        stop = label.findChild(ReaderStop, options=Qt.FindChildOption.FindDirectChildrenOnly)
        is_stop = label.isVisibleTo(page) and _is_sentence(label) and _said(label) not in said
        if is_stop and not _is_said_elsewhere(label):
            (stop or ReaderStop(label)).let(is_stop=True)
        elif stop is not None:
            stop.let(is_stop=False)


class ReaderStop(QObject):
    """A label that is a stop; Up and Down go on in what is long."""

    def __init__(self, label: QLabel) -> None:
        super().__init__(label)
        self._label, self._at, self._name = label, 0, ""
        label.installEventFilter(self)

    def let(self, *, is_stop: bool) -> None:
        """Let Tab come to the label, or no more."""
        self._label.setFocusPolicy(TAB if is_stop else Qt.FocusPolicy.NoFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin with the first part as the focus comes, and go on by keys."""
        if event.type() == QEvent.Type.FocusIn:
            self._begin()
        elif event.type() == QEvent.Type.FocusOut:
            self._label.setAccessibleName(self._name)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._go_on(STEPS.get(Qt.Key(event.key()), 0))
        return False

    def _begin(self) -> None:
        self._at, self._name = 0, self._label.accessibleName()
        first, *more = self._parts()
        self._label.setAccessibleName(first)
        self._label.setAccessibleDescription(HOW_READ if more else "")

    def _go_on(self, steps: int) -> bool:
        parts = self._parts()
        at = min(max(self._at + steps, 0), len(parts) - 1)
        if at == self._at:
            return False
        self._at = at
        read_out(self._label, parts[at])
        return True

    def _parts(self) -> list[str]:
        return list(pieces(self._name or self._label.text())) or [""]


def _is_sentence(label: QLabel) -> bool:
    least = 2 if isinstance(label, ChipLabel) else FEWEST_WORDS
    return len(_said(label).split()) >= least and BETWEEN_KEYS not in label.text()


def _is_said_elsewhere(label: QLabel) -> bool:
    """Whether a label names a field, or stands in what says its own words."""
    if label.buddy() is not None:
        return True
    holder = label.parentWidget()
    while holder is not None and not holder.isWindow():
        is_read = isinstance(holder, QAbstractScrollArea) and bool(holder.focusPolicy() & TAB)
        if is_read or isinstance(holder, QAbstractButton):
            return True
        holder = holder.parentWidget()
    return False


def _said_by_controls(page: QWidget) -> Iterator[str]:
    for control in page.findChildren(QWidget):
        if control.focusPolicy() & TAB and not isinstance(control, QLabel):
            yield f"{control.accessibleName()} {control.accessibleDescription()}"
