"""Draw the project's own outline glyphs in any token colour, sharp at any pixel ratio."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources


class Icons:
    """A cache of painted glyphs; cleared when the theme changes."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Return a glyph in a colour, `size` logical pixels square."""
        key = (name, colour, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn(*key)
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
        """Forget the painted glyphs, not their sources."""
        self._pixmaps.clear()

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = resources.text(f"icons/{name}.svg")
        return self._sources[name]

    def _drawn(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        svg = self._source(name).replace("currentColor", colour)
        pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _boxed(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        box = QPixmap(QSize(round((size + 4) * ratio), round(size * ratio)))
        box.setDevicePixelRatio(ratio)
        box.fill(Qt.GlobalColor.transparent)
        painter = QPainter(box)
        painter.drawPixmap(0, 0, self.pixmap(name, colour, size, ratio))
        painter.end()
        return box
