"""Pages of files that applicants sent: the first of a large PDF, turning one, and the memory of 200 pages."""

import io
import os
import time
from collections.abc import Iterator

import psutil
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.table import Row
from exchange.reading.pages import Pages

WIDTH = 900
FIRST_MS, TURN_MS, MEMORY_MB = 500, 100, 60


def measure() -> Iterator[Row]:
    """Yield the times of a PDF of 20 MB and of a photograph, and the megabytes with 200 pages open."""
    first, turn, _ = _read(_photographs(19))
    yield Row("First page of a PDF of 20 MB", first * 1000, FIRST_MS, "ms")
    yield Row("Turning its page, the longest", turn * 1000, TURN_MS, "ms")
    _, turn, _ = _read(_photograph(Image.effect_noise((4000, 3000), 25).convert("RGB")))
    yield Row("Drawing a photograph of 12 million pixels", turn * 1000, TURN_MS, "ms")
    _, _, memory = _read(_lines(200))
    yield Row("Memory of a PDF of 200 pages, all drawn once", memory, MEMORY_MB, "MB")


def _read(content: bytes) -> tuple[float, float, float]:
    """Open a file and draw each page: seconds to the first, the most for another, megabytes at the end.

    After the last it goes to the first again.
    """
    begun, turns = time.perf_counter(), [0.0]
    pages = Pages(content)
    try:
        pages.draw(0, WIDTH)
        first = time.perf_counter() - begun
        for number in (*range(1, pages.shape().count), 0):
            at = time.perf_counter()
            pages.draw(number, WIDTH)
            turns.append(time.perf_counter() - at)
        (worker,) = (one for one in psutil.Process().children() if one.is_running())
        return first, max(turns), worker.memory_info().rss / 1_000_000
    finally:
        pages.close()


def _photographs(count: int) -> bytes:
    """Return a PDF with a photograph of about a megabyte on each page."""
    written = io.BytesIO()
    canvas = Canvas(written)
    for _ in range(count):
        noise = Image.frombytes("RGB", (1400, 1000), os.urandom(1400 * 1000 * 3))
        canvas.drawImage(ImageReader(io.BytesIO(_photograph(noise))), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _photograph(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=75)
    return written.getvalue()


def _lines(count: int) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    for page in range(count):
        for line in range(40):
            canvas.drawString(50, 800 - 18 * line, f"Page {page + 1}, line {line + 1} of an application")
        canvas.showPage()
    canvas.save()
    return written.getvalue()
