"""What a PDF prints, and what stands in it beside its words, told in a process that may be killed.

A picture over a figure or white letters leave every word as it was, so both are told with the words.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from models.trouble import Trouble

MOST_PAGES = 2_000
_BROKEN_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""pdfium gives a hyphen at the end of a printed line as one of these."""
_LINK, _OF_FORM = pdfium.FPDF_ANNOT_LINK, (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP)
_DEEPEST = 4
"""How far a drawing within a drawing is followed."""
_WHITE_INK, _CLEAR = 245, 25
"""The least of a colour that is taken for white, and the most of an opacity that is taken for none."""
Place = tuple[str, str]
"""Where something stands, such as a page, and its words."""


def printed_line(content: bytes) -> dict[str, object]:
    """Return the printed lines of a PDF and what is beside them; raises `Trouble` for what is not read."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Trouble("cannot be read as a PDF; choose the file that was issued") from error
    with closing(document):
        if len(document) > MOST_PAGES:
            raise Trouble(f"has more than {MOST_PAGES:,} pages, too many for a paper")
        lines, beside = list[Place](), list[Place]()
        for number in range(len(document)):
            page, where = document[number], f"page {number + 1}"
            beside += _of_page(document, page, where)
            lines += ((where, line) for line in _lines(page))
            page.close()
        if pdfium.FPDFDoc_GetAttachmentCount(document):
            beside.append(("the file", "another file within it"))
        if pdfium.FPDFDoc_GetJavaScriptActionCount(document):
            beside.append(("the file", "a program within it"))
    return {"lines": lines, "beside": beside}


def _lines(page: pypdfium2.PdfPage) -> Iterator[str]:
    text = page.get_textpage()
    said = text.get_text_range().translate(_BROKEN_HYPHENS)
    text.close()
    return filter(None, (" ".join(line.split()) for line in said.splitlines()))


def _unseen(words: str) -> str:
    return f"words that cannot be seen “{' '.join(words.split())}”"


def _of_page(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, where: str) -> Iterator[Place]:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == _LINK:
            words = _target(document, annotation)
        else:
            words = "a field of a form" if kind in _OF_FORM else "a note or a stamp"
            contents = _told(partial(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"))
            words = f"{words} {contents}".rstrip()
        pdfium.FPDFPage_CloseAnnot(annotation)
        if words:
            yield where, words
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


def _told(tell: Callable[[Any, int], int]) -> str:
    """Return the text that PDFium puts into a buffer of the length that it says for none."""
    length = tell(None, 0)
    buffer = ctypes.create_string_buffer(length)
    tell(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _hidden(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, where: str) -> Iterator[Place]:
    """Yield words that cannot be seen: drawn over afterwards, by letters of no colour, or of none at all."""
    words: list[tuple[tuple[float, ...], str]] = []
    pale = ""
    for drawn in page.get_objects(max_depth=_DEEPEST):
        if drawn.type == pdfium.FPDF_PAGEOBJ_TEXT:
            said = _told(partial(pdfium.FPDFTextObj_GetText, drawn, text))
            pale += said if _is_pale(drawn) else ""
            words.append((drawn.get_bounds(), said))
        elif _covers(drawn):
            around = drawn.get_bounds()
            over = "".join(said for at, said in words if _is_within(at, around)).strip()
            if over:
                yield where, _unseen(over)
    if pale.strip():
        yield where, _unseen(pale)


def _is_pale(drawn: pypdfium2.PdfObject) -> bool:
    *colour, opacity = _fill(drawn)
    is_painted = pdfium.FPDFTextObj_GetTextRenderMode(drawn) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return not is_painted or min(colour) >= _WHITE_INK or opacity <= _CLEAR


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
    across, up = (at[0] + at[2]) / 2, (at[1] + at[3]) / 2
    return around[0] <= across <= around[2] and around[1] <= up <= around[3]
