"""What is typed or chosen in place of a cell's value that an import cannot take."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent

from exchange.applications.row_sorter import Point
from gui.theme.office_words import ours
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import TextLine

STILL_THERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Why a box loses the focus that one comes back to."""


class FixBox(TextLine):
    """A cell's value to type over; Enter, or going on elsewhere, reads it again."""

    fixed = Signal(str, str)

    def __init__(self, point: Point) -> None:
        super().__init__(point.value)
        self._cell = point.cell
        self.setAccessibleName(f"{point.cell} {point.heading}")
        self.setAccessibleDescription(point.words)
        self.returnPressed.connect(self.give)

    @Slot()
    def give(self) -> None:
        """Tell the value typed."""
        self.setModified(False)
        self.fixed.emit(self._cell, self.text().strip())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed when one goes elsewhere without Enter."""
        super().focusOutEvent(event)
        if self.isModified() and event.reason() not in STILL_THERE:
            self.give()


class AreaBox(ChoiceList):
    """The areas of the round, for a cell that names none of them, or whose area was matched."""

    fixed = Signal(str, str)

    def __init__(self, point: Point, areas: Sequence[str]) -> None:
        super().__init__()
        self._cell = point.cell
        self.setAccessibleName(f"{point.cell} {point.heading}")
        self.setAccessibleDescription(point.words)
        if point.value not in areas:
            self.addItem(point.value or ours("Choose an area"), "")
        for area in areas:
            self.addItem(area, area)
        self.setCurrentIndex(max(0, self.findData(point.value)))
        self.activated.connect(self._give)

    @Slot(int)
    def _give(self, index: int) -> None:
        if self.itemData(index):
            self.fixed.emit(self._cell, str(self.itemData(index)))
