"""The split, the criteria as rows with their weights, proofs and floors, and what stands beside them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from gui.breakpoints import Breakpoints
from gui.grid.inputs import WholeBox
from gui.pages.set_up.criteria.draft import Draft
from gui.theme.look import fill_with, look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.charts.chart import Chart
from gui.widgets.label import ChipLabel, ElidedLabel, Label
from gui.widgets.nesting import column_of, fill, nest, row_of
from gui.widgets.ring import paint_ring
from gui.widgets.scrolled import tab_through
from gui.widgets.tips import set_tip
from gui.widgets.turned import LevelSlider
from scoring import money
from scoring.places.totals import left_to_share, share_words, split_range, with_split
from scoring.publishing import effective_weight, with_criterion, with_new_criterion, with_weight
from scoring.scheme import Criterion, Scheme, Side

HEIGHT = 32
RING = 3
GAP = 2
HUNDRED_1E4 = 1_000_000
ARROW, PAGE = 1, 5
WHAT = "the split"
CODE, SIDE, WEIGHT, MOVES, PROOF, FLOOR, OPEN = 44, 56, 78, 56, 92, 88, 34
AIR, LOW_AIR = 4, 1
"""Above and beneath what is in a row, and in a low window."""
"""Widths of the columns for a 13 px base; the title takes what is left."""
WIDTHS = {"code": CODE, "side": SIDE, "weight": WEIGHT, "moves": MOVES, "proof": PROOF, "open": OPEN}
NO_FLOOR = "none"
SAME = "same"
LOWEST = "Lowest to pass"
HEADS = {
    "code": "Code",
    "title": "Criterion",
    "side": "Side",
    "weight": "Weight",
    "moves": "Can move the total by",
    "floor": LOWEST,
}
TIGHT, CRAMPED = 1240, 980
"""Under these widths rows give up the side, and then what proves the weight, so that titles can be read."""
AHEAD = 7
"""Criteria of the schemes that ship."""


class WeightStrip(Chart):
    """Chart C3: a painted strip that adds to 100; a screen reader reads its weights as a list.

    With the focus, the arrows pick the criterion before or after, and T goes to the table of weights.
    """

    stepped_to = Signal(str)

    def __init__(self) -> None:
        super().__init__("Weights", "weights")
        self._criteria: tuple[Criterion, ...] = ()
        self._picked = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.follow(self._refresh)

    @property
    def picked(self) -> str:
        """Return the code that is picked out, the first where none is."""
        return self._picked or next((c.code for c in self._criteria), "")

    def show_scheme(self, scheme: Scheme, picked: str) -> None:
        """Show the weights of a scheme, one criterion picked out."""
        quality = [c for c in scheme.criteria if c.side is Side.QUALITY]
        self._criteria = (*quality, *(c for c in scheme.criteria if c.side is Side.COST))
        self._picked = picked
        codes = [criterion.code for criterion in self._criteria]
        self.at = codes.index(picked) if picked in codes else 0
        self.show_again()

    def count(self) -> int:
        """Return how many weights there are."""
        return len(self._criteria)

    def mark_words(self, number: int) -> str:
        """Return a weight in full words."""
        at = self._criteria[number]
        return f"{at.code} {at.title}, {money.percent(at.weight_1e4)} of 100"

    def sentence(self) -> str:
        """Return all weights in one sentence."""
        words = ", ".join(f"{c.code} {money.percent(c.weight_1e4)}" for c in self._criteria)
        return f"Weights: {words}." if words else "No weights yet."

    def slot(self, number: int) -> QRectF:
        """Return where a weight stands."""
        bar = self._bar()
        whole = max(HUNDRED_1E4, sum(c.weight_1e4 for c in self._criteria))
        before = sum(c.weight_1e4 for c in self._criteria[:number])
        width = bar.width() * self._criteria[number].weight_1e4 / whole
        left = bar.left() + bar.width() * before / whole
        return QRectF(left, bar.top(), max(width - GAP, 1.0), bar.height())

    def _go(self, number: int) -> None:
        super()._go(number)
        if 0 <= number < len(self._criteria):
            self.stepped_to.emit(self._criteria[number].code)

    def _bar(self) -> QRectF:
        return QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(look.px(HEIGHT))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the strip's height and a fair width."""
        return QSize(look.px(240), look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Let the strip shrink with its card."""
        return QSize(look.px(80), look.px(HEIGHT))

    def paint_marks(self, painter: QPainter) -> None:
        """Paint a segment for each criterion, and what is left to 100 as empty track."""
        theme = look.theme
        fill_with(painter, theme.track)
        painter.drawRoundedRect(self._bar(), look.px(5), look.px(5))
        for number, criterion in enumerate(self._criteria):
            self._paint_segment(painter, criterion, self.slot(number))
        if self.hasFocus():  # it comes by key alone
            paint_ring(painter, QRectF(self.rect()), look.px(5) + 2)

    def _paint_segment(self, painter: QPainter, criterion: Criterion, box: QRectF) -> None:
        theme = look.theme
        is_quality = criterion.side is Side.QUALITY
        fill_with(painter, theme.accent if is_quality else theme.bar_consider)
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        if criterion.code == self._picked:
            painter.setBrush(theme.text)
            foot = look.px(3)
            painter.drawRect(QRectF(box.x() + foot, box.bottom() - foot, box.width() - 2 * foot, foot))
        words = f"{criterion.code}  {money.percent(criterion.weight_1e4)}"
        ink = theme.on_accent if is_quality or not theme.is_dark else theme.window
        painter.setPen(ink)
        painter.setFont(look.font(12, 600))
        if painter.fontMetrics().horizontalAdvance(words) > box.width() - 4:
            words = money.percent(criterion.weight_1e4)
        if painter.fontMetrics().horizontalAdvance(words) <= box.width():
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class SplitCard(Card):
    """Quality on the left, cost on the right; arrows move the split by 1, Page keys by 5."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._base: Scheme | None = None
        self._mine: Scheme | None = None
        self.quality = Label(size=15, weight=600)
        self.cost = Label(size=15, weight=600)
        self.slider = LevelSlider()
        self.slider.setSingleStep(ARROW)
        self.slider.setPageStep(PAGE)
        self.state = ChipLabel()
        self.strip = WeightStrip()
        row = row_of(self.quality, (self.slider, 1), self.cost, self.state, spacing=10)
        fill(self.body, row, self.strip, spacing=8)
        self.slider.valueChanged.connect(self._move)
        draft.changed.connect(self._show)
        draft.turned.connect(self._show)

    @Slot(int)
    def _move(self, quality: int) -> None:
        """Scale from the weights as they stood when the slide began, so that going back is exact."""
        if self._base is None or self._draft.scheme != self._mine:
            self._base = self._draft.scheme
        self._mine = with_split(self._base, quality)
        self._draft.propose(self._mine, WHAT)

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme = self._draft.scheme
        least, most = split_range(scheme)
        quality, cost = money.percent(scheme.quality_1e4), money.percent(scheme.cost_1e4)
        with QSignalBlocker(self.slider):
            self.slider.setRange(least, most)
            self.slider.setValue(scheme.quality_1e4 // 10_000)
        self.slider.setEnabled(self._draft.is_open and least < most)
        self.slider.setAccessibleName(f"Split, quality {quality} to cost {cost}")
        self.slider.setAccessibleDescription(_slider_words(least, most))
        set_tip(self.slider, _slider_words(least, most))
        self.quality.setText(f"Quality {quality}")
        self.cost.setText(f"{cost} Cost")
        tone = Tone.FUND if left_to_share(scheme) == 0 else Tone.WARNING
        self.state.show_state(tone, share_words(scheme))
        self.strip.show_scheme(scheme, self._draft.picked)


def _slider_words(least: int, most: int) -> str:
    if least == most:
        return "All criteria are on one side, so there is no split to move."
    return "Arrows move the split by 1, Page keys by 5. The weights of each side keep their proportions."


class Cells(QWidget):
    """What stands under the same heads in every row; some of it gives way where there is little room."""

    def __init__(self, cells: Mapping[str, QWidget]) -> None:
        super().__init__()
        self._cells, self._room = cells, Breakpoints(1366, 768)
        self._left_over = 0
        self._row = row_of(*((cell, int(name == "title")) for name, cell in cells.items()), inside=self)
        look.follow(self._refresh)

    def fit(self, room: Breakpoints) -> None:
        """Give up the side, then the proof's word, when there is little room, and air in a low window."""
        self._room = room
        self._refresh()

    def leave(self, width: int) -> None:
        """Leave room at the right, as wide as a scroll bar."""
        self._left_over = width
        self._refresh()

    def _refresh(self) -> None:
        px, room = look.px, self._room
        air = px(LOW_AIR if room.is_low else AIR)
        self._row.setContentsMargins(px(12), air, px(6) + self._left_over, air)
        self._row.setSpacing(px(8))
        for name, width in WIDTHS.items():
            if name in self._cells:
                self._cells[name].setFixedWidth(px(width))
        self._cells["floor"].setFixedWidth(floor_width())
        for name, least in (("side", TIGHT), ("proof", CRAMPED)):
            if name in self._cells:
                self._cells[name].setVisible(room.width >= least)


class CriterionRow(Cells):
    """A row of inputs; entering any of them picks the criterion."""

    picked = Signal(str)

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._criterion: Criterion | None = None
        self.code = Label(weight=600)
        self.title = ElidedLabel()
        self.side = Label(size=12, tone="muted")
        self.weight = WholeBox("", 1, 100)
        self.moves = Label(weight=600).right()
        self.proof = ChipLabel()
        self.floor = WholeBox("", 0, 5, none=NO_FLOOR)
        self.open = Button("", kind="quiet", icon="chevron-right")
        proof = QWidget()
        row_of(self.proof, 1, inside=proof)
        super().__init__(
            {
                "code": self.code,
                "title": self.title,
                "side": self.side,
                "weight": self.weight,
                "moves": self.moves,
                "proof": proof,
                "floor": self.floor,
                "open": self.open,
            }
        )
        self.weight.entered.connect(self._pick)
        self.floor.entered.connect(self._pick)
        self.open.clicked.connect(self._pick)
        self.weight.given.connect(self._give_weight)
        self.floor.given.connect(self._give_floor)

    def show_criterion(self, scheme: Scheme, criterion: Criterion) -> None:
        """Show a criterion of a scheme."""
        self._criterion = criterion
        self.code.setText(criterion.code)
        self.title.setText(criterion.title)
        self.side.setText(criterion.side.value.capitalize())
        self.weight.show_value(max(criterion.weight_1e4 // 10_000, 1))
        effective = effective_weight(scheme, criterion)
        moves = money.score(money.hundredths(effective))
        is_same = effective * 10_000 == criterion.weight_1e4
        self.moves.setText(moves)
        self.proof.show_state(Tone.FUND if is_same else Tone.DANGER, SAME if is_same else "differs")
        self.floor.set_range(0, scheme.scale_maximum if criterion.is_judged else 100)
        self.floor.show_value(None if criterion.floor is None else int(criterion.floor))
        self._name(criterion, moves.removesuffix(".00"))
        self.weight.setEnabled(self._draft.is_open)
        self.floor.setEnabled(self._draft.is_open)
        self.update()

    def _name(self, criterion: Criterion, moves: str) -> None:
        percent = money.percent(criterion.weight_1e4)
        self.weight.setAccessibleName(
            f"{criterion.code} weight, {percent} of 100, moves the total by {moves}"
        )
        self.floor.setAccessibleName(f"{criterion.code} lowest to pass")
        self.open.show_words("", name=f"Open {criterion.code} {criterion.title}")
        set_tip(self.open, "Open this criterion beside the list")

    @Slot()
    def _pick(self) -> None:
        if self._criterion is not None:
            self.picked.emit(self._criterion.code)

    @Slot(object)
    def _give_weight(self, percent: int) -> None:
        if self._criterion is not None:
            code = self._criterion.code
            self._draft.propose(with_weight(self._draft.scheme, code, percent), f"the weight of {code}")

    @Slot(object)
    def _give_floor(self, floor: int | None) -> None:
        if self._criterion is not None:
            code = self._criterion.code
            changed = replace(self._criterion, floor=None if floor is None else Decimal(floor))
            self._draft.propose(with_criterion(self._draft.scheme, code, changed), f"the floor of {code}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the criterion wherever the row is pressed."""
        super().mousePressEvent(event)
        self._pick()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the picked row, and a line beneath every row."""
        theme = look.theme
        painter = QPainter(self)
        if self._criterion is not None and self._criterion.code == self._draft.picked:
            painter.fillRect(self.rect(), theme.selected if theme.is_tinted else theme.surface)
            painter.fillRect(QRectF(0, 0, look.px(3), self.height()), theme.accent_text)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


def floor_width() -> int:
    """Return how wide the last inputs are: never narrower than the words over them."""
    return max(look.px(FLOOR), QFontMetrics(look.font(12)).horizontalAdvance(LOWEST) + 2)


class RowHeads(Cells):
    """The words over the columns of the rows."""

    def __init__(self) -> None:
        heads = {name: Label(words, size=12, tone="muted") for name, words in HEADS.items()}
        super().__init__({**heads, "open": QWidget()})

    def _refresh(self) -> None:
        """Stand over the proof as well, or say less where it gave way."""
        super()._refresh()
        is_narrow, moves = self._room.width < CRAMPED, self._cells["moves"]
        assert isinstance(moves, Label), "it is made so"
        moves.setText("Effect" if is_narrow else HEADS["moves"])
        moves.setFixedWidth(look.px(MOVES if is_narrow else MOVES + 8 + PROOF))


class CriterionList(Card):
    """A row for each criterion; the one that is picked stands open beside the list."""

    picked = Signal(str)

    def __init__(self, draft: Draft) -> None:
        super().__init__(inset=(3, 3))
        self._draft = draft
        self._room = Breakpoints(1366, 768)
        self.rows: list[CriterionRow] = []
        self._heads = RowHeads()
        self._inner = QWidget()
        self._inner.setAccessibleName("Criteria")
        self._column = column_of(spacing=0, inside=self._inner)
        self.add = Button("Add a criterion", kind="link")
        foot = row_of(self.add, 1, edges=(6, 4, 12, 4))
        nest(self._column, foot)  # after the last row: a notice below the page does not move it
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(self._inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        fill(self.body, self._heads, (scroll, 1))
        self.add.clicked.connect(self._add)
        draft.changed.connect(self._show)
        draft.turned.connect(self._show)
        self._scroll = scroll
        scroll.verticalScrollBar().rangeChanged.connect(self._line_up)

    def fit(self, room: Breakpoints) -> None:
        """Give up columns when there is little room, and the air between rows in a low window."""
        self._room = room
        self._heads.fit(room)
        for row in self.rows:
            row.fit(room)

    def row_of(self, code: str) -> CriterionRow:
        """Return the row of a criterion."""
        codes = [criterion.code for criterion in self._draft.scheme.criteria]
        return self.rows[codes.index(code)]

    @Slot(int, int)
    def _line_up(self, least: int, most: int) -> None:
        """Keep the heads over their columns when a scroll bar stands beside the rows."""
        bar = self._scroll.verticalScrollBar()  # asked anew: the one that was kept may be gone
        self._heads.leave(bar.sizeHint().width() if most > least else 0)

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme = self._draft.scheme
        self.add.setVisible(self._draft.is_open)
        self._make_rows(len(scheme.criteria))
        for row, criterion in zip(self.rows, scheme.criteria, strict=True):
            row.show_criterion(scheme, criterion)

    def make_rows_ahead(self) -> Iterator[None]:
        """Make as many rows as most schemes have criteria, one at a step, while there is no scheme yet."""
        while len(self.rows) < AHEAD and not self._draft.is_there:
            self._make_rows(len(self.rows) + 1)
            yield

    def _make_rows(self, number: int) -> None:
        while len(self.rows) > number:
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < number:
            row = CriterionRow(self._draft)
            row.fit(self._room)
            row.picked.connect(self.picked)
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        tab_through(self._scroll, *self.rows, self.add)

    @Slot()
    def _add(self) -> None:
        changed = with_new_criterion(self._draft.scheme)
        code = changed.criteria[-1].code
        self._draft.settle(changed, f"the criteria: {code} added")
        self.picked.emit(code)
