"""The letters that ship, under names that no font of the computer's can have, and icons of one colour.

A computer may have another version of the same family, with weights in between; asked for by the
common name, Qt would mix the two, and the same page would be cut on one computer and not on the next.
"""

from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QFile, QIODevice, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon, QImage, QPainter, QPixmap
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


RENAMED = {"Noto Sans": "PanelSans", "DejaVu Sans": "Panel Signs"}
"""The family as its maker calls it, and as it is called here: as long, since it is written over it."""
FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSansGurmukhi-Regular.ttf",
    "NotoSansGurmukhi-Bold.ttf",
    "DejaVuSans.ttf",
)
"""In the order in which a letter is looked for; the last has the signs, such as − and ✓."""
TABLE_BYTES = 16
HEAD_BYTES = 12


class Lettering(StrEnum):
    """Whose letters the window draws with."""

    SHIPPED = "shipped"
    COMPUTER = "computer"


@cache
def shipped_families() -> tuple[str, ...]:
    """Load the shipped fonts, once for the whole program; return their families, the first for all text."""
    loaded = [family for file in FILES for family in _load(resources.path(f"fonts/{file}"))]
    return tuple(dict.fromkeys(loaded))


def _load(path: Path) -> list[str]:
    """Return the families of a font that was loaded; under its own name where no other is taken."""
    file = QFile(path)
    file.open(QIODevice.OpenModeFlag.ReadOnly)
    font = file.readAll()  # half a megabyte each, which Python would copy twice
    rename(font)
    number = QFontDatabase.addApplicationFontFromData(font)
    families = QFontDatabase.applicationFontFamilies(number)
    return families or QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))


def rename(font: QByteArray) -> None:
    """Write over a family's name where it stands in a font file's table of names."""
    count = int.from_bytes(font.mid(4, 2).data())
    head = font.mid(HEAD_BYTES, TABLE_BYTES * count).data()
    entry = next(at for at in range(0, len(head), TABLE_BYTES) if head[at : at + 4] == b"name")
    start = int.from_bytes(head[entry + 8 : entry + 12])
    length = int.from_bytes(head[entry + 12 : entry + 16])
    names = bytes(font.mid(start, length).data())
    for old, new in RENAMED.items():
        for code in ("ascii", "utf-16-be"):
            names = names.replace(old.encode(code), new.encode(code))
    font.replace(start, length, names)
