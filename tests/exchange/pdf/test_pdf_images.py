"""Pages of a PDF as pictures: as wide as asked for, and what is printed is on them."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from exchange.pdf.pdf_images import count_pages, page_image


@pytest.fixture
def two_pages(tmp_path: Path) -> bytes:
    """A PDF of 200 by 100 points: its first page is black all over, its second one empty."""
    canvas = Canvas(str(tmp_path / "two.pdf"), (200, 100))
    canvas.rect(0, 0, 200, 100, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return (tmp_path / "two.pdf").read_bytes()


def test_pages_are_counted(two_pages: bytes) -> None:
    assert count_pages(two_pages) == 2


def test_a_page_has_the_width_asked_for_and_its_own_shape(two_pages: bytes) -> None:
    image = page_image(two_pages, 0, 400)

    assert (image.width, image.height) == (400, 200)
    assert len(image.pixels) == image.stride * image.height
    assert image.stride >= 4 * image.width


def test_each_page_is_drawn_as_printed(two_pages: bytes) -> None:
    middle = 50 * page_image(two_pages, 0, 200).stride + 4 * 100

    assert page_image(two_pages, 0, 200).pixels[middle : middle + 3] == b"\x00\x00\x00"
    assert page_image(two_pages, 1, 200).pixels[middle : middle + 3] == b"\xff\xff\xff"
