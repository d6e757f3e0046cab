"""The split with its strip of weights, and the criteria with their weights, proofs and floors."""

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from gui.pages.set_up.criteria.draft import Draft
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import fill_with, look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.charts.chart import Chart
from gui.widgets.label import ChipLabel, Label
from gui.widgets.nesting import fill, row_of
from gui.widgets.ring import paint_ring
from gui.widgets.tips import set_tip
from gui.widgets.turned import LevelSlider
from scoring import money
from scoring.places.totals import left_to_share, share_words, split_range, with_split
from scoring.publishing import effective_weight, with_new_criterion
from scoring.scheme import Criterion, Scheme, Side

HEIGHT = 32
RING = 3
GAP = 2
HUNDRED_1E4 = 1_000_000
ARROW, PAGE = 1, 5
WHAT = "the split"
NO_FLOOR = "none"
ROW = 30


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

    def show_scheme(self, scheme: Scheme, picked: str) -> None:
        """Show the weights of a scheme, one criterion picked out."""
        quality = [c for c in scheme.criteria if c.side is Side.QUALITY]
        self._criteria = (*quality, *(c for c in scheme.criteria if c.side is Side.COST))
        self._picked = picked
        codes = [criterion.code for criterion in self._criteria]
        self.at = codes.index(picked) if picked in codes else 0
        weights = [money.percent(criterion.weight_1e4) for criterion in self._criteria]
        told = zip(self._criteria, weights, strict=True)
        each = ", ".join(map(" ".join, zip(codes, weights, strict=True)))
        self.show_marks((f"{c.code} {c.title}, {weight} of 100" for c, weight in told), f"Weights: {each}.")

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


class CriterionLine(NamedTuple):
    """A criterion in the list: what it can move the total by, and whether that is its weight."""

    criterion: Criterion
    moves: str
    is_same: bool


def line_of(scheme: Scheme, criterion: Criterion) -> CriterionLine:
    """Return the line of a criterion of a scheme, with the proof of its weight."""
    effective = effective_weight(scheme, criterion)
    is_same = effective * 10_000 == criterion.weight_1e4
    return CriterionLine(criterion, money.score(money.hundredths(effective)), is_same)


def weight_words(line: CriterionLine) -> str:
    """Return a weight as it is said: "A1 weight, 25 of 100, moves the total by 25"."""
    percent, moves = money.percent(line.criterion.weight_1e4), line.moves.removesuffix(".00")
    return f"{line.criterion.code} weight, {percent} of 100, moves the total by {moves}"


def _floor(line: CriterionLine) -> str:
    floor = line.criterion.floor
    return NO_FLOOR if floor is None else money.decimal_text(floor)


def _proof(line: CriterionLine) -> str:
    return f"{line.moves} {'same' if line.is_same else 'differs'}"


def _spoken(line: CriterionLine) -> str:
    title = f"{line.criterion.title}, {line.criterion.side.value}"
    return f"{weight_words(line)}, {title}, lowest to pass {_floor(line)}"


_key: Callable[[CriterionLine], str] = attrgetter("criterion.code")
_title: Callable[[CriterionLine], str] = attrgetter("criterion.title")
COLUMNS: tuple[LineColumn[CriterionLine], ...] = (
    LineColumn("code", "Code", _key, _spoken, width=56, is_strong=True, keeps=Keeps.WHOLE),
    LineColumn("title", "Criterion", _title, tip=_title),
    LineColumn(
        "side", "Side", lambda line: line.criterion.side.value.capitalize(), width=76, gives_way=Gives.WORDS
    ),
    LineColumn(
        "weight", "Weight", lambda line: money.percent(line.criterion.weight_1e4), width=70, is_right=True
    ),
    LineColumn("moves", "Can move the total by", _proof, width=158, is_right=True, brief="Effect"),
    LineColumn("floor", "Lowest to pass", _floor, width=112, is_right=True, brief="Lowest"),
)


class CriterionList(Card):
    """The criteria in order; the one that is picked stands open beside the list, where it is changed."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(inset=(3, 3))
        self._draft = draft
        self.view: LineView[CriterionLine] = LineView(COLUMNS, _key, _spoken)
        self.view.setAccessibleName("Criteria with their weights")
        self.view.set_row_height(ROW)
        self.add = Button("Add a criterion", kind="link")
        top = row_of(self.add, 1, edges=(6, 4, 12, 4))  # above: a notice below the page does not move it
        fill(self.body, top, (self.view, 1))
        self.add.clicked.connect(self._add)
        draft.changed.connect(self._show)
        draft.turned.connect(self._show)

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme = self._draft.scheme
        self.add.setVisible(self._draft.is_open)
        self.view.show_rows([line_of(scheme, criterion) for criterion in scheme.criteria])
        self.view.select(self._draft.picked)

    @Slot()
    def _add(self) -> None:
        changed = with_new_criterion(self._draft.scheme)
        code = changed.criteria[-1].code
        self._draft.settle(changed, f"the criteria: {code} added")
        self._draft.pick(code)
