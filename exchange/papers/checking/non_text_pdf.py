"""What the pages of a PDF hold beside their words: notes, links, pictures, where and how all is drawn."""

import ctypes
import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from exchange.papers.checking.non_text_part import NonText, appearance
from exchange.papers.paper_bounds import open_pdf
from exchange.pdf.pdf_pages import BOTTOM_MARGIN

_LINK, _OF_FORM = pdfium.FPDF_ANNOT_LINK, (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP)
_DEEPEST = 4
"""How far a drawing within a drawing is followed."""


def non_text_of_pdf(path: Path) -> Iterator[NonText]:
    """Yield what each page holds beside its words, and what goes along with the file."""
    with closing(open_pdf(path)) as document:
        for number in range(len(document)):
            page = document[number]
            yield from _of_page(document, page, f"page {number + 1}")
            page.close()
        if pdfium.FPDFDoc_GetAttachmentCount(document):
            yield NonText("the file", "another file within it")
        if pdfium.FPDFDoc_GetJavaScriptActionCount(document):
            yield NonText("the file", "a program within it")


def _of_page(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, where: str) -> Iterator[NonText]:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == _LINK:
            words = _target(document, annotation)
        else:
            words = "a field of a form" if kind in _OF_FORM else "a note or a stamp"
            words += f" {_contents(annotation)}".rstrip()
        pdfium.FPDFPage_CloseAnnot(annotation)
        if words:
            yield NonText(where, words)
    text = page.get_textpage()
    yield appearance(where, [_drawn(one, text) for one in page.get_objects(max_depth=_DEEPEST)])
    text.close()


def _target(document: pypdfium2.PdfDocument, annotation: Any) -> str:
    """Return where a link leads outside of the paper, "" within it."""
    action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    if length <= 1:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return f"a link to {buffer.value.decode(errors='replace')}"


def _contents(annotation: Any) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(
        annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
    )
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _drawn(drawn: pypdfium2.PdfObject, text: pypdfium2.PdfTextPage) -> tuple[object, ...]:
    """Return what an object is, where it begins, and in what colour; of a picture, its sum too.

    The words themselves are compared as words: they say when a copy was made.
    """
    colour = tuple(ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(drawn, *map(ctypes.byref, colour))
    seen: tuple[object, ...] = (drawn.type, *(part.value for part in colour))
    if drawn.type == pdfium.FPDF_PAGEOBJ_TEXT:
        *turned, across, up = map(round, drawn.get_matrix().get())
        at = (up,) if up < BOTTOM_MARGIN else (across, up)  # the page's number ends at the margin
        return *seen, *turned, *at, pdfium.FPDFTextObj_GetTextRenderMode(drawn)
    return *seen, *map(round, drawn.get_bounds()), _picture(drawn)


def _picture(drawn: pypdfium2.PdfObject) -> str:
    if drawn.type != pdfium.FPDF_PAGEOBJ_IMAGE:
        return ""
    length = pdfium.FPDFImageObj_GetImageDataDecoded(drawn, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFImageObj_GetImageDataDecoded(drawn, buffer, length)
    return hashlib.sha256(buffer.raw).hexdigest()
