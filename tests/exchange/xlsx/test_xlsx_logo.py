"""Where the office's logo stands on a sheet: at the right end of what is printed, over no words."""

from io import BytesIO
from math import inf
from unittest.mock import Mock

import pytest
from PIL import Image

from exchange.xlsx.xlsx_logo import CHARACTER_PX, FIRST_PAGE, HEIGHT_PX, LOW_PX, add_logo


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
