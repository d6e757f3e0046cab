"""The office's logo as papers print it: on white, whatever the window's own look."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.theme.look import Look

WIDTH, HEIGHT, EDGE = 210, 80, 8


class LogoPicture(QWidget):
    """A small white sheet with the picture; hidden where there is none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.image = QImage()
        self.setAccessibleName("The office's logo")
        look.changed.connect(self._resize)
        self._resize()
        self.hide()

    def show_png(self, png: bytes) -> None:
        """Show a picture, or with b"" none."""
        self.image = QImage.fromData(png) if png else QImage()
        self.setVisible(not self.image.isNull())
        self.update()

    @Slot()
    def _resize(self) -> None:
        self.setFixedSize(QSize(self._look.px(WIDTH), self._look.px(HEIGHT)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture as large as fits."""
        edge = self._look.px(EDGE)
        room = self.rect().adjusted(edge, edge, -edge, -edge)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        room.setSize(self.image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
        painter.drawImage(room, self.image)
        painter.end()
