"""A picture of the guide, as large as the screen has room for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

import resources
from gui.dialogs.dialog import Dialog
from gui.dialogs.fitting import room_of
from gui.widgets.buttons import Button
from gui.widgets.nesting import column_of, row_of


class PictureDialog(Dialog):
    """One picture with its words as title; Enter and Esc close it. It is no form: nothing is asked."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self.picture = _Picture(name, words)
        self.close_button = Button("Close", kind="primary")
        self.close_button.clicked.connect(self.leave)
        row = row_of(1, self.close_button)
        column_of((self.picture, 1), row, spacing=8, edges=(10, 10, 10, 10), inside=self)
        beside = self.sizeHint() - self.picture.sizeHint()
        own = self.picture.sizeHint().boundedTo(room_of(self) - beside)
        own = self.picture.sizeHint().scaled(own, Qt.AspectRatioMode.KeepAspectRatio)
        self.resize(own + beside)


class _Picture(QWidget):
    """A picture that is drawn as large as its place is, and never larger than it is."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self._pixmap = QPixmap(str(resources.path("help") / name))
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Ask for its own size."""
        return self._pixmap.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle of its place."""
        ratio = self.devicePixelRatioF()
        room = (self.size() * ratio).boundedTo(self._pixmap.size())
        drawn = self._pixmap.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drawn.setDevicePixelRatio(ratio)
        size = drawn.deviceIndependentSize()
        with QPainter(self) as painter:
            painter.drawPixmap(
                round((self.width() - size.width()) / 2), round((self.height() - size.height()) / 2), drawn
            )
