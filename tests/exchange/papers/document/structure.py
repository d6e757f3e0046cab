"""The structure of a PDF as a screen reader meets it, read back with pdfium."""

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium


def kinds_of(path: Path) -> list[str]:
    """Return the kinds of the elements of every page in reading order, those of several pages on each."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [kind for page in document for kind in _of_page(page)]
    finally:
        document.close()


def _of_page(page: pypdfium2.PdfPage) -> Iterator[str]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from _of_element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _of_element(element: object) -> Iterator[str]:
    buffer = ctypes.create_string_buffer(64)
    pdfium.FPDF_StructElement_GetType(element, buffer, 64)
    yield buffer.raw.decode("utf-16-le").split("\0", 1)[0]
    for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
        if child:
            yield from _of_element(child)
