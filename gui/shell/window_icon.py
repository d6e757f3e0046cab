"""The program's mark as the desktop shows it: on the window, in the task bar and in the list of windows."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from gui.theme.icons import drawn
from gui.theme.look import fill_with, look, smooth

SIZES = (16, 32, 64)


def window_icon() -> QIcon:
    """Return the mark in the sizes that desktops ask for; it is the same at every text size."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_mark(size))
    return icon


def _mark(size: int) -> QPixmap:
    mark = QPixmap(size, size)
    mark.fill(Qt.GlobalColor.transparent)
    with smooth(mark) as painter:
        fill_with(painter, look.theme.accent)
        painter.drawRoundedRect(QRectF(0, 0, size, size), size / 4, size / 4)
        inset = size * 0.14
        inner = QRectF(inset, inset, size - 2 * inset, size - 2 * inset)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(inner, drawn("logo", look.theme.on_accent, size))
    return mark
