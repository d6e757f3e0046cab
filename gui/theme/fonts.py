"""Load the letters that ship, under names that no font of the computer's can have.

A computer may have another version of the same family, with weights in between; asked for by the
common name, Qt would mix the two, and the same page would be cut on one computer and not on the next.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase

import resources

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
    font = bytearray(path.read_bytes())
    rename(font)
    number = QFontDatabase.addApplicationFontFromData(QByteArray(font))
    families = QFontDatabase.applicationFontFamilies(number)
    return families or QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))


def rename(font: bytearray) -> None:
    """Write over a family's name where it stands in a font file's table of names."""
    tables = range(HEAD_BYTES, HEAD_BYTES + TABLE_BYTES * int.from_bytes(font[4:6]), TABLE_BYTES)
    entry = next(at for at in tables if font[at : at + 4] == b"name")
    start = int.from_bytes(font[entry + 8 : entry + 12])
    end = start + int.from_bytes(font[entry + 12 : entry + 16])
    names = font[start:end]
    for old, new in RENAMED.items():
        for code in ("ascii", "utf-16-be"):
            names = names.replace(old.encode(code), new.encode(code))
    font[start:end] = names
