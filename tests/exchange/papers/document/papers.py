"""A paper with every kind of block, hostile texts, and the structure of a PDF read back."""

import ctypes
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from exchange.papers.document.values import (
    Bar,
    BlankLines,
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)

HOSTILE = '<b>Bold</b> & =1+1 <img src="x"/> \x01 {name} Siân Ślązak'
READ_BACK = '<b>Bold</b> & =1+1 <img src="x"/> {name} Siân Ślązak'
"""What is left of it on paper: the control character is made a space."""


def allocations(lines: int) -> Table:
    """Return a table of `lines` allocations of £10 and their sum."""
    rows = tuple((f"Service {n}", "Hate crime", "£10") for n in range(1, lines + 1))
    columns = (Column("Service", 3), Column("Crime type", 2), Column("Allocation", 1, is_figure=True))
    return Table("Allocations", columns, (*rows, ("Total", "", f"£{10 * lines}")), frozenset({lines}))


def paper(*, lines: int = 3, is_landscape: bool = False) -> Document:
    """Return a paper that uses every block."""
    blocks = (
        Heading("Summary"),
        Para("First line.\n\nSecond line.", Look.LEAD),
        Para(HOSTILE, number="1."),
        Heading("Detail", 2),
        Bullets(("one thing", "another thing")),
        Pairs((("Contact officer", "Tess Example"), ("Note", HOSTILE))),
        allocations(lines),
        Together(
            (Chart("Spend", "Coventry spent most.", (Bar("Coventry", 5, "£5 of £8", 8),)), Para("After"))
        ),
        NewPage(),
        BlankLines(8),
        Signature("Chief Executive"),
    )
    return Document(
        "Notice of Decision 031/2026",
        blocks,
        datetime(2026, 12, 2, 14, 5, tzinfo=UTC),
        "Active Citizens Fund",
        "Office of the Example Commissioner",
        status="Draft, not issued",
        is_draft=True,
        below=("Generated 2 Dec 2026.", ""),
        is_landscape=is_landscape,
    )


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
