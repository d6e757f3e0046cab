"""The chair's word on a tie: the applications in an order, with the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words
from scoring.ranking import Standing

NO_REASON = "Say why the chair puts them in this order."


class TieDialog(Dialog):
    """A list that is put in order with two buttons, a reason, and the deed."""

    agreed = Signal(object, str)

    def __init__(self, look: Look, tied: Sequence[Standing], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Decide the tie")
        self._references = [standing.reference for standing in tied]
        self.order = QListWidget()
        self.order.setAccessibleName("Order, the first first")
        self.order.addItems([f"{standing.reference}  {standing.organisation}" for standing in tied])
        self.order.setCurrentRow(0)
        self.order.setFixedHeight(look.px(30) * min(len(tied), 6) + look.px(12))
        self.up = Button(look, "Move up")
        self.down = Button(look, "Move down")
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Reason")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(look.px(72))
        self.problem = Words(look, size=12, tone="danger").wrapped()
        self.problem.hide()
        self.do = Button(look, "Decide this order", kind="primary")
        self.cancel = Button(look, "Cancel")
        self._lay_out(look)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)

    @Slot()
    def _move_up(self) -> None:
        self._move(-1)

    @Slot()
    def _move_down(self) -> None:
        self._move(1)

    def _move(self, steps: int) -> None:
        at = self.order.currentRow()
        to = at + steps
        if 0 <= at < len(self._references) and 0 <= to < len(self._references):
            self._references.insert(to, self._references.pop(at))
            self.order.insertItem(to, self.order.takeItem(at))
            self.order.setCurrentRow(to)

    @Slot()
    def _agree(self) -> None:
        reason = self.reason.toPlainText().strip()
        if not reason:
            self.problem.setText(NO_REASON)
            self.problem.show()
            self.reason.setFocus()
            return
        self.agreed.emit(tuple(self._references), reason)
        self.accept()

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, "Decide the tie", size=15, weight=600))
        words = "These are equal on every tie-break. The chair puts them in order, first place first."
        column.addWidget(Words(look, words, tone="text2").wrapped())
        column.addWidget(self.order)
        moves = QHBoxLayout()
        moves.setSpacing(look.px(8))
        for button in (self.up, self.down):
            moves.addWidget(button)
        moves.addStretch(1)
        column.addLayout(moves)
        column.addWidget(Words(look, "Reason", size=12, weight=600))
        for widget in (self.reason, self.problem):
            column.addWidget(widget)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(460))
