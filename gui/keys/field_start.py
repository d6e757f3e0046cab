"""A field that is entered by the keys shows its beginning: of long words Qt shows the end alone."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget


class FieldStart(QObject):
    """Put the cursor before what is selected; what is typed takes the place of all of it as ever."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit) and now.text():
            QTimer.singleShot(0, now, partial(_show_start, now))  # Qt selects it after it says this


def _show_start(field: QLineEdit) -> None:
    if field.selectionLength() == len(field.text()) == field.cursorPosition():
        field.setSelection(len(field.text()), -len(field.text()))
