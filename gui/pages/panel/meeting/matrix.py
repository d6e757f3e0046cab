"""The matrix: criteria down, members across, then the spread and what is agreed; digits agree a mark."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from operator import attrgetter

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionViewItem

from gui.pages.panel.meeting.side import dots_words, marks_of, spoken_cell
from gui.pages.panel.scoring.marks import CLEARS, LONGEST_ROW, digit_of, typed_digit
from gui.tables.columns import Gives, LineColumn
from gui.tables.line_delegate import CENTRE, LineDelegate, paint_text
from gui.tables.line_view import LineView
from gui.tables.rows_model import Index
from gui.text import NOTHING
from gui.theme.look import Tone, fill_with, look, outline_with
from models.papers.minutes import cell_words
from models.queries.panel.meeting_figures import MeetingFigures
from scoring.marks.meeting import SETTLED_HEADS, Item, Line, Sign
from scoring.scheme import Combine

CRITERION, MARKS, SPREAD, AGREED, REASON = "criterion", "marks", "spread", "agreed", "reason"
MEMBER = "member "
MEMBER_WIDTH = 62
"""The least room of a member's column; a longer name widens it."""


class MatrixRow(Struct, frozen=True):
    """One criterion of the item on show, with the panel's reason or the chair's for setting it aside.

    `counts` is what counts where marks are not agreed ("3.50"), None under consensus. A reason that
    `is_for_panel` is told to no applicant.
    """

    line: Line
    reason: str
    not_applicable: str
    must_settle: bool
    counts: str | None = None
    is_for_panel: bool = False

    @property
    def code(self) -> str:
        """Return the criterion's code, the row's key."""
        return self.line.code

    @property
    def agreed(self) -> str:
        """Return the agreed cell as it is printed."""
        if self.line.is_not_applicable:
            return "n/a"
        if self.counts is not None:
            return self.counts
        return str(self.line.agreed) if self.line.agreed is not None else "[ ]"


def matrix_rows(figures: MeetingFigures, item: Item) -> tuple[MatrixRow, ...]:
    """Return the rows of one item."""
    left, shown = figures.left(item), figures.rows.columns(item)
    return tuple(
        MatrixRow(
            line._replace(cells=tuple(line.cells[at] for at in shown)),
            figures.reason(item.reference, line.code),
            figures.not_applicable.get((item.reference, line.code), ""),
            line.code in left,
            None if figures.is_agreed else figures.value(item.reference, line.code),
            figures.is_for_panel(item.reference, line.code),
        )
        for line in item.lines
    )


def matrix_columns(names: tuple[str, ...], combine: Combine) -> tuple[LineColumn[MatrixRow], ...]:
    """Return the columns for a panel; `names` are the members' heads."""
    noted = "Reason" if combine is Combine.CONSENSUS else "Discussion"
    members = tuple(
        LineColumn(
            f"{MEMBER}{number}",
            name.replace("-", "-\n"),
            partial(_cell, number=number),
            partial(_spoken_member, number=number, name=name),
            width=MEMBER_WIDTH,
            own=partial(_own_member, number=number, name=name),
        )
        for number, name in enumerate(names)
    )
    return (
        LineColumn(CRITERION, "Criterion", _criterion, tip=_criterion, is_strong=True),
        *members,
        LineColumn(MARKS, "Marks", lambda row: "", _dots, _dots, width=112, gives_way=Gives.WORDS + 1),
        LineColumn(SPREAD, "Spread", _spread, _spoken_spread, width=78),
        LineColumn(AGREED, SETTLED_HEADS[combine].replace(" ", "\n"), _agreed, _spoken_agreed, width=70),
        LineColumn(
            REASON,
            noted,
            _reason,
            lambda row: _reason(row) or ("no reason yet" if row.counts is None else "nothing noted yet"),
            _reason,
            width=90,
            gives_way=Gives.WORDS,
        ),
    )


def member_number(name: str) -> int | None:
    """Return which member a column is of, None for another column."""
    return int(name.removeprefix(MEMBER)) if name.startswith(MEMBER) else None


def row_words(row: MatrixRow) -> str:
    return f"{_criterion(row)}, {_spoken_spread(row)}, {_spoken_agreed(row)}"


def _criterion(row: MatrixRow) -> str:
    return f"{row.line.code} {row.line.title}"


def _cell(row: MatrixRow, number: int) -> str:
    return cell_words(row.line.cells[number])


def _spoken_member(row: MatrixRow, number: int, name: str) -> str:
    return f"{_criterion(row)}, {_own_member(row, number, name)}, {_spoken_spread(row)}"


def _own_member(row: MatrixRow, number: int, name: str) -> str:
    """Return a member's cell alone, for a reader that says every cell of the row."""
    return f"{name} {spoken_cell(row.line.cells[number], row.line)}"


