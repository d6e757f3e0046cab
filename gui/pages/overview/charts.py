"""The overview's charts: a bar per area with its pot (C1), and a bar per member (C2)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from gui.text import NOTHING, column_money, counted
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.charts.rows_chart import YOU, RowsChart
from gui.widgets.label import PlainLabel
from models.queries.deciding.allowances import RECOMMENDED, told_of

if TYPE_CHECKING:
    from models.queries.deciding.allowances import BudgetLine
    from models.queries.panel.left_to_do import Progress

LEAST_PERSON_BAR = 18
ROW, LOW_ROW, TWO_LINE_ROW = 31, 21, 32
NAME, PERSON = 118, 172
WIDE = NAME + 250
LEAST_BAR = 40
"""The least room for a bar, for a 13 px base: figures are never cut, so names give way to it."""
NO_SHEETS = "no sheets"
GAP, SIGN = 2, 26
MARKS = ("Pot", "Tolerance ends")
"""What the key explains by a thin mark."""


class BudgetChart(RowsChart):
    """An area to a row: what is recommended and still to consider on a track, a mark where the pot ends."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Budget by area", "areas", pitch=ROW, wide=WIDE)
        self._lines: tuple[BudgetLine, ...] = ()
        self._scale = 1
        self._show = column_money(())
        self.show_again()

    def show_lines(self, lines: "Sequence[BudgetLine]") -> None:
        """Show other areas, all on one scale."""
        self._lines = tuple(lines)
        reach = (max(line.pot + line.tolerance, line.recommended + line.consider) for line in lines)
        self._scale = max(reach, default=0) or 1
        self._show = column_money([pence for line in lines for pence in (line.recommended, line.pot)])
        self.show_again()

    def count(self) -> int:
        """Return how many areas there are."""
        return len(self._lines)

    def mark_words(self, number: int) -> str:
        """Return an area: "Sandwell, £40,140 recommended, £2,140 over £38,000"."""
        line, show = self._lines[number], self._show
        if line.over:
            words = (
                f"{line.area}, {show(line.recommended)} {line.told}, {show(line.over)} over {show(line.pot)}"
            )
            return f"{words}; {line.by}" if line.by else words
        left = f", {show(line.consider)} still to consider" if line.consider else ""
        return f"{line.area}, {show(line.recommended)} {line.told}{left}, of {show(line.pot)}"

    def sentence(self) -> str:
        """Return what is recommended of all pots, and how many areas are over theirs."""
        if not self._lines:
            return ours("No areas yet.")
        done, pots = sum(one.recommended for one in self._lines), sum(one.pot for one in self._lines)
        over = sum(1 for one in self._lines if one.over)
        show = column_money((done, pots))
        more = f", {counted(over, ours('area is'), ours('areas are'))} over the pot" if over else ""
        refused = sum(1 for one in self._lines if one.beyond > 0)
        more += f", {refused:,} of them past what is allowed" if refused else ""
        return f"{show(done)} {told_of(self._lines)} of {show(pots)}{more}."

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint an area."""
        theme, line, px = self._look.theme, self._lines[number], self._look.px
        figures = self._figures_wide()
        wanted = max(self._room_of(one.area, 400) for one in self._lines) + px(10)
        name = min(max(px(NAME), wanted), row.width() - figures - px(LEAST_BAR))
        self._paint_name(painter, row, line.area, name - px(4))
        bar = self._bar(row, name + px(10), figures + px(18))
        wide = bar.width() / self._scale
        within = min(line.recommended, line.pot)
        self._fill(painter, QRectF(bar.x(), bar.y(), line.pot * wide, bar.height()), theme.track)
        self._fill(painter, QRectF(bar.x(), bar.y(), within * wide, bar.height()), theme.bar_recommended)
        left = bar.x() + within * wide + (GAP if within else 0)
        rest = QRectF(left, bar.y(), line.consider * wide - GAP, bar.height())
        self._fill(painter, rest, theme.bar_consider)
        allowed = line.over - line.beyond
        over = QRectF(bar.x() + line.pot * wide + GAP, bar.y(), allowed * wide - GAP, bar.height())
        self._fill(painter, over, theme.state(Tone.WARNING).text)
        left = bar.x() + (line.pot + allowed) * wide + GAP
        beyond = QRectF(left, bar.y(), line.beyond * wide - GAP, bar.height())
        self._fill(painter, beyond, theme.bar_over)
        painter.setPen(QPen(self._look.colour(theme.text), 2))
        at, reach = bar.x() + line.pot * wide, self._look.px(4)
        painter.drawLine(QPointF(at, bar.top() - reach), QPointF(at, bar.bottom() + reach))
        self._paint_tolerance(painter, line, bar, wide)
        room = QRectF(row.right() - figures - px(4), row.y(), figures, row.height())
        self._paint_figures(painter, line, room)

    def _paint_tolerance(self, painter: QPainter, line: "BudgetLine", bar: QRectF, wide: float) -> None:
        """Paint where the tolerance ends: a thin broken mark past the pot's."""
        if not line.tolerance:
            return
        painter.setPen(QPen(self._look.colour(self._look.theme.text2), 1.5, Qt.PenStyle.DotLine))
        at, reach = bar.x() + (line.pot + line.tolerance) * wide, self._look.px(4)
        painter.drawLine(QPointF(at, bar.top() - reach), QPointF(at, bar.bottom() + reach))

    def _figures(self, line: "BudgetLine") -> tuple[str, str]:
        """Return an area's figures: what stands out, and what follows it."""
        show = self._show
        if line.over:
            how = "over" if line.beyond else "over, allowed"
            return f"{show(line.recommended)}, {show(line.over)} {how}", ""
        return show(line.recommended) if line.recommended else NOTHING, f" of {show(line.pot)}"

    def _paint_figures(self, painter: QPainter, line: "BudgetLine", room: QRectF) -> None:
        look, theme = self._look, self._look.theme
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        bold, plain = self._figures(line)
        painter.setFont(look.font(13))
        painter.setPen(look.colour(theme.text2))
        painter.drawText(room, align, plain)
        painter.setFont(look.font(13, 600))
        painter.setPen(look.colour(theme.state(Tone.DANGER).text if line.beyond else theme.text))
        painter.drawText(room.adjusted(0, 0, -self._room_of(plain, 400), 0), align, bold)

    def _figures_wide(self) -> int:
        """Return the room that the widest figures take, so that no bar paints over them."""
        every = map(self._figures, self._lines)
        return max(self._room_of(bold) + self._room_of(plain, 400) for bold, plain in every)


