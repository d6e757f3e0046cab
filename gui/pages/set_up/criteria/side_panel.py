"""Beside the criteria: the picked criterion in full, the try-out, or the round's gates."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.set_up.criteria.criterion_form import CriterionForm
from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.trying.try_panel import TryPanel
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import clear, nest
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.scrolled import show_in, tab_through
from gui.widgets.stack import Stack
from models.queries.applications.applications import GateLine

TABS = ("Criterion", "Try it", "Gates")
CRITERION, TRY_IT, GATES = range(3)


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
