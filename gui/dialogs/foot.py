"""The foot of a dialog: Cancel and the deed, at its right; Enter in a line above may do the deed."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.theme.look import Look


def foot(look: Look, cancel: QWidget, do: QPushButton, *, by_enter: bool = True) -> QHBoxLayout:
    """Return a row with Cancel, then what the dialog does, by Enter in a line too unless that is too soon."""
    do.setDefault(by_enter)
    row = QHBoxLayout()
    row.setSpacing(look.px(8))
    row.addStretch(1)
    row.addWidget(cancel)
    row.addWidget(do)
    return row
