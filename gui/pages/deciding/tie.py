"""The chair's word on a tie, or a member's in the chair's place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QListWidget, QWidget

from gui.dialogs.form import Form
from gui.listed.form import IN_PLACE, RULED_BY, NamedMembers
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.typed import required_text
from scoring.ranking import Standing

WORDS = "These are equal on every tie-break. The chair puts them in order, first place first."
NO_REASON = "Say why the chair puts them in this order."


class TieDialog(Form):
    """A list that is put in order with two buttons, a reason, and the action."""

    agreed = Signal(object, str, str)

    def __init__(
        self, look: Look, tied: Sequence[Standing], parent: QWidget, named: NamedMembers = ()
    ) -> None:
        words = (WORDS, IN_PLACE) if named else (WORDS,)
        super().__init__(look, "Decide the tie", words, "Decide this order", parent)
        self._references = [standing.reference for standing in tied]
        self.order = QListWidget()
        self.order.setAccessibleName("Order, first place first")
        self.order.addItems([f"{standing.reference}  {standing.organisation}" for standing in tied])
        self.order.setCurrentRow(0)
        self.order.setFixedHeight(look.px(30) * min(len(tied), 6) + look.px(12))
        self.up, self.down = Button(look, "Move up"), Button(look, "Move down")
        self.put(self.order)
        self.row(self.up, self.down)
        self.ruled_by = self.choice(RULED_BY, named) if named else None
        self.reason = self.note("Reason")
        self.finish()
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)

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

    def try_action(self) -> None:
        """Decide the order, or say that it wants a reason."""
        self.agreed.emit(
            tuple(self._references),
            required_text(self.reason, NO_REASON),
            str(self.ruled_by.currentData()) if self.ruled_by else "",
        )
        self.accept()
