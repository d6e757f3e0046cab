"""The words of a paper, block by block, as a reader comes to them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
from PIL import Image

from exchange.papers.document.values import Block, Bullets, Document, Heading, Pairs, Para, Table, Together
from exchange.papers.paper_writing import write_paper
from exchange.papers.prose_papers import minutes_document
from models.papers.minutes import Minutes
from models.papers.order import PaperValue
from models.papers.status import PaperStatus

AT = datetime(2026, 12, 2, tzinfo=UTC)
HOSTILE = (
    "# Head",
    "- item",
    "1. one",
    "| a | b",
    ":: new page",
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "R&D <12 months",
    "a ~ b, c ; d .",
    " led by room",
    "two  spaces",
    "\ue000\ue100 \ue0011\ue002",
    "two\nlines",
    "^ small",
    "x:3>",
)
"""Texts that no template may take for anything but a text."""


def picture(width: int = 60, height: int = 20) -> bytes:
    """Return a picture as PNG."""
    written = BytesIO()
    Image.new("RGB", (width, height), "navy").save(written, "PNG")
    return written.getvalue()


def flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks, those that are kept together one by one."""
    for block in blocks:
        yield from flat(block.blocks) if isinstance(block, Together) else (block,)


def lines_of(document: Document) -> list[str]:
    """Return the lines of a paper: a paragraph, an item, or a row with its cells parted by " | "."""
    found: list[str] = []
    for block in flat(document.blocks):
        if isinstance(block, Heading | Para):
            found.append(block.text)
        elif isinstance(block, Bullets):
            found += block.items
        elif isinstance(block, Pairs | Table):
            found += [" | ".join(row) for row in block.rows]
    return found


def minutes_lines(minutes: Minutes) -> list[str]:
    """Return the lines of minutes that are not issued."""
    return lines_of(minutes_document(minutes, PaperStatus(AT, "ab" * 32)))


def assert_read_back(kind: str, value: PaperValue, folder: Path) -> None:
    """Assert that the hostile texts stand in PDF and Word file, and that both are made anew alike."""
    status = PaperStatus(AT, "ab" * 32)
    for ending, read in ((".pdf", pdf_text), (".docx", word_text)):
        path = write_paper(kind, value, status, folder / f"a{ending}")
        assert path.read_bytes() == write_paper(kind, value, status, folder / f"b{ending}").read_bytes()
        text = "".join(read(path).split())
        lost = [words for words in HOSTILE if "\ue000" not in words and "".join(words.split()) not in text]
        assert lost == [], ending


def pdf_text(path: Path) -> str:
    """Return what the pages of a PDF say."""
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def pages_of(path: Path) -> list[str]:
    """Return what each page of a PDF says, with single spaces."""
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def printed(path: Path) -> str:
    """Return what a PDF says, with single spaces."""
    return " ".join(pages_of(path))


def word_text(path: Path) -> str:
    """Return what a Word file says, a line a paragraph, those of its tables last."""
    word = docx.Document(str(path))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in word.paragraphs), *cells])
