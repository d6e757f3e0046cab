"""Labels in the window's type, which follow the look; chips; and the one way to shorten words on screen.

A figure, a reference or a person's name is whole, or not there: "£3,300…" reads as £3,300 and may be
£3,300.50; "ACF-00…" is every application of a round. A chip is an outcome as shape, word and colour.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Self

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.text import reworded
from gui.theme.look import Tone, look
from gui.widgets.tips import set_tip


class PlainLabel(QLabel):
    """A label that shows its text as it stands. Qt's own guesses at HTML, and opens what that names."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        QLabel.setText(self, text)


class Label(PlainLabel):
    """Plain text that wraps when asked to. `tone` is text, text2, muted, accent, danger or warning."""

    def __init__(self, text: str = "", *, size: float = 13, weight: int = 400, tone: str = "text") -> None:
        super().__init__(text)
        self._made_with = text
        self._size = size
        self._weight = weight
        self.setProperty("tone", tone)
        look.follow(self._refresh)

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
        self.setFont(look.font(self._size, self._weight))
        again = reworded(self._made_with)
        if again != self._made_with and self.text() == self._made_with:
            self._made_with = again
            self.setText(again)


def small(text: str = "", *, tone: str = "text2") -> Label:
    """Return a label in small letters that runs over several lines: what is said beside the matter."""
    return Label(text, size=12, tone=tone).wrapped()


class ElidedLabel(Label):
    """One line of text that ends in an ellipsis, with a tooltip, when there is no room."""

    def __init__(self, text: str = "", *, size: float = 13, weight: int = 400, tone: str = "text") -> None:
        self._people: tuple[str, ...] = ()
        self._is_by_clauses, self._explained = False, ""
        super().__init__(text.replace("\n", " "), size=size, weight=weight, tone=tone)
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
        return QSize(look.px(24), super().minimumSizeHint().height())

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


def stretch() -> QWidget:
    """Return an empty widget that takes the room left over."""
    widget = QWidget()
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return widget


ELLIPSIS = "…"
HASHES = "####"
"""What stands for a figure or a name that has no room: its value is in the tooltip and read aloud."""
_FIGURE = re.compile(r"[^\s@]*\d[^\s@]*")
"""Anything with a digit: a sum, a count, a date, a reference; of an e-mail address each side is its own."""
_CLAUSE = re.compile(r"[.,;] | · ")
"""Where a clause ends: the comma of "£1,980" ends none."""
_LOOSE = " ·,;:–("


def shortened(
    metrics: QFontMetrics,
    words: str,
    room: float,
    side: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    *,
    names: Iterable[str] = (),
) -> str:
    """Return words as they fit a room in pixels, with an ellipsis that is never within or after a figure.

    Nor is it within one of `names`. Where not even the figure that they begin with has room, hashes stand for
    it.
    """
    if metrics.horizontalAdvance(words) <= room:
        return words
    shown = metrics.elidedText(words, side, max(int(room), 0))
    if shown == words:
        return words
    head = _alike(shown, words)
    tail = len(words) - min(_alike(reversed(shown), reversed(words)), max(len(shown) - head - 1, 0))
    people = (found for name in names if name for found in re.finditer(re.escape(name), words))
    for figure in (*people, *_FIGURE.finditer(words)):
        if figure.start() < head <= figure.end():
            head = figure.start()
        if figure.start() < tail < figure.end():
            tail = figure.end()
    if head or tail < len(words) or not _FIGURE.match(words):
        return f"{_apart(words[:head].rstrip(_LOOSE))}{ELLIPSIS}{words[tail:]}" if shown else ""
    return hashes(metrics, room)


def whole_clauses(metrics: QFontMetrics, words: str, room: float) -> str:
    """Return as many whole clauses of words as have room, "" where the first has none.

    After a sentence nothing more is said; after a part of one an ellipsis says that it goes on.
    """
    fitting = (begun for begun in _begun(words) if metrics.horizontalAdvance(begun) <= room)
    return next(fitting, "")


def _begun(words: str) -> Iterator[str]:
    """Yield words whole, then without their last clauses, the first clause alone at the end."""
    yield words
    for end in reversed([found.start() for found in _CLAUSE.finditer(words)]):
        is_said = words[end] == "." or words[end - 1].isdigit()  # no ellipsis after a figure
        yield words[:end] + words[end] * (words[end] == ".") if is_said else f"{words[:end]} {ELLIPSIS}"


