"""Draw the project's own outline glyphs in any token colour, sharp at any pixel ratio."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources


class Icons:
    """A cache of painted glyphs; cleared when the theme changes."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Return a glyph in a colour, `size` logical pixels square."""
        key = (name, colour, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = QPixmap.fromImage(_drawn(*key))
        return self._pixmaps[key]

    def icon(self, name: str, colour: str, size: int, disabled: str | None = None) -> QIcon:
        """Return a glyph as an icon for a button, drawn in the left of a box 4 px wider.

        It is sharp on plain screens and on the finest that is attached.
        """
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication), "icons are drawn in a window"
        icon = QIcon()
        for ratio in sorted({1.0, app.devicePixelRatio()}):
            icon.addPixmap(self._boxed(name, colour, size, ratio))
            if disabled:
                icon.addPixmap(self._boxed(name, disabled, size, ratio), QIcon.Mode.Disabled)
        return icon

    def clear(self) -> None:
        """Forget the painted glyphs, which are of other colours or sizes now."""
        self._pixmaps.clear()

    def _boxed(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        box = QPixmap(QSize(round((size + 4) * ratio), round(size * ratio)))
        box.setDevicePixelRatio(ratio)
        box.fill(Qt.GlobalColor.transparent)
        painter = QPainter(box)
        painter.drawPixmap(0, 0, self.pixmap(name, colour, size, ratio))
        painter.end()
        return box


@lru_cache(maxsize=1_000)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QImage:
    """Return a glyph as a picture; it is drawn once, since drawing takes longer than all else of a button."""
    picture = QImage(_shape(name, size, ratio))
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(colour))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=1_000)
def _shape(name: str, size: int, ratio: float) -> QImage:
    """Return a glyph in black: to read its lines takes longer than to colour them."""
    shape = QImage(QSize(round(size * ratio), round(size * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    shape.fill(Qt.GlobalColor.transparent)
    painter = QPainter(shape)
    svg = resources.text(f"icons/{name}.svg").replace("currentColor", "black")
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(shape.rect()))
    painter.end()
    return shape