def _dots(row: MatrixRow) -> str:
    return dots_words(row.line)


def _spread(row: MatrixRow) -> str:
    return NOTHING if row.line.spread is None else str(row.line.spread)


def _spoken_spread(row: MatrixRow) -> str:
    if row.line.spread is None:
        return "no spread"
    return f"spread {row.line.spread}{', to discuss' if row.line.is_flagged else ''}"


_agreed: Callable[[MatrixRow], str] = attrgetter("agreed")


def _spoken_agreed(row: MatrixRow) -> str:
    if row.line.is_not_applicable:
        return "not applicable"
    if row.counts is not None:
        return f"counts {row.counts}"
    return f"agreed {row.line.agreed}" if row.line.agreed is not None else "not agreed yet"


def _reason(row: MatrixRow) -> str:
    return f"Not applicable: {row.not_applicable}" if row.not_applicable else row.reason


def is_number(row: MatrixRow, number: int) -> bool:
    return row.line.cells[number].sign is Sign.MARK


BOX_WIDTH, BOX_HEIGHT, OFFSET = 28, 22, 12


class MatrixDelegate(LineDelegate):
    """Paint each cell on the ground of lists, the one at hand with a ring as wide as its column."""

    maximum = 5

    def _content(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        row: MatrixRow,
        *,
        is_selected: bool,
    ) -> None:
        self._cell(painter, option.rect, row, self.columns[index.column()].name, is_selected=is_selected)
        if option.state & QStyle.StateFlag.State_HasFocus:
            outline_with(painter, look.theme.accent_text, 2)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -2, -2), 4, 4)

    def _cell(
        self, painter: QPainter, rect: QRect, row: MatrixRow, column: str, *, is_selected: bool
    ) -> None:
        line = row.line
        strong, quiet, _ = self._inks(is_selected=is_selected)
        inner = rect.adjusted(look.px(12), 0, -look.px(6), 0)
        number = member_number(column)
        if number is not None:
            ink, place = strong if is_number(row, number) else quiet, rect.adjusted(look.px(OFFSET), 0, 0, 0)
            paint_text(painter, place, cell_words(line.cells[number]), ink, 600, size=14)
        elif column == CRITERION:
            paint_text(painter, inner, line.code, quiet, 600, size=12)
            paint_text(painter, inner.adjusted(look.px(28), 0, 0, 0), line.title, strong, 600)
        elif column == MARKS:
            paint_dots(painter, rect, row, self.maximum)
        elif column == SPREAD:
            self._spread(painter, inner, row, strong)
        elif column == AGREED:
            self._agreed(painter, rect, row)
        elif column == REASON:
            to_note = "To note" if row.counts is not None and row.must_settle else ""
            place = inner.adjusted(-look.px(4), 0, 0, 0)
            paint_text(painter, place, _reason(row) or to_note, quiet, 400, size=12)

    def _spread(self, painter: QPainter, rect: QRect, row: MatrixRow, ink: str) -> None:
        words = _spread(row)
        if not row.line.is_flagged or row.line.is_not_applicable:
            paint_text(painter, rect, words, ink, 400)
            return
        colour = look.theme.state(Tone.WARNING).text if look.theme.is_tinted else ink
        paint_text(painter, rect, words, colour, 600)
        left, top = rect.left() + look.px(16), rect.center().y() - look.px(7)
        look.paint_glyph(painter, left, top, Tone.WARNING, colour, 16)

    def _agreed(self, painter: QPainter, rect: QRect, row: MatrixRow) -> None:
        theme, agreed = look.theme, row.line.agreed
        warning = theme.state(Tone.WARNING).text
        if row.line.is_not_applicable:
            paint_text(painter, rect, "n/a", theme.text2, 600, align=CENTRE)
        elif row.counts is not None:
            ink = warning if row.must_settle and theme.is_tinted else theme.text
            paint_text(painter, rect, row.counts, ink, 600, align=CENTRE, size=14)
        else:
            box = QRectF(0, 0, look.px(BOX_WIDTH), min(look.px(BOX_HEIGHT), rect.height() - 6))
            box.moveCenter(QPointF(rect.center()))
            edge = theme.accent if agreed is not None else warning if row.must_settle else theme.control
            dashed = QPen(QColor(edge), 1.4, Qt.PenStyle.DashLine)
            painter.setPen(dashed if agreed is None else QPen(QColor(edge), 1))
            painter.setBrush(theme.surface if agreed is None else theme.accent)
            painter.drawRoundedRect(box, look.px(5), look.px(5))
            if agreed is not None:
                paint_text(painter, box.toRect(), str(agreed), theme.on_accent, 600, align=CENTRE, size=14)