def whole_or_hashes(metrics: QFontMetrics, words: str, room: float) -> str:
    """Return words that may not be shortened: all of them, or hashes."""
    return words if metrics.horizontalAdvance(words) <= room else hashes(metrics, room)


def whole_names(metrics: QFontMetrics, names: str, room: float) -> str:
    """Return a list of names with as many whole ones as there is room for: "Hale, Khan + 2"."""
    every = names.split(", ")
    for shown in range(len(every), 0, -1):
        left = len(every) - shown
        words = ", ".join(every[:shown]) + (f" + {left}" if left else "")
        if metrics.horizontalAdvance(words) <= room:
            return words
    return hashes(metrics, room)


def hashes(metrics: QFontMetrics, room: float) -> str:
    """Return as many hashes as fit, four at the most."""
    fitting = (HASHES[:n] for n in range(len(HASHES), 0, -1))
    return next((some for some in fitting if metrics.horizontalAdvance(some) <= room), "")


def two_lines(metrics: QFontMetrics, words: str) -> tuple[str, str]:
    """Return words parted at the space or after the hyphen that makes the longer half shortest.

    The second half is "" where there is neither.
    """
    ends = [number + 1 for number, letter in enumerate(words[:-1]) if letter in " -"]
    halves = [(words[:end].rstrip(" "), words[end:]) for end in ends] or [(words, "")]
    return min(halves, key=lambda pair: max(map(metrics.horizontalAdvance, pair)))


def _apart(head: str) -> str:
    """Return what comes before an ellipsis, with a space where that would touch a figure."""
    return f"{head} " if head and any(letter.isdigit() for letter in head.split(" ")[-1]) else head


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """Return in how many letters two texts begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


CHIP_HEIGHT = 24
CHIP_ICON = 14
WORD_NEEDS = 60
"""With less room than this the shape stands alone; the word is in the cell's spoken text and tip."""


def chip_width(word: str) -> int:
    """Return how wide a chip with this word is."""
    metrics = QFontMetrics(look.font(12, 600))
    return look.px(8 + CHIP_ICON + 5 + 10) + metrics.horizontalAdvance(word)


def paint_chip(painter: QPainter, box: QRect, tone: Tone, word: str) -> None:
    """Paint a chip at the left of a box, centred in its height, elided when it does not fit."""
    height = look.px(CHIP_HEIGHT)
    is_alone = box.width() < min(look.px(WORD_NEEDS), chip_width(word))
    width = look.px(8 + CHIP_ICON + 8) if is_alone else min(chip_width(word), box.width())
    rect = QRectF(box.x(), box.y() + (box.height() - height) / 2, width, height)
    pair = look.theme.state(tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPen(QColor(pair.text), 2) if not look.theme.is_tinted else QPen(Qt.PenStyle.NoPen)
    painter.setPen(edge)
    painter.setBrush(pair.fill)
    painter.drawRoundedRect(rect, height / 2, height / 2)
    _paint_words(painter, rect, tone, "" if is_alone else word)
    painter.restore()


def _paint_words(painter: QPainter, rect: QRectF, tone: Tone, word: str) -> None:
    colour = look.theme.state(tone).text
    size = look.px(CHIP_ICON)
    top = rect.y() + (rect.height() - size) / 2
    look.paint_glyph(painter, rect.x() + look.px(8), top, tone, colour, CHIP_ICON)
    words = rect.adjusted(look.px(8 + CHIP_ICON + 5), 0, -look.px(6), 0)
    painter.setPen(colour)
    painter.setFont(look.font(12, 600))
    shown = shortened(painter.fontMetrics(), word, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class ChipLabel(PlainLabel):
    """A chip as a widget; a screen reader reads its word."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = Tone.INFORMATION
        look.follow(self._refresh)

    def show_state(self, tone: Tone, word: str) -> None:
        """Show another state."""
        self._tone = tone
        self.setText(word)
        self.setAccessibleName(word)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.setFixedSize(chip_width(self.text()), look.px(CHIP_HEIGHT))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip instead of the label's plain text."""
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._tone, self.text())
        painter.end()


class Chip(Struct, frozen=True):
    """An outcome as shape, word and colour."""

    tone: Tone
    word: str
