"""Labels in the window's type: a size, a weight and a tone that follow the look."""

from collections.abc import Iterable
from typing import Self

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.theme.look import Look
from gui.theme.office_words import reworded
from gui.widgets.shorten import shortened, whole_clauses
from gui.widgets.tips import set_tip

SMALLEST_FIGURE = 13


class PlainLabel(QLabel):
    """A label that shows its text as it stands. Qt's own guesses at HTML, and opens what that names."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        QLabel.setText(self, text)


class Label(PlainLabel):
    """Plain text that wraps when asked to. `tone` is text, text2, muted, accent, danger or warning."""

    def __init__(
        self, look: Look, text: str = "", *, size: float = 13, weight: int = 400, tone: str = "text"
    ) -> None:
        super().__init__(text)
        self._look, self._made_with = look, text
        self._size = size
        self._weight = weight
        self.setProperty("tone", tone)
        look.changed.connect(self._refresh)
        self._refresh()

    def wrapped(self) -> "Label":
        """Let the text run over several lines; returns the label."""
        self.setWordWrap(True)
        return self

    def sized(self, size: float) -> None:
        """Change the size of the type."""
        if size != self._size:
            self._size = size
            self._refresh()

    def right(self) -> Self:
        """Stand the text at the right; returns the label."""
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self

    def stand_for(self, field: QWidget) -> None:
        """Be the label of a field, by the field's own name to a reader that says the label in its place."""
        self.setBuddy(field)
        if field.accessibleName():
            self.setAccessibleName(field.accessibleName())

    @Slot()
    def _refresh(self) -> None:
        self.dress()

    def dress(self) -> None:
        """Follow the look; what is more than a label does more here, and never in the slot itself."""
        self.setFont(self._look.font(self._size, self._weight))
        again = reworded(self._made_with)
        if again != self._made_with and self.text() == self._made_with:
            self._made_with = again
            self.setText(again)


class ElidedLabel(Label):
    """One line of text that ends in an ellipsis, with a tooltip, when there is no room."""

    def __init__(
        self, look: Look, text: str = "", *, size: float = 13, weight: int = 400, tone: str = "text"
    ) -> None:
        self._people: tuple[str, ...] = ()
        self._is_by_clauses, self._explained = False, ""
        super().__init__(look, text.replace("\n", " "), size=size, weight=weight, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def keep_whole(self, people: Iterable[str]) -> None:
        """Shorten none of these names within the text."""
        self._people = tuple(people)

    def give_way_by_clauses(self) -> None:
        """Leave out whole clauses from the end in place of part of a word."""
        self._is_by_clauses = True

    def explain(self, words: str) -> None:
        """Say more in the tooltip, also where the text is whole."""
        self._explained = words
        self._offer_tip()

    @property
    def shown(self) -> str:
        """Return what of the text has room."""
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        clauses = whole_clauses(metrics, self.text(), room) if self._is_by_clauses else ""
        return clauses or shortened(metrics, self.text(), room, names=self._people)

    def minimumSizeHint(self) -> QSize:
        """Let the label shrink to a few letters."""
        return QSize(self._look.px(24), super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        """Show another text; lines that somebody typed run on."""
        super().setText(text.replace("\n", " "))
        self._offer_tip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tooltip when it is cut."""
        super().resizeEvent(event)
        self._offer_tip()

    def _offer_tip(self) -> None:
        is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        set_tip(self, "\n".join(filter(None, (self.text() if is_cut else "", self._explained))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, elided when it does not fit."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, self.shown)
        painter.end()


class FigureLabel(ElidedLabel):
    """A large figure, in smaller type where it would not be whole."""

    def __init__(self, look: Look, *, size: float, weight: int) -> None:
        self._largest = size
        super().__init__(look, size=size, weight=weight)

    def setText(self, text: str) -> None:
        """Show another figure, as large as there is room for."""
        super().setText(text)
        self._shrink()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room there is."""
        super().resizeEvent(event)
        self._shrink()

    def _shrink(self) -> None:
        room = self.contentsRect().width()
        sizes = [self._largest - step for step in range(round(self._largest - SMALLEST_FIGURE) + 1)]
        fitting = (size for size in sizes if self._advance(size) <= room)
        self.sized(next(fitting, SMALLEST_FIGURE))
        self._offer_tip()

    def _advance(self, size: float) -> int:
        return QFontMetrics(self._look.font(size, self._weight)).horizontalAdvance(self.text())

    def sizeHint(self) -> QSize:
        """Keep the height of the largest type."""
        metrics = QFontMetrics(self._look.font(self._largest, self._weight))
        return QSize(metrics.horizontalAdvance(self.text()), metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Keep the height of the largest type, and give up width."""
        return QSize(self._look.px(24), self.sizeHint().height())


def stretch() -> QWidget:
    """Return an empty widget that takes the room left over."""
    widget = QWidget()
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return widget
