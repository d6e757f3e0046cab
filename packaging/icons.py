"""The program's icon, made from the mark that ships: `.ico` on Windows, `.icns` on macOS, else `.png`."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

LOGO = Path(__file__).resolve().parent.parent / "resources/icons/logo.svg"
GROUND, GLYPH = "#1D53C0", "#FFFFFF"
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}
INSET = 0.14


def write(folder: Path) -> Path:
    """Write the icon in the form that this system's programs carry, and return where it is."""
    forms = {"win32": ("ico", ico), "darwin": ("icns", icns)}
    ending, form = forms.get(sys.platform, ("png", lambda: png(256)))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"grant-panel.{ending}"
    path.write_bytes(form())
    return path


def ico() -> bytes:
    """Return the icon as Windows has it: a list of sizes, then a picture for each."""
    pictures = [png(size) for size in ICO_SIZES]
    start = 6 + 16 * len(pictures)
    entries = b""
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), start)
        start += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures)


def icns() -> bytes:
    """Return the icon as macOS has it: a picture for each type, lengths with their heads."""
    pictures = [(kind, png(size)) for size, kind in ICNS_TYPES.items()]
    body = b"".join(kind + struct.pack(">I", len(picture) + 8) + picture for kind, picture in pictures)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def png(size: int) -> bytes:
    """Return the mark in one size: the glyph on a rounded ground, as on the window."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GROUND))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size / 4, size / 4)
    inset = size * INSET
    drawing = LOGO.read_text(encoding="utf-8").replace("currentColor", GLYPH)
    QSvgRenderer(QByteArray(drawing.encode())).render(
        painter, QRectF(inset, inset, size - 2 * inset, size - 2 * inset)
    )
    painter.end()
    kept = QByteArray()
    image.save(QBuffer(kept), "PNG")  # type: ignore[call-overload]
    return bytes(kept.data())
