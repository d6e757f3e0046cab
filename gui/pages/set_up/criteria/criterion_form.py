"""Beside the criteria: the picked criterion in full, the try-out, or the round's gates."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.inputs import ChoiceBox, FigureBox, NoteBox, labelled
from gui.pages.set_up.criteria.reading import figure_text, some_bands, some_figure, some_text
from gui.pages.set_up.trying import TryPanel
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import clear, nest
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.scrolled import show_in, tab_through
from gui.widgets.stack import Stack
from models.queries.applications.applications import GateLine
from scoring.explaining.words import NAMES, method_words
from scoring.publishing import EarlierMethods, bands_text, moved_criterion, with_criterion, without_criterion
from scoring.scheme import Band, Basis, Criterion, Method, Side

SIDES = ((Side.QUALITY, "Quality"), (Side.COST, "Cost"))
BASES = (
    (Basis.REQUESTED, "Amount requested, in £"),
    (Basis.UNIT, "Asked for each person who benefits"),
    (Basis.SHARE, "Share of the whole cost, in %"),
)
TABS = ("Criterion", "Try it", "Gates")
CRITERION, TRY_IT, GATES = range(3)


class MethodWordsBox(QWidget):
    """The words of one method, under the choice of it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.formula = Label(look, size=12, weight=600, tone="text2").wrapped()
        self.example = Label(look, size=12, tone="text2").wrapped()
        self.warning = Label(look, size=12, weight=600, tone="warning").wrapped()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        for label in (self.formula, self.example, self.warning):
            column.addWidget(label)

    def show_method(self, method: Method) -> None:
        """Show the words of a method."""
        said = method_words(method)
        self.formula.setText(said.formula)
        self.example.setText(said.example)
        self.warning.setText(said.warning)
        self.example.setVisible(bool(said.example))
        self.warning.setVisible(bool(said.warning))


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


class SidePanel(Card):
    """Three parts, one at a time."""

    test_asked = Signal()

    def __init__(self, look: Look, draft: Draft, parent: QWidget) -> None:
        super().__init__(look, inset=(3, 6), parent=parent)
        self.tabs = PillTabs(look, TABS)
        self.tabs.setAccessibleName("Beside the criteria")
        top = QHBoxLayout()
        top.setContentsMargins(look.px(8), 0, 0, 0)
        top.addWidget(self.tabs)
        top.addStretch(1)
        nest(self.body, top)
        self._stack = Stack("Beside the criteria", self)
        self.body.addWidget(self._stack, 1)
        form, self._trying, gates = (_scrolling_in(self._stack) for _ in TABS)
        self.form = CriterionForm(look, draft, form.viewport())
        self._draft = draft
        self._try_out: TryPanel | None = None
        page = QWidget(gates.viewport())
        self._gates = QVBoxLayout(page)
        self._gates.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(10))
        self._gates.setSpacing(look.px(8))
        for scroll, part in ((form, self.form), (gates, page)):
            show_in(scroll, part)
        self.tabs.changed.connect(self._turn)

    @property
    def try_out(self) -> TryPanel:
        """Return what tries the criteria on made-up applications."""
        return self._try_out or self.make_try_out()

    def make_try_out(self) -> TryPanel:
        """Make what tries the criteria, unless somebody wanted it before."""
        if self._try_out is None:
            self._try_out = TryPanel(self._look, self._draft, self._trying.viewport())
            self._try_out.test_asked.connect(self.test_asked)
            show_in(self._trying, self._try_out)
            tab_through(self.tabs.last, self._try_out)  # Qt puts what is made later behind all else
        return self._try_out

    def show_gates(self, gates: Sequence[GateLine]) -> None:
        """List the gates that an application passes before it is marked."""
        clear(self._gates)
        for number, gate in enumerate(gates, 1):
            advisory = " Advisory only." if gate.is_advisory else ""
            words = f"{number}. {gate.question}{advisory}"
            self._gates.addWidget(Label(self._look, words, tone="text2").wrapped())
        self._gates.addStretch(1)

    def choose(self, part: int) -> None:
        """Show a part."""
        self.tabs.choose(part)

    @Slot()
    def _turn(self) -> None:
        if self.tabs.current == TRY_IT:
            self.make_try_out()
        self._stack.setCurrentIndex(self.tabs.current)


def _scrolling_in(stack: QStackedWidget) -> QScrollArea:
    """Return what scrolls in the stack; its part is made in it, and not restyled as it moves there."""
    scroll = QScrollArea(stack)
    stack.addWidget(scroll)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.viewport().setAutoFillBackground(False)
    return scroll
