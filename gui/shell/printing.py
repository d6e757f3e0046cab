"""Print the page on show, as a PDF: what stands on the screen, under a head that says what and when."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from gui.dialogs.files import Kind, write_whole
from gui.pages.page import PageTools, Place
from gui.record.clock import local_now
from gui.shell.page_list import entry_of
from gui.shell.page_stack import PageStack
from scoring.written.days import clock, long_day
from scoring.written.names import file_name, round_names

PDF = "PDF (*.pdf)"
MARGIN_MM = 12
HEAD = 0.06
"""How much of the height the head takes."""
DOTS = 300


def ask_print(tools: PageTools, pages: PageStack, place: Place | None) -> None:
    """Ask for a file and print the page on show into it."""
    facts, key = tools.workspace.facts, pages.key
    if facts is None or not key:
        return
    name = facts.folder / f"{_title(key, place)}.pdf"
    path = tools.dialogs.files.save(Kind.PAPERS, "Print this page as a PDF", name, PDF)
    if path is not None:
        print_page(tools, pages, place, path)


def print_page(tools: PageTools, pages: PageStack, place: Place | None, path: Path) -> None:
    """Draw the page on show beside the screen, and write the file in the work queue."""
    page = pages.currentWidget()
    assert page is not None, "a page is printed while one is on show"
    data = page_as_pdf(page, _title(pages.key, place), _head(place, local_now()))
    words = "The page was written as “{}”, as it is on the screen."
    tools.write(path, partial(write_whole, data, path), words)


def _title(key: str, place: Place | None) -> str:
    of = () if place is None else (*round_names(place.line.fund, place.line.name), place.area or "")
    return file_name(*of, entry_of(key).words)


def page_as_pdf(page: QWidget, title: str, head: str) -> bytes:
    """Return a page as a PDF of one sheet, A4 across; its words stay words."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Grant Panel")
    writer.setResolution(DOTS)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    landscape = QPageLayout.Orientation.Landscape
    writer.setPageLayout(QPageLayout(size, landscape, margins, QPageLayout.Unit.Millimeter))
    painter = QPainter(writer)
    _paint(painter, QRectF(0, 0, writer.width(), writer.height()), page, head)
    painter.end()
    buffer.close()
    return bytes(held.data())


def _paint(painter: QPainter, sheet: QRectF, page: QWidget, head: str) -> None:
    painter.setFont(QFont(page.font().families(), 9))
    top = sheet.height() * HEAD
    painter.drawText(QRectF(0, 0, sheet.width(), top), Qt.AlignmentFlag.AlignLeft, head)
    scale = min(sheet.width() / max(page.width(), 1), (sheet.height() - top) / max(page.height(), 1))
    painter.translate(QPointF(0, top))
    painter.scale(scale, scale)
    page.render(painter, QPoint())


def _head(place: Place | None, now: datetime) -> str:
    when = f"printed {long_day(now.date())} at {clock(now)}"
    if place is None:
        return when
    line = place.line
    of = round_names(line.fund, f"{line.name} {line.year}".strip())
    return " · ".join(part for part in (line.marking, *of, place.area, when) if part)
