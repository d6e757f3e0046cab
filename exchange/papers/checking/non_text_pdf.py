"""What the pages of a PDF hold beside their words: notes, links, and what hides some of them."""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from exchange.papers.checking.non_text_part import NonText, unseen
from exchange.papers.paper_bounds import open_pdf

_LINK, _OF_FORM = pdfium.FPDF_ANNOT_LINK, (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP)
_DEEPEST = 4
"""How far a drawing within a drawing is followed."""
_WHITE, _CLEAR = 245, 25
"""The least of a colour that is taken for white, and the most of an opacity that is taken for none."""


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
    yield from _hidden(page, text, where)
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


def _hidden(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, where: str) -> Iterator[NonText]:
    """Yield words that cannot be seen: drawn over afterwards, by letters of no colour, or of none at all."""
    words: list[tuple[tuple[float, ...], str]] = []
    pale = ""
    for drawn in page.get_objects(max_depth=_DEEPEST):
        if drawn.type == pdfium.FPDF_PAGEOBJ_TEXT:
            said = _words(drawn, text)
            pale += said if _is_pale(drawn) else ""
            words.append((drawn.get_bounds(), said))
        elif _covers(drawn):
            around = drawn.get_bounds()
            over = "".join(said for at, said in words if _is_within(at, around)).strip()
            if over:
                yield unseen(where, over)
    if pale.strip():
        yield unseen(where, pale)


def _words(drawn: pypdfium2.PdfObject, text: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(drawn, text, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(drawn, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _is_pale(drawn: pypdfium2.PdfObject) -> bool:
    """Whether letters are white, see-through or not painted."""
    *colour, opacity = _fill(drawn)
    is_painted = pdfium.FPDFTextObj_GetTextRenderMode(drawn) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return not is_painted or min(colour) >= _WHITE or opacity <= _CLEAR


def _fill(drawn: pypdfium2.PdfObject) -> tuple[int, ...]:
    colour = tuple(ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(drawn, *map(ctypes.byref, colour))
    return tuple(part.value for part in colour)


def _covers(drawn: pypdfium2.PdfObject) -> bool:
    """Whether nothing is seen through an object: a picture, or a shape that is filled."""
    if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return True
    if drawn.type != pdfium.FPDF_PAGEOBJ_PATH or _fill(drawn)[3] <= _CLEAR:
        return False
    mode, strokes = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(mode), ctypes.byref(strokes))
    return bool(mode.value != pdfium.FPDF_FILLMODE_NONE)


def _is_within(at: tuple[float, ...], around: tuple[float, ...]) -> bool:
    """Whether the middle of words lies within an object drawn over them."""
    across, up = (at[0] + at[2]) / 2, (at[1] + at[3]) / 2
    return around[0] <= across <= around[2] and around[1] <= up <= around[3]
