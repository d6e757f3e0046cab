"""Say that the program itself went wrong, what is safe, and offer the report to pass on."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words

SAFE = (
    "Everything you entered up to now is saved in the record. You can go on working; if it happens "
    "again, close the window and open the record anew. Pass the report below on to whoever looks after "
    "Grant Panel: it says where in the program it went wrong, and nothing of what the record holds."
)


class ReportDialog(Dialog):
    """A fault of the program, with its report folded open to be copied."""

    def __init__(self, look: Look, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong in Grant Panel")
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName("Report")
        column = QVBoxLayout(self)
        column.setSpacing(look.px(10))
        column.addWidget(Words(look, "Something went wrong in Grant Panel", size=15, weight=600))
        column.addWidget(Words(look, SAFE).wrapped())
        column.addWidget(self._report, 1)
        row = QHBoxLayout()
        copy = Button(look, "Copy the report", icon="copy")
        go_on = Button(look, "Go on working", kind="primary")
        copy.clicked.connect(self._copy)
        go_on.clicked.connect(self.accept)
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(go_on)
        column.addLayout(row)
        self.resize(look.px(560), look.px(400))
        go_on.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
