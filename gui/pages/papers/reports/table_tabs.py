"""Which table is on show: pills in a row, or a drop-down where they do not fit."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from gui.theme.look import Look
from gui.widgets.nesting import fill
from gui.widgets.pill import Pill
from gui.widgets.turned import ChoiceList


class TableTabs(QWidget):
    """The codes of tables, one of them chosen; it keeps the choice where the next tables have it too."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName("Tables")
        self.pills: list[Pill] = []
        self.box = ChoiceList()
        self.box.setAccessibleName("Table")
        self._group = QButtonGroup(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        fill(self._row, self.box, 1)
        self._group.idToggled.connect(self._take_pill)
        self.box.currentIndexChanged.connect(self._take_box)
        look.changed.connect(self._fit)

    @property
    def current(self) -> int:
        """Return the number of the table on show."""
        return max(self.box.currentIndex(), 0)

    def offer(self, codes: Sequence[str]) -> None:
        """Offer other tables."""
        held = self.box.currentText()
        blocked = QSignalBlocker(self.box)
        self.box.clear()
        self.box.addItems(list(codes))
        self.box.setCurrentText(held)
        if self.box.currentIndex() < 0:
            self.box.setCurrentIndex(0)
        blocked.unblock()
        self._make_pills(codes)
        self._fit()

    def choose(self, number: int) -> None:
        """Show another table."""
        self.box.setCurrentIndex(number)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than the drop-down needs: the pills give way to it."""
        return QSize(self._look.px(120), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the drop-down where the pills do not fit."""
        super().resizeEvent(event)
        self._fit()

    def _make_pills(self, codes: Sequence[str]) -> None:
        for pill in self.pills:
            self._group.removeButton(pill)
            self._row.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self.pills = [Pill(self._look, code, number) for number, code in enumerate(codes)]
        for number, pill in enumerate(self.pills):
            self._group.addButton(pill, number)
            self._row.insertWidget(number + 1, pill)
        self._check()

    def _check(self) -> None:
        blocked = QSignalBlocker(self._group)
        if self.pills:
            self.pills[self.current].setChecked(True)
        blocked.unblock()

    @Slot()
    def _fit(self) -> None:
        wanted = sum(pill.sizeHint().width() + 2 for pill in self.pills)
        has_pills = wanted <= self.width()
        for pill in self.pills:
            pill.setVisible(has_pills)
        self.box.setVisible(not has_pills)

    @Slot(int, bool)
    def _take_pill(self, number: int, is_on: bool) -> None:
        if is_on:
            self.box.setCurrentIndex(number)

    @Slot(int)
    def _take_box(self, number: int) -> None:
        if number >= 0:
            self._check()
            self.changed.emit()
