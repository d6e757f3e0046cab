"""The foot of a dialog: Cancel and the deed, at its right."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.theme.look import Look


def foot(look: Look, cancel: QWidget, do: QPushButton) -> QHBoxLayout:
    """Return a row with Cancel, then what the dialog does."""
    row = QHBoxLayout()
    row.setSpacing(look.px(8))
    row.addStretch(1)
    row.addWidget(cancel)
    row.addWidget(do)
    return row
