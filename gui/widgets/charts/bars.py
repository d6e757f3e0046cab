"""What every painted chart has in common, and bars between their names and figures with a key to colours."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from gui.tables.columns import Keeps
from gui.text import ours
from gui.theme.look import RIGHT, Tone, fill_with, look, smooth, space
from gui.widgets.flow import Flow
from gui.widgets.label import Label, shortened, two_lines, whole_or_hashes
from gui.widgets.nesting import take_out
from gui.widgets.ring import paint_ring
from gui.widgets.speech.announcing import announce, give_role
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
        self.at, self.marks, self.sentence = 0, tuple[str, ...](), ""
        """Which mark is at hand, all of them in full words, and the whole chart in one sentence."""
        give_role(Chart, QAccessible.Role.Graphic)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    @property
    def title(self) -> str:
        return ours(self._title)

    def show_marks(self, marks: Iterable[str], sentence: str) -> None:
        """Show marks of which these are the full words, and the whole of which is one sentence."""
        self.marks, self.sentence = tuple(marks), sentence
        self.at = min(self.at, max(len(self.marks) - 1, 0))
        self._say()
        self.update()

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
            Qt.Key.Key_End: len(self.marks) - 1,
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
        for number in range(len(self.marks)):
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
        if 0 <= number < len(self.marks) and number != self.at:
            self.at = number
            self._say()
            announce(self, self._words())
            self.update()

    def _say(self) -> None:
        self.setAccessibleName(f"{self.title}, chart. {self._words()}")
        keys = f"{self.keys} go along the {ours(self._called)}, T shows them as a table."
        self.setAccessibleDescription(f"{self.sentence} {keys}")
        set_tip(self, self.sentence)

    def _words(self) -> str:
        if not self.marks:
            return self.sentence
        return f"{self.marks[self.at]}, {self.at + 1} of {len(self.marks)}"


BAR, GAP = 9, 2
LEAST_WIDE = 200


TWO_LINES = (11, 10, 9)
"""The sizes of type, for a 13 px base, that a name over two lines may have."""
YOU = " (you)"
"""What is said of one's own row, where there is room for it."""


