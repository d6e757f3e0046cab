"""What was salvaged of a damaged record, and what was not: a report that can be copied, and the way on."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words

WHOLE, PART = "All of it was salvaged", "What was salvaged, and what was not"
NOTED = "The new record is a file of its own; the damaged one is as it was. Keep both until all is looked at."


class SalvagedDialog(Dialog):
    """The sentences of the report, to be read and copied; then the new record is opened, or not."""

    opens = Signal()

    def __init__(
        self, look: Look, lines: tuple[str, ...], name: str, parent: QWidget, *, whole: bool
    ) -> None:
        super().__init__(parent)
        title = WHOLE if whole else PART
        self.setWindowTitle(title)
        self.setAccessibleDescription(NOTED)
        self.report = QPlainTextEdit("\n\n".join(lines))
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFont(look.font())
        self.report.setAccessibleName("Report")
        self.copy = Button(look, "Copy the report", icon="copy")
        self.close_it = Button(look, "Close")
        self.do = Button(look, f"Open {name}", kind="primary")
        self.copy.clicked.connect(self._copy)
        self.close_it.clicked.connect(self.reject)
        self.do.clicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(10))
        column.addWidget(Words(look, title, size=15, weight=600))
        column.addWidget(self.report, 1)
        column.addWidget(Words(look, NOTED, tone="text2").wrapped())
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.close_it)
        row.addWidget(self.do)
        column.addLayout(row)
        room = self.screen().availableGeometry()
        self.resize(min(look.px(600), room.width()), min(look.px(360), room.height()))
        self.do.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())

    @Slot()
    def _open(self) -> None:
        self.opens.emit()
        self.accept()
