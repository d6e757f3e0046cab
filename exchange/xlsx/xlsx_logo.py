"""The office's logo at the right of a sheet's title."""

from io import BytesIO
from typing import Any

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU

from exchange.xlsx.described import Described

HEIGHT_PX, LOW_PX, WIDEST_PX = 46, 30, 180
"""Over the title and the line below it, or beside the title alone; a wide logo is lower."""
FIRST_PAGE = 150
"""So many characters stand on the first page of a sheet that goes over several."""
CHARACTER_PX, CELL_PX = 7, 5
"""What a character of a column's width takes on a screen, and what its cell takes besides."""
TITLE_CHARACTER_PX = 11
LOGO = "Logo of the office"
"""What is read out of it; whose it is stands on the sheet of the office."""


def add_logo(sheet: Any, png: bytes, widths: list[float], lines: tuple[str, str], most: float) -> None:
    """Put a picture at the right end of the first page; nothing where the title would run into it.

    `lines` are the title and the line below it: where this one is long, the picture stands beside the title
    alone. A sheet of more than `most` characters goes over several pages.
    """
    if not png:
        return
    columns = [round(width * CHARACTER_PX) + CELL_PX for width in widths]
    is_wide = sum(widths) > most
    end = FIRST_PAGE * CHARACTER_PX if is_wide else sum(columns)
    picture, (title, below) = Image(BytesIO(png)), lines
    is_low = is_wide or len(below) * CHARACTER_PX > end - WIDEST_PX
    scale = min((LOW_PX if is_low else HEIGHT_PX) / picture.height, WIDEST_PX / picture.width)
    wide, high = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    left = end - wide
    if left < len(title) * TITLE_CHARACTER_PX:
        return
    column, offset = _at(columns, left)
    marker = AnchorMarker(col=column, colOff=pixels_to_EMU(offset), row=0, rowOff=pixels_to_EMU(2))
    size = XDRPositiveSize2D(pixels_to_EMU(wide), pixels_to_EMU(high))
    picture.anchor = Described(_from=marker, ext=size)
    picture.anchor.words = LOGO
    sheet.add_image(picture)


def _at(columns: list[int], left: int) -> tuple[int, int]:
    """Return the column in which a place stands, from 0, and how far into it."""
    for number, wide in enumerate(columns):
        if left < wide:
            return number, left
        left -= wide
    return len(columns) - 1, 0
