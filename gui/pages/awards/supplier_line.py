"""What finance's own system knows the payee of the award at hand by, and the way to its codes."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.typed import TextLine
from models.operations.awards.finance import LONGEST


class SupplierLine(QWidget):
    """A field that is saved as it is left, or by Enter, like every other."""

    asked = Signal(str)

    def __init__(self, look: Look, number: str, booked: str) -> None:
        super().__init__()
        self._number, self._asked = number, number
        self.number = TextLine(number)
        self.number.setMaxLength(LONGEST)
        self.number.setAccessibleName("Supplier number of the payee")
        self.number.setPlaceholderText("none yet")
        self.codes = Button(look, "Finance codes…", kind="link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        line = QHBoxLayout()
        line.setSpacing(look.px(8))
        line.addWidget(Label(look, "Supplier no.", size=12, tone="text2"))
        line.addWidget(self.number, 1)
        nest(column, line)
        column.addWidget(Label(look, booked, size=12, tone="text2").wrapped())
        column.addWidget(self.codes, 0, Qt.AlignmentFlag.AlignLeft)
        self.number.editingFinished.connect(self._ask)

    @property
    def typed(self) -> str:
        """Return the number as it is kept."""
        return " ".join(self.number.text().split())

    def go_on(self, typed: str) -> None:
        """Hold what was being typed while others changed something beside it, with the cursor at its end."""
        self.number.setText(typed)
        self.number.setCursorPosition(len(typed))

    def end(self) -> str | None:
        """Save nothing more as this goes; return what was being typed and is not saved, None for nothing."""
        self.number.blockSignals(True)
        return self.number.text() if self.typed not in (self._number, self._asked) else None

    @Slot()
    def _ask(self) -> None:
        if self.typed != self._asked:
            self._asked = self.typed
            self.asked.emit(self.typed)
