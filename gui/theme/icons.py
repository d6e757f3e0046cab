"""Icons: shapes of one colour, drawn once for each size in which they are seen."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

BESIDE_WORDS = 4
"""The room that a button's icon brings with it: Fusion leaves too little between an icon and its words."""


@lru_cache(maxsize=1_000)
def drawn(name: str, colour: str, size: int, ratio: float = 1.0) -> QImage:
    """Return an icon in a colour, `size` logical pixels square: to draw it takes most of a button's time."""
    picture = QImage(
        QSize(round(size * ratio), round(size * ratio)), QImage.Format.Format_ARGB32_Premultiplied
    )
    picture.fill(Qt.GlobalColor.transparent)
    svg = resources.text(f"icons/{name}.svg").replace("currentColor", colour)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def paint_icon(painter: QPainter, x: float, y: float, name: str, colour: str, size: int) -> None:
    """Paint an icon with its left upper corner at a whole pixel, where its lines are sharp."""
    painter.drawImage(QPoint(round(x), round(y)), drawn(name, colour, size, painter.deviceTransform().m11()))


def button_icon(name: str, colour: str, size: int) -> QIcon:
    """Return an icon as a button shows it, sharp on plain screens and on the finest that is attached."""
    icon = QIcon()
    for ratio in {1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}:
        picture = drawn(name, colour, size, ratio)
        wide = picture.width() + round(BESIDE_WORDS * ratio)
        icon.addPixmap(QPixmap.fromImage(picture.copy(0, 0, wide, picture.height())))
    return icon
