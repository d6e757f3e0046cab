"""Bars under one another, each between its name and its figures, and the key to their colours."""

from typing import NamedTuple

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.theme.look import RIGHT, fill_with, look, smooth, space
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.charts.chart import GAP, RowsChart
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.nesting import take_out

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
        """Return how far it goes with all its marks."""
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
    """Return a colour as the theme on show has it."""
    return look.theme.state(ink).text if isinstance(ink, Tone) else str(getattr(look.theme, ink))
