"""Two applications that look alike, side by side; what differs is marked."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.pages.applications.field_words import FIELD_WORDS, printed
from gui.text import NOTHING
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words
from models.rows import ApplicationRow

WORDS = (
    "Nothing is decided by itself. Keep both when they are two applications, or withdraw the one too many."
)


class CompareDialog(QDialog):
    """A field a line, the two applications beside each other."""

    kept = Signal()
    withdrawing = Signal(str)

    def __init__(self, look: Look, one: ApplicationRow, other: ApplicationRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._pair = (one.reference, other.reference)
        title = f"{one.reference} and {other.reference}"
        self.setWindowTitle(title)
        self.keep = Button(look, "Keep both", kind="primary")
        self.withdraw = tuple(Button(look, f"Withdraw {reference}…") for reference in self._pair)
        self.cancel = Button(look, "Cancel")
        self.keep.clicked.connect(self._keep)
        self.withdraw[0].clicked.connect(self._withdraw_first)
        self.withdraw[1].clicked.connect(self._withdraw_second)
        self.cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        column.addWidget(Words(look, WORDS, tone="text2").wrapped())
        reading = QScrollArea()
        reading.setWidgetResizable(True)
        reading.viewport().setAutoFillBackground(False)
        page = _fields(look, one, other)
        reading.setWidget(page)
        page.setAutoFillBackground(False)
        column.addWidget(reading, 1)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addStretch(1)
        for button in (self.cancel, *self.withdraw, self.keep):
            row.addWidget(button)
        column.addLayout(row)
        self.resize(look.px(760), look.px(500))

    @Slot()
    def _keep(self) -> None:
        self.accept()
        self.kept.emit()

    @Slot()
    def _withdraw_first(self) -> None:
        self._withdraw(self._pair[0])

    @Slot()
    def _withdraw_second(self) -> None:
        self._withdraw(self._pair[1])

    def _withdraw(self, reference: str) -> None:
        self.accept()
        self.withdrawing.emit(reference)


def _fields(look: Look, one: ApplicationRow, other: ApplicationRow) -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, look.px(10), 0)
    grid.setHorizontalSpacing(look.px(14))
    grid.setVerticalSpacing(look.px(6))
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    for field, words in FIELD_WORDS.items():
        values = printed(one, field), printed(other, field)
        if values == (NOTHING, NOTHING):
            continue
        number = grid.rowCount()
        differs = "" if values[0] == values[1] else " (differs)"
        label = Words(look, f"{words}{differs}", size=12, tone="warning" if differs else "muted")
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        for place, value in enumerate(values, 1):
            grid.addWidget(Words(look, value).wrapped(), number, place, Qt.AlignmentFlag.AlignTop)
    grid.setRowStretch(grid.rowCount(), 1)
    return page
