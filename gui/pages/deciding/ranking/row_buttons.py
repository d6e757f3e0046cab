"""What can be done to the application at hand, as buttons beside its explanation."""

from typing import NamedTuple

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.deciding.ranking.actions import RankingActions
from gui.pages.deciding.ranking.menu import KEYS
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.nesting import nest
from gui.widgets.tips import set_tip
from models.queries.deciding.round_list import Mark

CHOOSE = "Choose an application in the list first"
AMOUNT_KEY = "F2"


class _RowButton(NamedTuple):
    """A button: whether it can be pressed, and its tip, which says why where it cannot."""

    button: Button
    closed: str
    tip: str


class RowButtons(QWidget):
    """Fund, part-fund, decline, amount and exception in sight; the rest in a menu, as by right click."""

    def __init__(self, look: Look, actions: RankingActions) -> None:
        super().__init__()
        self._look, self._actions = look, actions
        self._reference = ""
        self.setAccessibleName("Recommend on the selected application")
        self.fund = Button(look, "Fund")
        self.part = Button(look, "Part-fund…")
        self.decline = Button(look, "Decline…")
        self.amount = Button(look, "Amount…")
        self.exception = Button(look, "Exception…")
        self.tie = Button(look, "Decide the tie…")
        self.more = Button(look, "More…")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._row = Flow()
        for button in self.buttons:
            self._row.addWidget(button)
        nest(column, self._row)
        self._connect()
        look.changed.connect(self._space)
        self._space()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Return the buttons in reading order."""
        return self.tie, self.fund, self.part, self.decline, self.amount, self.exception, self.more

    def follow(self, reference: str) -> None:
        """Offer what can be done to an application, "" for none; who only reads is offered nothing."""
        self._reference = reference
        found = self._actions.can(reference)
        self.setVisible(found.is_offered)
        closed = found.closed if reference else CHOOSE
        amount = "" if found.may_try and reference else closed
        acts = (
            _RowButton(self.fund, closed, f"Recommend the whole amount ({KEYS[Mark.FUND]})"),
            _RowButton(self.part, closed, f"Recommend a part of it ({KEYS[Mark.PART]})"),
            _RowButton(self.decline, closed, f"Recommend no money, with the reason ({KEYS[Mark.DECLINE]})"),
            _RowButton(self.amount, amount, f"Change the amount ({AMOUNT_KEY})"),
            _RowButton(
                self.exception, closed or found.no_exception, "Consider it although it is below a minimum"
            ),
            _RowButton(self.tie, closed, "Put those that share the place in an order"),
            _RowButton(self.more, closed, "Everything that can be done to it (right click, Shift+F10)"),
        )
        for act in acts:
            act.button.setEnabled(not act.closed)
            set_tip(act.button, act.closed or act.tip)
        self.exception.show_words(found.exception)
        self.tie.setVisible(bool(found.tie))

    @Slot()
    def refresh(self) -> None:
        """Offer anew what can be done to the same application."""
        self.follow(self._reference)

    @Slot()
    def _fund(self) -> None:
        self._actions.recommend(self._reference, Mark.FUND)

    @Slot()
    def _part(self) -> None:
        self._actions.recommend(self._reference, Mark.PART)

    @Slot()
    def _decline(self) -> None:
        self._actions.recommend(self._reference, Mark.DECLINE)

    @Slot()
    def _change_amount(self) -> None:
        self._actions.change_amount(self._reference)

    @Slot()
    def _except(self) -> None:
        self._actions.chair.decide_exception(self._reference)

    @Slot()
    def _decide_tie(self) -> None:
        self._actions.chair.decide_tie(self._actions.can(self._reference).tie)

    @Slot()
    def _show_more(self) -> None:
        self._actions.show_menu(self._reference, self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _connect(self) -> None:
        self.fund.clicked.connect(self._fund)
        self.part.clicked.connect(self._part)
        self.decline.clicked.connect(self._decline)
        self.amount.clicked.connect(self._change_amount)
        self.exception.clicked.connect(self._except)
        self.tie.clicked.connect(self._decide_tie)
        self.more.clicked.connect(self._show_more)

    @Slot()
    def _space(self) -> None:
        self._row.setSpacing(self._look.px(6))
