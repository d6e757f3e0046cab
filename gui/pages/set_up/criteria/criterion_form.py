"""Beside the criteria: the picked criterion in full, the try-out, or the round's gates."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui.grid.inputs import ChoiceBox, Entry, EntryForm, FigureBox, NoteBox, WholeBox
from gui.pages.page import PageTools
from gui.pages.set_up.criteria.criterion_list import NO_FLOOR, line_of, weight_words
from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.reading import figure_text, some_bands, some_figure, some_text
from gui.pages.set_up.trying import TryPanel
from gui.theme.look import FLUSH, space
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label, small
from gui.widgets.nesting import clear, column_of, fill, nest, row_of
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.scrolled import show_in, tab_through
from gui.widgets.stack import Stack
from models.queries.applications.applications import GateLine
from scoring.explaining.words import NAMES, method_words
from scoring.publishing import EarlierMethods, bands_text, moved_criterion, with_criterion, without_criterion
from scoring.scheme import Basis, Criterion, Method, Side

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

    def __init__(self) -> None:
        super().__init__()
        self.formula = Label(size=12, weight=600, tone="text2").wrapped()
        self.example = small()
        self.warning = Label(size=12, weight=600, tone="warning").wrapped()
        column_of(self.formula, self.example, self.warning, inside=self, spacing=4)

    def show_method(self, method: Method) -> None:
        """Show the words of a method."""
        said = method_words(method)
        self.formula.setText(said.formula)
        self.example.setText(said.example)
        self.warning.setText(said.warning)
        self.example.setVisible(bool(said.example))
        self.warning.setVisible(bool(said.warning))


FIGURE = partial(FigureBox, read=some_figure, shows=figure_text)
ENTRIES = (
    Entry("code", "Code", partial(FigureBox, read=some_text), "the code"),
    Entry("side", "Side", partial(ChoiceBox, options=SIDES), "the side"),
    Entry("weight", "Weight", partial(WholeBox, least=1, most=100), "the weight"),
    Entry("floor", "Lowest to pass", partial(WholeBox, least=0, most=5, none=NO_FLOOR), "the floor"),
    Entry("title", "Title", partial(FigureBox, read=some_text), "the title"),
    Entry("guidance", "What it looks for", NoteBox, "the guidance"),
    Entry("method", "How it gets its value", ChoiceBox, "the method"),
    Entry("basis", "Figure it is worked from", partial(ChoiceBox, options=BASES), "the figure"),
    Entry("low", "Low scores 100", FIGURE, "the line", called="Low"),
    Entry("high", "High scores 0", FIGURE, "the line", called="High"),
    Entry(
        "bands",
        "Bands, up to = score",
        partial(FigureBox, read=some_bands, hint="1000=100; 2500=60", shows=bands_text),
        "the bands",
        called="Bands",
    ),
)


class CriterionForm(EntryForm):
    """The picked criterion. Each input that is left is one change."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(ENTRIES, parent)
        self._draft = draft
        self._starts = 0
        self._earlier_methods = EarlierMethods()
        self.words = MethodWordsBox()
        self.earlier = Button("Move up")
        self.later = Button("Move down")
        self.remove = Button("Remove")
        self._lay_out()
        draft.changed.connect(self._show)
        draft.turned.connect(self._show)
        self.earlier.clicked.connect(partial(self._move, -1))
        self.later.clicked.connect(partial(self._move, 1))
        self.remove.clicked.connect(self._take_out)

    @Slot()
    def _show(self) -> None:
        criterion = self._draft.criterion
        self.setEnabled(criterion is not None)
        if self._draft.starts != self._starts:
            self._starts = self._draft.starts
            self._earlier_methods.forget()
        if criterion is None:
            return
        methods = Method if criterion.side is Side.COST else (Method.JUDGED,)
        self["method"].offer([(method, NAMES[method]) for method in methods])
        self.show_values(criterion, (self._draft.starts, self._draft.turns), "weight", "floor")
        self._show_figures(criterion)
        self.words.show_method(criterion.method)
        self._basis_row.setVisible(not criterion.is_judged)
        self._line_row.setVisible(criterion.method is Method.LINEAR)
        self._bands_row.setVisible(criterion.method is Method.BANDS)
        self.words.setVisible(criterion.side is Side.COST)
        self._allow()

    def _show_figures(self, criterion: Criterion) -> None:
        """Show the weight with what proves it, and the floor, in marks or in points."""
        scheme, weight, floor = self._draft.scheme, self["weight"], self["floor"]
        weight.show_value(max(criterion.weight_1e4 // 10_000, 1))
        self.call("weight", weight_words(line_of(scheme, criterion)))
        floor.set_range(0, scheme.scale_maximum if criterion.is_judged else 100)
        floor.show_value(None if criterion.floor is None else int(criterion.floor))
        self.call("floor", f"{criterion.code} lowest to pass")

    def _allow(self) -> None:
        self.allow("guidance", is_open=self._draft.is_open)
        self["guidance"].setReadOnly(not self._draft.is_open)
        for button in (self.earlier, self.later, self.remove):
            button.setVisible(self._draft.is_open)
        self.remove.setEnabled(len(self._draft.scheme.criteria) > 1)

    def give(self, name: str, value: Any) -> None:
        """Hand on a change of the criterion on show; its weight and its floor once they rest."""
        before = self._draft.criterion
        if before is None:
            return
        earlier, highest = self._earlier_methods, self._draft.scheme.scale_maximum
        if name == "weight":
            changed = replace(before, weight_1e4=value * 10_000)
        elif name == "floor":
            changed = replace(before, floor=None if value is None else Decimal(value))
        elif name == "side":
            changed = earlier.give_side(before, value, highest)
        elif name == "method":
            changed = earlier.give_method(before, value, highest)
        else:
            changed = replace(before, **{name: value})
        if name == "code":
            earlier.forget()
            self._draft.picked = changed.code
        scheme = with_criterion(self._draft.scheme, before.code, changed)
        hand_on = self._draft.propose if name in ("weight", "floor") else self._draft.settle
        hand_on(scheme, f"{self._entries[name].what} of {before.code}")

    def _move(self, by: int, *_: object) -> None:
        code = self._draft.picked
        self._draft.settle(moved_criterion(self._draft.scheme, code, by), f"the place of {code}")

    @Slot()
    def _take_out(self) -> None:
        gone = self._draft.picked
        self._earlier_methods.forget()
        left = without_criterion(self._draft.scheme, gone)
        self._draft.picked = left.criteria[0].code
        self._draft.settle(left, f"the criteria: {gone} removed")

    def _lay_out(self) -> None:
        column = column_of(
            row_of((self.labelled("code"), 1), (self.labelled("side"), 2), spacing=8),
            self.across("weight", "floor"),
            inside=self,
            spacing=8,
            edges=(12, 6, 12, 10),
        )
        for name in ("title", "guidance", "method"):
            nest(column, self.labelled(name))
        line = row_of(self.labelled("low"), self.labelled("high"), spacing=8)
        self._basis_row = _boxed(self.labelled("basis"))
        self._line_row = _boxed(line)
        self._bands_row = _boxed(self.labelled("bands"))
        for row in (self._basis_row, self._line_row, self._bands_row, self.words):
            column.addWidget(row)
        fill(column, row_of(self.earlier, self.later, 1, self.remove, spacing=8), 1)


def _boxed(layout: QHBoxLayout | QVBoxLayout) -> QWidget:
    box = QWidget()
    space(layout, edges=FLUSH)
    box.setLayout(layout)
    return box


class SidePanel(Card):
    """Three parts, one at a time."""

    def __init__(self, tools: PageTools, draft: Draft, parent: QWidget) -> None:
        super().__init__(inset=(3, 6), parent=parent)
        self.tabs = PillTabs(TABS)
        self.tabs.setAccessibleName("Beside the criteria")
        nest(self.body, row_of(self.tabs, 1, edges=(8, 0, 0, 0)))
        self._stack = Stack("Beside the criteria", self)
        self.body.addWidget(self._stack, 1)
        form, self._trying, gates = (_scrolling_in(self._stack) for _ in TABS)
        self.form = CriterionForm(draft, form.viewport())
        self._tools, self._draft = tools, draft
        self._try_out: TryPanel | None = None
        page = QWidget(gates.viewport())
        self._gates = column_of(spacing=8, edges=(12, 6, 12, 10), inside=page)
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
            self._try_out = TryPanel(self._tools, self._draft, self._trying.viewport())
            show_in(self._trying, self._try_out)
            tab_through(self.tabs.last, self._try_out)  # Qt puts what is made later behind all else
        return self._try_out

    def show_gates(self, gates: Sequence[GateLine]) -> None:
        """List the gates that an application passes before it is marked."""
        clear(self._gates)
        for number, gate in enumerate(gates, 1):
            advisory = " Advisory only." if gate.is_advisory else ""
            words = f"{number}. {gate.question}{advisory}"
            self._gates.addWidget(Label(words, tone="text2").wrapped())
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
