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
from msgspec import Struct, convert

from exchange.reading.sheets import PRINTED, said_of_bytes
from models.trouble import Trouble

MOST_BYTES = 50_000_000
PRINTED_SECONDS = 120.0
"""Of the processor: the longest that reading a paper of many pages may take."""
_UNSAFE = "could not be read safely; choose the file that was issued"


def require_readable(path: Path) -> None:
    """Refuse what is no ordinary file or is too large for a paper; raises FileNotFoundError for none."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Trouble(f"{path.name} is not a file. Choose the paper that was issued.")
    if about.st_size > MOST_BYTES:
        raise Trouble(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB, too large for a paper.")


class PrintedPdf(Struct, frozen=True):
    """What a PDF prints line by line, and what stands in it beside that: each with its page."""

    lines: tuple[tuple[str, str], ...]
    beside: tuple[tuple[str, str], ...]


def printed_pdf(path: Path) -> PrintedPdf:
    """Read a PDF in a process of its own; raises FileNotFoundError for none and Trouble for any other."""
    require_readable(path)
    said = said_of_bytes(path.read_bytes(), path.name, PRINTED, _UNSAFE, PRINTED_SECONDS)
    return convert(said, PrintedPdf)


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
