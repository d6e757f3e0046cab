"""List what is wrong with a workbook of returns, each line with its sheet and cell."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words

SAFE = "Nothing was imported. Correct the cells below in the workbook, save it, and import it again."


class FaultsBox(Dialog):
    """Every fault on a line of its own, to be read with the keys and copied."""

    def __init__(self, look: Look, name: str, faults: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        title = f"“{name}” has {counted(len(faults), 'fault', 'faults')}"
        self.setWindowTitle(title)
        self.setAccessibleDescription(SAFE)
        self.list = QPlainTextEdit("\n".join(faults))
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setFont(look.font())
        self.list.setAccessibleName("Faults")
        self.list.setMinimumHeight(look.px(160))
        self.copy = Button(look, "Copy the list", icon="copy")
        self.close_it = Button(look, "Close", kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        column.addWidget(Words(look, SAFE, tone="text2").wrapped())
        column.addWidget(self.list, 1)
        column.addLayout(foot(look, self.copy, self.close_it))
        self.setMinimumWidth(look.px(600))
        self.copy.clicked.connect(self._copy)
        self.close_it.clicked.connect(self.accept)
        self.close_it.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.list.toPlainText())
