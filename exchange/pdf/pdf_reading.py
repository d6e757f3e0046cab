"""PDFs that are opened: how large one may be, and its pages as pictures.

PDFium is used by one thread at a time.
"""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import pypdfium2

from models.trouble import Trouble

MOST_BYTES = 50_000_000
MOST_PAGES = 2_000


def require_readable(path: Path) -> None:
    """Refuse what is no ordinary file or is too large for a paper; raises FileNotFoundError for none."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Trouble(f"{path.name} is not a file. Choose the paper that was issued.")
    if about.st_size > MOST_BYTES:
        raise Trouble(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB, too large for a paper.")


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """Open a PDF that is to be read back; raises FileNotFoundError for none and Trouble for any other."""
    require_readable(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Trouble(f"{path.name} cannot be read as a PDF; choose the file that was issued.") from error
    if len(document) > MOST_PAGES:
        document.close()
        raise Trouble(f"{path.name} has more than {MOST_PAGES:,} pages, too many for a paper.")
    return document


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
    with open_alone(source) as document:
        return len(document)


def page_image(source: Path | bytes, number: int, width: int) -> PageImage:
    """Return a page, counted from nought, drawn so many pixels wide."""
    with open_alone(source) as document:
        page = document[number]
        bitmap = page.render(scale=width / page.get_width(), prefer_bgrx=True)
        assert bitmap.n_channels == _BYTES_A_PIXEL, "asked for with a fourth byte"
        return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
