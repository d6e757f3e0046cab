"""A picture of the guide, as large as the screen has room for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

import resources
from gui.dialogs.dialog import Dialog
from gui.dialogs.fitting import room_of
from gui.widgets.buttons import Button
from gui.widgets.label import PlainLabel
from gui.widgets.nesting import column_of, row_of


class PictureDialog(Dialog):
    """One picture with its words as title; Enter and Esc close it. It is no form: nothing is asked."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self.picture = PlainLabel()
        self.picture.setAccessibleName(words)
        self.close_button = Button("Close", kind="primary")
        self.close_button.clicked.connect(self.leave)
        row = row_of(1, self.close_button)
        column_of((self.picture, 1), row, spacing=8, edges=(10, 10, 10, 10), inside=self)
        ratio, whole = self.devicePixelRatioF(), QPixmap(str(resources.path("help") / name))
        room = ((room_of(self) - self.sizeHint()) * ratio).boundedTo(whole.size())
        drawn = whole.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drawn.setDevicePixelRatio(ratio)
        self.picture.setPixmap(drawn)
