"""One criterion in full: what it asks, on which side it stands, and how it gets its value."""

from decimal import Decimal

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.inputs import ChoiceBox, FigureBox, NoteBox, labelled
from gui.pages.set_up.criteria.method_words_box import MethodWordsBox
from gui.pages.set_up.criteria.reading import figure_text, some_bands, some_figure, some_text
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.nesting import nest
from scoring.explaining.words import NAMES
from scoring.publishing import EarlierMethods, bands_text, moved_criterion, with_criterion, without_criterion
from scoring.scheme import Band, Basis, Criterion, Method, Side

SIDES = ((Side.QUALITY, "Quality"), (Side.COST, "Cost"))
BASES = (
    (Basis.REQUESTED, "Amount requested, in £"),
    (Basis.UNIT, "Asked for each person who benefits"),
    (Basis.SHARE, "Share of the whole cost, in %"),
)


class CriterionForm(QWidget):
    """The picked criterion. Each input that is left is one change."""

    moved_to = Signal(str)

    def __init__(self, look: Look, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._code = ""
        self._others = 0
        self._starts = 0
        self._earlier_methods = EarlierMethods()
        self._is_open = False
        self.code = FigureBox(look, "Code", some_text)
        self.title = FigureBox(look, "Title", some_text)
        self.guidance = NoteBox(look, "What it looks for")
        self.side = ChoiceBox(look, "Side", SIDES)
        self.method = ChoiceBox(look, "How it gets its value")
        self.basis = ChoiceBox(look, "Figure it is worked from", BASES)
        self.low = FigureBox(look, "Low", some_figure)
        self.high = FigureBox(look, "High", some_figure)
        self.bands = FigureBox(look, "Bands", some_bands, "1000=100; 2500=60")
        self.words = MethodWordsBox(look)
        self.earlier = Button(look, "Move up")
        self.later = Button(look, "Move down")
        self.remove = Button(look, "Remove")
        self._lay_out(look)
        self._connect()

    @property
    def criterion(self) -> Criterion | None:
        """Return the criterion on show, None when it is gone."""
        if not self._draft.is_there:
            return None
        return next((c for c in self._draft.scheme.criteria if c.code == self._code), None)

    def pick(self, code: str) -> None:
        """Show another criterion."""
        self._others += code != self._code
        self._code = code
        self._show()

    def set_open(self, is_open: bool) -> None:
        """Let the criterion be changed, or only be read."""
        self._is_open = is_open
        self._show()

    @Slot()
    def _show(self) -> None:
        criterion = self.criterion
        self.setEnabled(criterion is not None)
        if self._draft.starts != self._starts:
            self._starts = self._draft.starts
            self._earlier_methods.forget()
        if criterion is None:
            return
        of = (self._draft.starts, self._others)
        self.code.show_text(criterion.code, of)
        self.title.show_text(criterion.title, of)
        self.guidance.show_text(criterion.guidance)
        self.side.show_value(criterion.side)
        methods = Method if criterion.side is Side.COST else (Method.JUDGED,)
        self.method.offer([(method, NAMES[method]) for method in methods])
        self.method.show_value(criterion.method)
        self.basis.show_value(criterion.basis)
        self.low.show_text(figure_text(criterion.low), of)
        self.high.show_text(figure_text(criterion.high), of)
        self.bands.show_text(bands_text(criterion.bands), of)
        self.words.show_method(criterion.method)
        self._show_figures(criterion)
        self._allow()

    def _show_figures(self, criterion: Criterion) -> None:
        self._basis_row.setVisible(not criterion.is_judged)
        self._line_row.setVisible(criterion.method is Method.LINEAR)
        self._bands_row.setVisible(criterion.method is Method.BANDS)
        self.words.setVisible(criterion.side is Side.COST)

    def _allow(self) -> None:
        inputs = (self.code, self.title, self.side, self.method, self.basis, self.low, self.high, self.bands)
        for box in inputs:
            box.setEnabled(self._is_open)
        self.guidance.setReadOnly(not self._is_open)
        for button in (self.earlier, self.later, self.remove):
            button.setVisible(self._is_open)
        self.remove.setEnabled(len(self._draft.scheme.criteria) > 1)

    def _change(self, changed: Criterion, what: str) -> None:
        old = self._code
        self._code = changed.code
        self._draft.settle(with_criterion(self._draft.scheme, old, changed), f"{what} of {old}")

    @Slot(object)
    def _give_code(self, code: str) -> None:
        if self.criterion is not None:
            self._earlier_methods.forget()
            self._change(replace(self.criterion, code=code), "the code")
            self.moved_to.emit(self._code)

    @Slot(object)
    def _give_title(self, title: str) -> None:
        if self.criterion is not None:
            self._change(replace(self.criterion, title=title), "the title")

    @Slot(str)
    def _give_guidance(self, guidance: str) -> None:
        if self.criterion is not None:
            self._change(replace(self.criterion, guidance=guidance), "the guidance")

    @Slot(object)
    def _give_side(self, side: Side) -> None:
        if self.criterion is not None:
            highest = self._draft.scheme.scale_maximum
            self._change(self._earlier_methods.give_side(self.criterion, side, highest), "the side")

    @Slot(object)
    def _give_method(self, method: Method) -> None:
        if self.criterion is not None:
            highest = self._draft.scheme.scale_maximum
            self._change(self._earlier_methods.give_method(self.criterion, method, highest), "the method")

    @Slot(object)
    def _give_basis(self, basis: Basis) -> None:
        if self.criterion is not None:
            self._change(replace(self.criterion, basis=basis), "the figure")

    @Slot(object)
    def _give_low(self, low: Decimal) -> None:
        if self.criterion is not None:
            self._change(replace(self.criterion, low=low), "the line")

    @Slot(object)
    def _give_high(self, high: Decimal) -> None:
        if self.criterion is not None:
            self._change(replace(self.criterion, high=high), "the line")

    @Slot(object)
    def _give_bands(self, bands: tuple[Band, ...]) -> None:
        if self.criterion is not None:
            self._change(replace(self.criterion, bands=bands), "the bands")

    @Slot()
    def _move_earlier(self) -> None:
        self._move(-1)

    @Slot()
    def _move_later(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        self._draft.settle(moved_criterion(self._draft.scheme, self._code, by), f"the place of {self._code}")

    @Slot()
    def _take_out(self) -> None:
        gone = self._code
        self._earlier_methods.forget()
        left = without_criterion(self._draft.scheme, gone)
        self._code = left.criteria[0].code
        self._draft.settle(left, f"the criteria: {gone} removed")
        self.moved_to.emit(self._code)

    def _connect(self) -> None:
        self._draft.changed.connect(self._show)
        self.code.given.connect(self._give_code)
        self.title.given.connect(self._give_title)
        self.guidance.given.connect(self._give_guidance)
        self.side.chosen.connect(self._give_side)
        self.method.chosen.connect(self._give_method)
        self.basis.chosen.connect(self._give_basis)
        self.low.given.connect(self._give_low)
        self.high.given.connect(self._give_high)
        self.bands.given.connect(self._give_bands)
        self.earlier.clicked.connect(self._move_earlier)
        self.later.clicked.connect(self._move_later)
        self.remove.clicked.connect(self._take_out)

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(10))
        column.setSpacing(look.px(8))
        top = QHBoxLayout()
        top.setSpacing(look.px(8))
        nest(top, labelled(look, "Code", self.code), 1)
        nest(top, labelled(look, "Side", self.side), 2)
        nest(column, top)
        nest(column, labelled(look, "Title", self.title))
        nest(column, labelled(look, "What it looks for", self.guidance))
        nest(column, labelled(look, "How it gets its value", self.method))
        self._basis_row = _boxed(labelled(look, "Figure it is worked from", self.basis))
        line = QHBoxLayout()
        line.setSpacing(look.px(8))
        nest(line, labelled(look, "Low scores 100", self.low))
        nest(line, labelled(look, "High scores 0", self.high))
        self._line_row = _boxed(line)
        self._bands_row = _boxed(labelled(look, "Bands, up to = score", self.bands))
        for row in (self._basis_row, self._line_row, self._bands_row, self.words):
            column.addWidget(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(8))
        buttons.addWidget(self.earlier)
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        nest(column, buttons)
        column.addStretch(1)


def _boxed(layout: QHBoxLayout | QVBoxLayout) -> QWidget:
    box = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    box.setLayout(layout)
    return box
