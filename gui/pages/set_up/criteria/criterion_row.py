"""One criterion as a row: code, title, side, weight, what it can move the total by, lowest to pass."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.pages.set_up.criteria.inputs import WholeBox
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.chip import ChipLabel
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.tips import set_tip
from scoring import money
from scoring.publishing import effective_weight
from scoring.scheme import Criterion, Scheme

CODE, SIDE, WEIGHT, MOVES, PROOF, FLOOR, OPEN = 44, 56, 78, 56, 92, 88, 34
AIR, LOW_AIR = 4, 1
"""Above and beneath what is in a row, and in a low window."""
"""Widths of the columns for a 13 px base; the title takes what is left."""
NO_FLOOR = "none"
SAME = "same"
LOWEST = "Lowest to pass"


class CriterionRow(QWidget):
    """A row of inputs; entering any of them picks the criterion."""

    picked = Signal(str)
    weight_given = Signal(str, int)
    floor_given = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._criterion: Criterion | None = None
        self._is_picked = False
        self.code = Label(look, weight=600)
        self.title = ElidedLabel(look)
        self.side = Label(look, size=12, tone="muted")
        self.weight = WholeBox(look, "", 1, 100)
        self.moves = Label(look, weight=600).right()
        self.proof = ChipLabel(look)
        self.floor = WholeBox(look, "", 0, 5, none=NO_FLOOR)
        self.open = Button(look, "", kind="quiet", icon="chevron-right")
        self._air = AIR
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.code)
        self._row.addWidget(self.title, 1)
        self._proof = QWidget()
        proof = QHBoxLayout(self._proof)
        proof.setContentsMargins(0, 0, 0, 0)
        proof.addWidget(self.proof)
        proof.addStretch(1)
        for widget in (self.side, self.weight, self.moves, self._proof, self.floor, self.open):
            self._row.addWidget(widget)
        self.weight.entered.connect(self._pick)
        self.floor.entered.connect(self._pick)
        self.open.clicked.connect(self._pick)
        self.weight.valueChanged.connect(self._give_weight)
        self.floor.valueChanged.connect(self._give_floor)
        look.changed.connect(self._refresh)
        self._refresh()

    def show_criterion(self, scheme: Scheme, criterion: Criterion) -> None:
        """Show a criterion of a scheme."""
        self._criterion = criterion
        self.code.setText(criterion.code)
        self.title.setText(criterion.title)
        self.side.setText(criterion.side.value.capitalize())
        self.weight.show_number(max(criterion.weight_1e4 // 10_000, 1))
        effective = effective_weight(scheme, criterion)
        moves = money.score(money.hundredths(effective))
        is_same = effective * 10_000 == criterion.weight_1e4
        self.moves.setText(moves)
        self.proof.show_state(Tone.FUND if is_same else Tone.DANGER, SAME if is_same else "differs")
        self.floor.set_range(0, scheme.scale_maximum if criterion.is_judged else 100)
        self.floor.show_number(None if criterion.floor is None else int(criterion.floor))
        self._name(criterion, moves.removesuffix(".00"))
        self.update()

    def show_picked(self, code: str) -> None:
        """Show whether the criterion is the one that is picked."""
        self._is_picked = self._criterion is not None and self._criterion.code == code
        self.update()

    def set_open(self, is_open: bool) -> None:
        """Let the weight and the floor be changed, or only be read."""
        self.weight.setEnabled(is_open)
        self.floor.setEnabled(is_open)

    def fit(self, *, is_narrow: bool, is_tight: bool, is_low: bool) -> None:
        """Give up the side, then the proof's word, when there is little room, and air in a low window."""
        self._air = LOW_AIR if is_low else AIR
        self.side.setVisible(not is_tight)
        self._proof.setVisible(not is_narrow)
        self._refresh()

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

    @Slot(int)
    def _give_weight(self, percent: int) -> None:
        if self._criterion is not None:
            self.weight_given.emit(self._criterion.code, percent)

    @Slot(int)
    def _give_floor(self, value: int) -> None:
        if self._criterion is not None:
            self.floor_given.emit(self._criterion.code, self.floor.number)

    @Slot()
    def _refresh(self) -> None:
        px = self._look.px
        self._row.setContentsMargins(px(12), px(self._air), px(6), px(self._air))
        self._row.setSpacing(px(8))
        for widget, width in (
            (self.code, CODE),
            (self.side, SIDE),
            (self.weight, WEIGHT),
        ):
            widget.setFixedWidth(px(width))
        self.floor.setFixedWidth(floor_width(self._look))
        self.moves.setFixedWidth(px(MOVES))
        self._proof.setFixedWidth(px(PROOF))
        self.open.setFixedWidth(px(OPEN))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the criterion wherever the row is pressed."""
        super().mousePressEvent(event)
        self._pick()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the picked row, and a line beneath every row."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        if self._is_picked:
            painter.fillRect(self.rect(), look.colour(theme.selected if theme.is_tinted else theme.surface))
            painter.fillRect(QRectF(0, 0, look.px(3), self.height()), look.colour(theme.accent_text))
        painter.setPen(QPen(look.colour(theme.line), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


def floor_width(look: Look) -> int:
    """Return how wide the last inputs are: never narrower than the words over them."""
    return max(look.px(FLOOR), QFontMetrics(look.font(12)).horizontalAdvance(LOWEST) + 2)


class RowHeads(QWidget):
    """The words over the columns of the rows."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._narrow = False
        self._left_over, self._air = 0, AIR
        self._heads = {
            words: Label(look, words, size=12, tone="muted")
            for words in ("Code", "Criterion", "Side", "Weight", "Can move the total by", LOWEST)
        }
        self._row = QHBoxLayout(self)
        for words, label in self._heads.items():
            self._row.addWidget(label, 1 if words == "Criterion" else 0)
        self._tail = QWidget()
        self._row.addWidget(self._tail)
        look.changed.connect(self._refresh)
        self._refresh()

    def fit(self, *, is_narrow: bool, is_tight: bool, is_low: bool) -> None:
        """Give up the side's head, and shorten that of the proof."""
        self._narrow, self._air = is_narrow, LOW_AIR if is_low else AIR
        self._heads["Side"].setVisible(not is_tight)
        self._heads["Can move the total by"].setText("Effect" if is_narrow else "Can move the total by")
        self._refresh()

    def leave(self, width: int) -> None:
        """Leave room at the right, as wide as a scroll bar."""
        self._left_over = width
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        px = self._look.px
        self._row.setContentsMargins(px(12), px(self._air), px(6) + self._left_over, px(self._air))
        self._row.setSpacing(px(8))
        widths = {"Code": CODE, "Side": SIDE, "Weight": WEIGHT}
        self._heads[LOWEST].setFixedWidth(floor_width(self._look))
        for words, width in widths.items():
            self._heads[words].setFixedWidth(px(width))
        self._heads["Can move the total by"].setFixedWidth(px(MOVES if self._narrow else MOVES + 8 + PROOF))
        self._tail.setFixedWidth(px(OPEN))
        self._heads[LOWEST].setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