class RowsChart(Chart):
    """Rows of one height, each with a name at the left; `paint_row` paints one where it stands."""

    back, on = (Qt.Key.Key_Up, Qt.Key.Key_Left), (Qt.Key.Key_Down, Qt.Key.Key_Right)
    keys = "Up and Down"

    def __init__(self, title: str, called: str, *, pitch: int, wide: int) -> None:
        super().__init__(title, called)
        self._pitch, self._wide = pitch, wide

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        raise NotImplementedError

    def slot(self, number: int) -> QRectF:
        """Return where a row stands."""
        high = look.px(self._pitch)
        return QRectF(0, number * high, self.width(), high)

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the rows; the one at hand is ringed while the chart has the focus."""
        for number in range(len(self.marks)):
            self.paint_row(painter, number, self.slot(number))
        if self.hasFocus() and self.marks:
            around = self.slot(self.at)
            paint_ring(painter, around, look.px(4))

    def sizeHint(self) -> QSize:
        return QSize(look.px(self._wide), look.px(self._pitch) * max(len(self.marks), 1))

    def minimumSizeHint(self) -> QSize:
        """Keep the height, and give up width."""
        return QSize(look.px(LEAST_WIDE), self.sizeHint().height())

    def show_marks(self, marks: Iterable[str], sentence: str) -> None:
        """Show other rows, as high as they are together."""
        super().show_marks(marks, sentence)
        self.updateGeometry()

    def set_pitch(self, pitch: int) -> None:
        """Give rows another height, for a 13 px base."""
        if pitch != self._pitch:
            self._pitch = pitch
            self.updateGeometry()

    def _go(self, number: int) -> None:
        """Go to a row, and scroll so far that it is seen whole."""
        super()._go(number)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        page = None if area is None else area.widget()
        if area is not None and page is not None and self.marks:
            place = self.slot(self.at)
            middle = self.mapTo(page, place.center().toPoint())
            area.ensureVisible(0, middle.y(), 0, int(place.height() / 2) + 2)

    def _room_of(self, words: str, weight: int = 600) -> int:
        return QFontMetrics(look.font(13, weight)).horizontalAdvance(words)

    def _paint_name(self, painter: QPainter, row: QRectF, name: str, wide: float) -> None:
        """Paint a name at the left, with the room it has in pixels."""
        painter.setFont(look.font(13))
        painter.setPen(look.theme.text)
        room = QRectF(look.px(4), row.y(), max(wide, 0), row.height())
        shown = shortened(painter.fontMetrics(), name, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_person(self, painter: QPainter, row: QRectF, name: str, wide: float) -> None:
        """Paint a person's name whole: over two lines where it is too long for one."""
        if self._room_of(name, 400) <= wide - look.px(4):
            self._paint_name(painter, row, name, wide)
            return
        painter.setPen(look.theme.text)
        tries = ((size, words) for size in TWO_LINES for words in (name, name.removesuffix(YOU)))
        for size, words in tries:
            painter.setFont(look.font(size))
            metrics = painter.fontMetrics()
            halves = two_lines(metrics, words)
            if max(map(metrics.horizontalAdvance, halves)) <= wide:
                break
        half = row.height() / 2
        for number, words in enumerate(halves):
            room = QRectF(look.px(4), row.y() + number * half, max(wide, 0), half)
            shown = whole_or_hashes(metrics, words, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _bar(self, row: QRectF, left: float, right: float) -> QRectF:
        """Return the bar's place between what stands at the left and at the right, in pixels."""
        tall, wide = look.px(BAR), max(row.width() - left - right, 1)
        return QRectF(left, row.y() + (row.height() - tall) / 2, wide, tall)

    def _fill(self, painter: QPainter, rect: QRectF, colour: str) -> None:
        if rect.width() > 0:
            fill_with(painter, colour)
            painter.drawRoundedRect(rect, 2, 2)


ROW, LOW_ROW, TWO_LINE_ROW = 31, 21, 32
NAME, PERSON, WIDE = 118, 172, 368
MOST_NAME = 0.42
"""Of the width, the most that names take which may be cut."""
LEAST_BAR, LEAST_PERSON_BAR = 40, 18
"""The least room for a bar, for a 13 px base: figures are never cut, so names give way to it."""
LEAST_PART = 1.5
"""What is painted in pixels of the smallest part, so that it is seen."""
SIGN, EDGE, AIR = 26, 4, 14
"""The room for a sign at the right, at the right without one, and between a bar and its figures."""
Ink = str | Tone
"""A colour by its name in the theme, or that of the words of a tone."""


class Part(NamedTuple):
    """A part of a bar: how long it is, and its colour."""

    length: int
    ink: Ink


class Bar(Struct, frozen=True):
    """One bar: parts end to end on a `track`, and in full `words`.

    `mark` says where its limit stands, and `ends` where a tolerance beyond that does, None for none.
    `figure` stands out at its right, in a colour, and `rest` follows that. A bar with a `sign` has that glyph
    in a colour at its end. `cells` are its line of the table.
    """

    name: str
    words: str
    parts: tuple[Part, ...]
    figure: str = ""
    rest: str = ""
    track: int = 0
    mark: int | None = None
    ends: int | None = None
    ink: Ink = "text"
    sign: tuple[str, Ink] | None = None
    cells: tuple[str, ...] = ()

    @property
    def reach(self) -> int:
        return max(sum(part.length for part in self.parts), self.track, self.mark or 0, self.ends or 0)


class Swatch(NamedTuple):
    """What a colour means; a mark's is thin."""

    words: str
    ink: Ink
    is_mark: bool = False


class Bars(Struct, frozen=True):
    """A chart of bars, all on one scale: its name, what they are called, and the whole in one sentence.

    People's names are never cut, and run over two lines.
    """

    title: str
    called: str
    sentence: str
    lines: tuple[Bar, ...] = ()
    key: tuple[Swatch, ...] = ()
    are_people: bool = False


class BarChart(RowsChart):
    """The one chart of bars."""

    def __init__(self, bars: Bars) -> None:
        super().__init__(bars.title, bars.called, pitch=LOW_ROW if bars.are_people else ROW, wide=WIDE)
        self.show_bars(bars)

    def show_bars(self, bars: Bars) -> None:
        """Show other bars."""
        self.bars = bars
        self._reach = max((line.reach for line in bars.lines), default=1) or 1
        self.show_marks((line.words for line in bars.lines), ours(bars.sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let rows be higher where people's names run over two lines."""
        super().resizeEvent(event)
        if self.bars.are_people and self.bars.lines:
            longest = max(self._room_of(line.name, 400) for line in self.bars.lines)
            is_over = longest > self._name_wide() - look.px(8)
            self.set_pitch(TWO_LINE_ROW if is_over else LOW_ROW)

    def figures_wide(self) -> int:
        """Return the room that the widest figures take, so that no bar is painted over them."""
        return max(self._room_of(one.figure) + self._room_of(one.rest, 400) for one in self.bars.lines)

    def _name_wide(self) -> float:
        px, are_people = look.px, self.bars.are_people
        wanted = max(self._room_of(line.name, 400) for line in self.bars.lines) + px(10)
        room = self.width() - self.figures_wide()
        if are_people:
            return min(max(px(PERSON), wanted), room - px(SIGN) - px(LEAST_PERSON_BAR))
        return min(max(px(NAME), min(wanted, self.width() * MOST_NAME)), room - px(LEAST_BAR))

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint a bar between its name and its figures."""
        line, are_people = self.bars.lines[number], self.bars.are_people
        name, figures, end = self._name_wide(), self.figures_wide(), look.px(SIGN if are_people else EDGE)
        paint_name = self._paint_person if are_people else self._paint_name
        paint_name(painter, row, line.name, name - look.px(4))
        place = self._bar(row, name + look.px(10), figures + end + look.px(AIR))
        self._paint_bar(painter, place, line)
        self._paint_figures(
            painter, QRectF(row.right() - figures - end, row.y(), figures, row.height()), line
        )
        if line.sign is not None:
            glyph, ink = line.sign
            top = row.y() + (row.height() - look.px(16)) / 2
            look.paint_glyph(painter, row.right() - look.px(18), top, glyph, colour_of(ink), 16)

    def _paint_bar(self, painter: QPainter, room: QRectF, line: Bar) -> None:
        theme, unit, left = look.theme, room.width() / self._reach, room.x()
        self._fill(painter, QRectF(left, room.y(), line.track * unit, room.height()), theme.track)
        parts = [part for part in line.parts if part.length]
        for number, part in enumerate(parts, 1):
            wide = part.length * unit
            seen = max(wide - GAP * (number < len(parts)), LEAST_PART)
            self._fill(painter, QRectF(left, room.y(), seen, room.height()), colour_of(part.ink))
            left += wide
        pens = (
            QPen(QColor(theme.text), 2),
            QPen(QColor(theme.text2), 1.5, Qt.PenStyle.DotLine),
        )
        for mark, pen in zip((line.mark, line.ends), pens, strict=True):
            if mark is not None:
                painter.setPen(pen)
                at, over = room.x() + mark * unit, look.px(4)
                painter.drawLine(QPointF(at, room.top() - over), QPointF(at, room.bottom() + over))

    def _paint_figures(self, painter: QPainter, room: QRectF, line: Bar) -> None:
        painter.setFont(look.font(13))
        painter.setPen(look.theme.text2)
        painter.drawText(room, RIGHT, line.rest)
        painter.setFont(look.font(13, 600))
        painter.setPen(colour_of(line.ink))
        painter.drawText(room.adjusted(0, 0, -self._room_of(line.rest, 400), 0), RIGHT, line.figure)


class SwatchLabel(Label):
    """What a colour means, after a patch of it."""

    def __init__(self, swatch: Swatch) -> None:
        super().__init__(swatch.words, size=12, tone="text2")
        self._swatch = swatch

    def dress(self) -> None:
        """Leave room for the patch."""
        super().dress()
        self.setIndent(look.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the patch before the words."""
        super().paintEvent(event)
        wide, tall = (2, look.px(14)) if self._swatch.is_mark else (look.px(12), look.px(9))
        with smooth(self) as painter:
            fill_with(painter, colour_of(self._swatch.ink))
            painter.drawRoundedRect(QRectF(0, (self.height() - tall) / 2, wide, tall), 2, 2)


class ChartKey(QWidget):
    """What the colours of a chart mean, on as many lines as that takes."""

    def __init__(self, swatches: tuple[Swatch, ...] = ()) -> None:
        super().__init__()
        self.setAccessibleName("Key")
        self.labels: list[SwatchLabel] = []
        self._flow = space(Flow(self), 10)
        self.show_swatches(swatches)

    def show_swatches(self, swatches: tuple[Swatch, ...]) -> None:
        """Explain other colours."""
        take_out(self._flow, *self.labels)
        self.labels = [SwatchLabel(swatch) for swatch in swatches]
        for label in self.labels:
            self._flow.addWidget(label)


def colour_of(ink: Ink) -> str:
    return look.theme.state(ink).text if isinstance(ink, Tone) else str(getattr(look.theme, ink))
