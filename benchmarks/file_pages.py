"""Pages of files that applicants sent: the first of a large PDF, turning one, and the memory of 200 pages."""

import io
import os
import time
from collections.abc import Iterator, Sequence
from operator import truediv
from statistics import median

import psutil
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.paired import Paired, ratio
from benchmarks.table import Row
from exchange.reading.pages import Pages

WIDTH = 900
FIRST_MS, TURN_MS, SCAN_MS, MEMORY_MB = 500, 100, 150, 60
RUNS = 5


def measure() -> Iterator[Row]:
    """Yield the times of a PDF of 20 MB and of a photograph, and the megabytes with 200 pages open."""
    first, turn, _ = _read(_photographs(19))
    yield Row("First page of a PDF of 20 MB", first * 1000, FIRST_MS, "ms")
    yield Row("Turning its page, the longest", turn * 1000, TURN_MS, "ms")
    _, turn, _ = _read(_photograph(Image.effect_noise((4000, 3000), 25).convert("RGB")))
    yield Row("Drawing a photograph of 12 million pixels", turn * 1000, TURN_MS, "ms")
    scan = _scan()
    _, turn, _ = _read(_bound([scan] * 4))
    yield Row("Turning the page of a scan of 300 dots an inch, the longest", turn * 1000, SCAN_MS, "ms")
    turns = [_read(_bound([scan] * 2))[1] for _ in range(RUNS)]
    bare = [_unpacked_s(scan) for _ in range(RUNS)]
    figures = Paired(median(turns), median(bare), median(map(truediv, turns, bare)))
    yield ratio("Turning the page of a scan", figures, 3, "unpacking its picture with Pillow")
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
    noise = (Image.frombytes("RGB", (1400, 1000), os.urandom(1400 * 1000 * 3)) for _ in range(count))
    return _bound(list(map(_photograph, noise)))


def _scan() -> bytes:
    """Return an A4 page as a scanner saves it: grey paper with noise, and lines of letters."""
    paper = Image.effect_noise((620, 877), 18).resize((2480, 3508)).convert("RGB")
    ink = ImageDraw.Draw(paper)
    for line in range(60):
        ink.text((200, 150 + 54 * line), "We ask for money to open the hall. " * 4, (20, 20, 40))
    return _photograph(paper)


def _bound(pictures: Sequence[bytes]) -> bytes:
    """Return a PDF with a picture on each page."""
    written = io.BytesIO()
    canvas = Canvas(written)
    for picture in pictures:
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _unpacked_s(picture: bytes) -> float:
    begun = time.perf_counter()
    Image.open(io.BytesIO(picture)).load()
    return time.perf_counter() - begun


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
