"""Pages of a PDF as pictures. PDFium is used by one thread at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import pypdfium2

_TURN = Lock()
_BYTES_A_PIXEL = 4


class PageImage(NamedTuple):
    """One page as rows of pixels, each of them blue, green, red and a byte that says nothing."""

    width: int
    height: int
    stride: int
    pixels: bytes


@contextmanager
def open_alone(source: Path | bytes) -> Iterator[Any]:
    """Open a PDF, a file or its bytes, while no other thread has one open."""
    with _TURN:
        document = pypdfium2.PdfDocument(source)
        try:
            yield document
        finally:
            document.close()


def count_pages(source: Path | bytes) -> int:
    """Return how many pages a PDF has."""
    with open_alone(source) as document:
        return len(document)


def page_image(source: Path | bytes, number: int, width: int) -> PageImage:
    """Return a page, counted from nought, drawn so many pixels wide."""
    with open_alone(source) as document:
        page = document[number]
        bitmap = page.render(scale=width / page.get_width(), prefer_bgrx=True)
        assert bitmap.n_channels == _BYTES_A_PIXEL, "asked for with a fourth byte"
        return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