def paint_dots(painter: QPainter, rect: QRect, row: MatrixRow, maximum: int) -> None:
    """Paint chart C5: a dot for each mark on the scale, doubled marks larger, the agreed one as a bar."""
    theme, marks = look.theme, marks_of(row.line)
    left, right = rect.left() + look.px(14), rect.right() - look.px(14)
    step, middle = (right - left) / max(maximum, 1), rect.center().y() + 0.5
    painter.setPen(QPen(QColor(theme.track if theme.is_tinted else theme.text), 2))
    painter.drawLine(QPointF(left, middle), QPointF(right, middle))
    if row.line.spread:
        colour = theme.state(Tone.WARNING).text if row.line.is_flagged else theme.bar_consider
        painter.setPen(QPen(QColor(colour), 2))
        painter.drawLine(QPointF(left + step * min(marks), middle), QPointF(left + step * max(marks), middle))
    fill_with(painter, theme.bar_consider)
    for mark in set(marks):
        radius = look.px(3) + look.px(1.2) * marks.count(mark)
        painter.drawEllipse(QPointF(left + step * mark, middle), radius, radius)
    if row.line.agreed is not None:
        bar = QRectF(
            left + step * row.line.agreed - look.px(1.5), middle - look.px(10), look.px(3), look.px(20)
        )
        painter.fillRect(bar, theme.accent_text)


HEAD_HEIGHT, TALL_HEAD_HEIGHT, ROW_HEIGHT = 28, 40, 32
LOW_HEAD_HEIGHT, LOW_ROW_HEIGHT = 24, 24
NAME = "Marks of the panel"


Heads = tuple[tuple[str, ...], Combine]
"""What the columns are made from: the members' heads, and how their marks are combined."""


class MatrixView(LineView[MatrixRow]):
    """Criteria down, members across. It asks for agreed marks and tells which criterion is at hand.

    On a screen that everybody sees it has no reasons.
    """

    agreed = Signal(object)
    paints = MatrixDelegate
    _delegate: MatrixDelegate

    def __init__(self, *, has_reasons: bool = True) -> None:
        self._heads: Heads = ((), Combine.CONSENSUS)
        self._until = None if has_reasons else -1  # their column is the last
        self._item: Hashable = None
        self._is_low = False
        super().__init__(matrix_columns(*self._heads), attrgetter("code"), row_words, called=NAME)
        self.setProperty("rings", "cell")  # at the one at hand
        self.setProperty("rows", None)
        self.setProperty("heads", "inset")  # over what the delegate paints
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_row_height(ROW_HEIGHT)

    @property
    def code(self) -> str:
        """Return the criterion at hand, "" without one."""
        return self.current or ""

    def show_item(self, item: Hashable, rows: tuple[MatrixRow, ...], heads: Heads, maximum: int) -> None:
        """Show the rows of an item; the criterion at hand stays, and another item begins at its first."""
        held = self.code if item == self._item else ""
        self._item = item
        if heads != self._heads:
            self._heads = heads
            self.show_rows(())  # those of before have other cells
            self.show_columns(matrix_columns(*heads)[: self._until])
        self._delegate.maximum = maximum
        self.show_rows(rows)
        self.choose(held if any(row.code == held for row in rows) else _first(rows))

    def forget(self) -> None:
        """Begin the next item at its first criterion, whichever item it is."""
        self._item = None

    def fit(self, *, is_low: bool) -> None:
        """Let the rows sit closer in a low window."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.set_row_height(LOW_ROW_HEIGHT if is_low else ROW_HEIGHT)

    def choose(self, code: str) -> None:
        """Take a criterion in hand: its agreed cell becomes the current one."""
        number = self._model.row_of(code)
        if number is not None:
            self._go(number, [column.name for column in self._columns].index(AGREED))

    @property
    def _head(self) -> int:
        """How high the heads are, at 13 px text: of two lines where a name has two parts."""
        is_tall = any("\n" in column.head for column in self._columns)
        return TALL_HEAD_HEIGHT if is_tall else LOW_HEAD_HEIGHT if self._is_low else HEAD_HEIGHT

    def _lay_rows(self) -> None:
        """Be as high as the rows are together."""
        super()._lay_rows()
        self._set_head()
        self.setFixedHeight(look.px(self._head) + look.px(self._row_height) * len(self.rows) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Agree a mark by its digit, or take it back with Delete; the page answers for other digits."""
        digit = digit_of(event, self._delegate.maximum) if self._delegate.maximum <= LONGEST_ROW else None
        if digit is not None:
            self.agreed.emit(digit)
        elif typed_digit(event) is not None:
            event.ignore()
        elif event.key() in CLEARS:
            self.agreed.emit(None)
        else:
            super().keyPressEvent(event)


def _first(rows: Sequence[MatrixRow]) -> str:
    """Return the first criterion that takes a mark, else the first, "" without rows."""
    marked = [row.code for row in rows if not row.line.is_not_applicable]
    return next(iter((*marked, *(row.code for row in rows))), "")
