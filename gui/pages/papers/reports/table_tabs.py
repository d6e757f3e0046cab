"""Which table is on show: pills in a row, or a drop-down where they do not fit."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from gui.theme.look import look
from gui.widgets.nesting import fill
from gui.widgets.pill_tabs import OfferedTabs
from gui.widgets.turned import ChoiceList


class TableTabs(OfferedTabs):
    """The codes of tables, one of them chosen; it keeps the choice where the next tables have it too."""

    read_as = "{}"

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Tables")
        self.box = ChoiceList()
        self.box.setAccessibleName("Table")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        assert isinstance(self._row, QHBoxLayout), "there are few tables"
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        fill(self._row, self.box, 1)
        self.box.currentTextChanged.connect(self.choose)
        self.changed.connect(self._show_chosen)
        look.changed.connect(self._fit)

    def show_codes(self, codes: Sequence[str]) -> None:
        """Offer other tables."""
        self.offer([(code, code) for code in codes])
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItems(list(codes))
        self._show_chosen()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than the drop-down needs: the pills give way to it."""
        return QSize(look.px(120), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the drop-down where the pills do not fit."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        wanted = sum(pill.sizeHint().width() + 2 for pill in self.pills)
        has_pills = wanted <= self.width()
        for pill in self.pills:
            pill.setVisible(has_pills)
        self.box.setVisible(not has_pills)

    @Slot()
    def _show_chosen(self) -> None:
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.number)
