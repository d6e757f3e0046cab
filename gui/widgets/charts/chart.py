"""What every painted chart has in common: one sentence, keys between its marks, T for the table, its role."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.tables.columns import Keeps
from gui.theme.look import look, smooth
from gui.theme.office_words import ours
from gui.widgets.speech.announcing import announce
from gui.widgets.speech.roles import give_role
from gui.widgets.tips import set_tip

Cells = Sequence[tuple[str, ...]]
"""A chart's figures as a table has them: a line of cells for each of its marks."""


class Head(NamedTuple):
    """The head of a column of figures; the first, which names them, takes what room is left."""

    words: str
    width: int = 0
    keeps: Keeps = Keeps.WORDS


class Chart(QWidget):
    """Marks along a line. `back` and `on` go along, Home and End to the ends, T asks for the table.

    `title` names it, and `called` names what those keys go along: "months". What it shows is told by
    `show_marks`; `slot` and `paint_marks` say where and how.
    """

    table_asked = Signal()
    back: tuple[Qt.Key, ...] = (Qt.Key.Key_Left,)
    on: tuple[Qt.Key, ...] = (Qt.Key.Key_Right,)
    keys = "Left and Right"

    def __init__(self, title: str, called: str) -> None:
        super().__init__()
        self._title, self._called = title, called
        self.at, self._marks, self._sentence = 0, tuple[str, ...](), ""
        give_role(Chart, QAccessible.Role.Graphic)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    @property
    def title(self) -> str:
        """Return what the chart is called."""
        return ours(self._title)

    def show_marks(self, marks: Iterable[str], sentence: str) -> None:
        """Show marks of which these are the full words, and the whole of which is one sentence."""
        self._marks, self._sentence = tuple(marks), sentence
        self.at = min(self.at, max(self.count() - 1, 0))
        self._say()
        self.update()

    def count(self) -> int:
        """Return how many marks there are."""
        return len(self._marks)

    def mark_words(self, number: int) -> str:
        """Return a mark in full words."""
        return self._marks[number]

    def sentence(self) -> str:
        """Return the whole chart in one sentence."""
        return self._sentence

    def slot(self, number: int) -> QRectF:
        """Return where a mark stands; a click there takes it in hand."""
        raise NotImplementedError

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the marks; the one at hand is ringed while the chart has the focus."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the marks, or ask for the table."""
        places = {
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count() - 1,
            **dict.fromkeys(self.back, self.at - 1),
            **dict.fromkeys(self.on, self.at + 1),
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_T and not event.modifiers():
            self.table_asked.emit()
        elif key in places:
            self._go(places[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the mark under the pointer."""
        for number in range(self.count()):
            if self.slot(number).contains(event.position()):
                self._go(number)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which mark is at hand."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart."""
        with smooth(self) as painter:
            self.paint_marks(painter)

    def _go(self, number: int) -> None:
        if 0 <= number < self.count() and number != self.at:
            self.at = number
            self._say()
            announce(self, self._words())
            self.update()

    def _say(self) -> None:
        self.setAccessibleName(f"{self.title}, chart. {self._words()}")
        keys = f"{self.keys} go along the {ours(self._called)}, T shows them as a table."
        self.setAccessibleDescription(f"{self.sentence()} {keys}")
        set_tip(self, self.sentence())

    def _words(self) -> str:
        if not self.count():
            return self.sentence()
        return f"{self.mark_words(self.at)}, {self.at + 1} of {self.count()}"
