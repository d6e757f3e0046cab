"""Where the office's logo stands on a sheet: at the right end of what is printed, over no words."""

from io import BytesIO
from math import inf
from pathlib import Path
from unittest.mock import Mock
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.xml.constants import SHEET_DRAWING_NS
from PIL import Image

from exchange.xlsx.xlsx_sheets import CHARACTER_PX, FIRST_PAGE, HEIGHT_PX, LOGO, LOW_PX, add_logo


def test_words_say_what_the_picture_is_to_who_hears_the_sheet_read_out(tmp_path: Path) -> None:
    png, book = BytesIO(), Workbook()
    Image.new("RGB", (100, 100), "navy").save(png, "PNG")

    add_logo(book.active, png.getvalue(), [10.0] * 40, ("Title", "Short."), inf)
    book.save(tmp_path / "book.xlsx")

    with ZipFile(tmp_path / "book.xlsx") as archive:
        drawing = ElementTree.fromstring(archive.read("xl/drawings/drawing1.xml"))
    told = [frame.attrib.get("descr") for frame in drawing.iter(f"{{{SHEET_DRAWING_NS}}}cNvPr")]
    assert told == [LOGO]


@pytest.mark.parametrize(
    ("below", "most", "high", "end"),
    [
        ("Short.", inf, HEIGHT_PX, 40 * (10 * CHARACTER_PX + 5)),
        ("x" * 410, inf, LOW_PX, 40 * (10 * CHARACTER_PX + 5)),
        ("Short.", 200, LOW_PX, FIRST_PAGE * CHARACTER_PX),
    ],
)
def test_it_stands_at_the_right_end_and_is_low_beside_a_long_line(
    below: str, most: float, high: int, end: int
) -> None:
    png, sheet, columns = BytesIO(), Mock(), [10.0] * 40
    Image.new("RGB", (100, 100), "navy").save(png, "PNG")

    add_logo(sheet, png.getvalue(), columns, ("Title", below), most)

    (picture,) = sheet.add_image.call_args.args
    place, size = picture.anchor._from, picture.anchor.ext
    left = place.col * (10 * CHARACTER_PX + 5) + place.colOff / 9_525
    assert (size.height / 9_525, left + size.width / 9_525) == (high, end)
