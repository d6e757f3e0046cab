"""Inputs outside forms that are described: choices and ticks, each with a name."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox

from gui.theme.look import look
from gui.widgets.turned import ChoiceList


class ChoiceBox(ChoiceList):
    """One of a few things, each with words."""

    given = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[object, str]] = ()) -> None:
        super().__init__()
        self._values: list[object] = []
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.offer(options)
        self.activated.connect(self._tell)
        look.follow(self._refresh)

    def offer(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other things."""
        with QSignalBlocker(self):
            self.clear()
            self._values = [value for value, _ in options]
            self.addItems([words for _, words in options])

    def show_value(self, value: object) -> None:
        """Show what is chosen, without telling of it."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @Slot(int)
    def _tell(self, number: int) -> None:
        self.given.emit(self._values[number])

    @Slot()
    def _refresh(self) -> None:
        self.setFont(look.font(13))
        self.setMinimumHeight(look.px(32))


class TickBox(QCheckBox):
    """A box that is ticked or not, with its words beside it."""

    given = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.toggled.connect(self.given.emit)

    def show_value(self, value: object) -> None:
        """Show whether there is a value, without telling of it."""
        with QSignalBlocker(self):
            self.setChecked(bool(value))