class ProgressChart(RowsChart):
    """A member to a row: how many sheets are handed in of those that are theirs."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Scoring progress by member", "members", pitch=LOW_ROW, wide=WIDE)
        self._lines: tuple[Progress, ...] = ()
        self._you: str | None = None
        self.show_again()

    def show_lines(self, lines: "Sequence[Progress]", you: str | None) -> None:
        """Show other members; `you` is the code of whoever is using the laptop."""
        self._lines, self._you = tuple(lines), you
        self.show_again()

    def count(self) -> int:
        """Return how many members there are."""
        return len(self._lines)

    def mark_words(self, number: int) -> str:
        """Return a member: "Jo Adeyemi, 18 of 45 sheets handed in"."""
        line = self._lines[number]
        said = f"{_count(line)} sheets handed in" if line.of else NO_SHEETS
        return f"{self.name(line)}, {said}"

    def sentence(self) -> str:
        """Return how much of all is done."""
        done, of = sum(one.handed_in for one in self._lines), sum(one.of for one in self._lines)
        whole = sum(1 for one in self._lines if one.of and not one.left)
        ready = counted(whole, "member has", "members have")
        return f"{done:,} of {of:,} sheets are handed in; {ready} finished."

    def _name_wide(self, width: float) -> float:
        """Return the room for names in a row so wide, which leaves some for the bar and the count."""
        px = self._look.px
        count = max(self._room_of(_count(one)) for one in self._lines)
        wanted = max(self._room_of(self.name(one), 400) for one in self._lines) + px(10)
        return min(max(px(PERSON), wanted), width - count - px(SIGN) - px(LEAST_PERSON_BAR))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let rows be higher where names run over two lines."""
        super().resizeEvent(event)
        longest = max((self._room_of(self.name(one), 400) for one in self._lines), default=0)
        room = self._name_wide(self.width()) if self._lines else 0
        pitch = LOW_ROW if longest <= room - self._look.px(8) else TWO_LINE_ROW
        if pitch != self._pitch:
            self._pitch = pitch
            self.updateGeometry()

    def name(self, line: "Progress") -> str:
        """Return the member's name, marked where it is one's own."""
        return f"{line.member.name}{YOU}" if line.member.code == self._you else line.member.name

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint a member."""
        look, theme, line = self._look, self._look.theme, self._lines[number]
        is_done = line.of > 0 and not line.left
        count = max(self._room_of(_count(one)) for one in self._lines)
        sign = look.px(SIGN)
        name = self._name_wide(row.width())
        self._paint_person(painter, row, self.name(line), name - look.px(4))
        bar = self._bar(row, name + look.px(10), count + sign + look.px(10))
        self._fill(painter, bar, theme.track)
        share = line.handed_in / line.of if line.of else 0
        done = QRectF(bar.x(), bar.y(), bar.width() * share, bar.height())
        self._fill(painter, done, theme.bar_recommended if is_done else theme.accent_text)
        painter.setFont(look.font(13, 600))
        painter.setPen(look.colour(theme.text))
        room = QRectF(row.right() - count - sign, row.y(), count, row.height())
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, align, _count(line))
        if not line.of:
            return
        tone, glyph = (theme.state(Tone.FUND).text, "fund") if is_done else (theme.muted, "clock")
        at = QPointF(row.right() - look.px(18), round(row.y() + (row.height() - look.px(16)) / 2))
        painter.drawPixmap(at, look.glyph(glyph, tone, 16, painter.device().devicePixelRatioF()))


def _count(line: "Progress") -> str:
    return f"{line.handed_in:,} of {line.of:,}" if line.of else NO_SHEETS


class Key(PlainLabel):
    """What the colours of the budget's bars mean."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._has_tolerance = self._is_allowed = False
        self._told = RECOMMENDED
        self.show_marks((), is_there=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_marks(self, lines: "Sequence[BudgetLine]", *, is_there: bool) -> None:
        """Explain what is over a pot and allowed, and where a tolerance ends, or leave them out."""
        self._has_tolerance, self._told = is_there, told_of(lines)
        self._is_allowed = any(line.over > line.beyond for line in lines)
        allowed = "over the pot and allowed, " if self._is_allowed else ""
        more = ", a broken one where its tolerance ends" if is_there else ""
        words = f"Key: {self._told}, still to consider, {allowed}over the pot, and a mark for the pot{more}"
        self.setText(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the lines that the key takes in its width."""
        lines = len(self._lines(max(self.width(), self._look.px(300))))
        return QSize(self._look.px(300), self._look.px(10 + 18 * lines))

    def minimumSizeHint(self) -> QSize:
        """Leave room for what stands beside it."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more lines in less room."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _swatches(self) -> tuple[tuple[str, str], ...]:
        theme = self._look.theme
        return (
            (theme.bar_recommended, self._told.capitalize()),
            (theme.bar_consider, "Still to consider"),
            *(((theme.state(Tone.WARNING).text, "Over, allowed"),) if self._is_allowed else ()),
            (theme.bar_over, "Over the pot"),
            (theme.text, "Pot"),
            *(((theme.text2, "Tolerance ends"),) if self._has_tolerance else ()),
        )

    def _lines(self, room: float) -> list[list[tuple[str, str]]]:
        """Return the swatches line by line, each line no wider than the room."""
        lines: list[list[tuple[str, str]]] = [[]]
        for swatch in self._swatches():
            if lines[-1] and sum(map(self._wide, (*lines[-1], swatch))) > room:
                lines.append([])
            lines[-1].append(swatch)
        return lines

    def _wide(self, swatch: tuple[str, str]) -> float:
        return self._look.px(34) + QFontMetrics(self._look.font(12)).horizontalAdvance(swatch[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the swatches and their words, on as many lines as they take."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.font(12))
        lines = self._lines(self.width())
        high = self.height() / len(lines)
        for number, line in enumerate(lines):
            left = 0.0
            for swatch in line:
                wide = self._wide(swatch)
                self._paint_swatch(painter, QRectF(left, number * high, wide, high), *swatch)
                left += wide
        painter.end()

    def _paint_swatch(self, painter: QPainter, room: QRectF, colour: str, words: str) -> None:
        look, is_mark = self._look, words in MARKS
        width, tall = (2, look.px(14)) if is_mark else (look.px(12), look.px(9))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(colour))
        painter.drawRoundedRect(QRectF(room.x(), room.center().y() - tall / 2, width, tall), 2, 2)
        painter.setPen(look.colour(look.theme.text2))
        text = room.adjusted(width + look.px(6), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, words)
