"""A letter or an agreement as a PDF: the words of its Word document in the blocks of papers."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from msgspec import Struct
from msgspec.structs import replace

from exchange.papers.document.docx_text import style_name
from exchange.papers.document.values import (
    PARAGRAPH_GAP,
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Look,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)
from models.papers.letters.letter import Letter
from models.papers.letters.letters import Letters
from models.papers.status import PaperStatus

_LOOKS = {"Lead": Look.LEAD, "Small": Look.SMALL, "Strong Line": Look.STRONG}
_SIGNATURE = "signature"


class Part(Struct, frozen=True):
    """A paragraph by its style and text with the gaps it asks for itself, or a table."""

    style: str
    text: str
    gaps: tuple[float, float] | None = None
    table: WordTable | None = None


def parts_in(word: WordDocument) -> Iterator[Part]:
    for element in word.element.body.iterchildren():
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, word)
            yield Part(style_name(paragraph), paragraph.text, _gaps(paragraph))
        elif element.tag == qn("w:tbl"):
            yield Part("", "", None, WordTable(element, word))


def _gaps(paragraph: Paragraph) -> tuple[float, float] | None:
    """Return the room above and below a paragraph in points, None where it leaves that to its style."""
    asked = paragraph.paragraph_format
    if asked.space_before is None and asked.space_after is None:
        return None
    return (
        asked.space_before.pt if asked.space_before is not None else 0.0,
        asked.space_after.pt if asked.space_after is not None else PARAGRAPH_GAP,
    )


def blocks_of(parts: Sequence[Part]) -> Iterator[Block]:
    """Yield the blocks of parts; the points of a list are one block."""
    items: list[str] = []
    for part in parts:
        is_item = part.style.startswith("List")
        if items and not is_item:
            yield Bullets(tuple(items))
            items = []
        if part.table is not None:
            yield _table(part.table)
        elif is_item:
            items.append(part.text)
        elif part.text.strip():
            yield _paragraph(part)
    if items:
        yield Bullets(tuple(items))


def _paragraph(part: Part) -> Block:
    if part.style.startswith("Heading "):
        return Heading(part.text, int(part.style[-1]) if part.style[-1].isdigit() else 1)
    return Para(part.text, _LOOKS.get(part.style, Look.BODY), gaps=part.gaps)


def _table(table: WordTable) -> Block:
    """Return a table: with a head where it has one, room to sign where it asks for that, else pairs."""
    rows = [_cells(row) for row in table.rows]
    first: Any = table.rows[0]._tr
    if first.trPr is not None and first.trPr.find(qn("w:tblHeader")) is not None:
        wide = max(map(len, rows))
        every = [(*row, *("",) * (wide - len(row))) for row in rows]
        widths = [*(float(column.width or 1) for column in table.columns), *(1.0,) * wide]
        columns = tuple(Column(text, width) for text, width in zip(every[0], widths, strict=False))
        return Table("", columns, tuple(every[1:]))
    if any(row[0].casefold() == _SIGNATURE for row in rows if row):
        sides = range(1, min(map(len, rows)))
        return Together(tuple(_signed([(row[0], row[side]) for row in rows]) for side in sides))
    return Pairs(
        tuple((row[0], ", ".join("\n".join(filter(None, row[1:])).splitlines())) for row in rows if row)
    )


def _signed(pairs: Sequence[tuple[str, str]]) -> Signature:
    said = [(name, text) for name, text in pairs if name.casefold() not in (_SIGNATURE, "date")]
    who = f"For {said[0][1]}" if said and said[0][1] else "Signed"
    return Signature(". ".join((who, *(f"{name}: {text or '…' * 12}" for name, text in said[1:]))))


def _cells(row: Any) -> tuple[str, ...]:
    """Return the texts of a row, one that goes over several columns in the first of them alone."""
    cells = tuple(row.cells)
    texts = ([one.text for one in cell.paragraphs if one.text.strip()] for cell in cells)
    return tuple("" if cells[at] in cells[:at] else "\n".join(text) for at, text in enumerate(texts))


ROOM_TO_SIGN = 24.0
"""In points: a paragraph with more room below it leads to the name of who signs there."""
LONGEST_HELD = 400
"""The letters of a paragraph that stays on a page with its heading."""
_COUNTED = re.compile(r"\s*Page \S+ of \S+$")


def letter_document(word: WordDocument, letters: Letters, letter: Letter, status: PaperStatus) -> Document:
    """Return the pages of a filled-in letter; its foot is as the template has it, its pages are counted."""
    parts = list(parts_in(word))
    office = parts.pop(0).text if parts and parts[0].style == "Strong Line" else ""
    reached = parts.pop(0).text.splitlines() if office and parts and parts[0].style == "Small" else ()
    blocks = list(blocks_of(parts))
    strong = [n for n, one in enumerate(blocks) if isinstance(one, Para) and one.look is Look.STRONG]
    if strong:  # the first line that stands out
        blocks[strong[0]] = replace(blocks[strong[0]], look=Look.SUBJECT)
    foot = [_COUNTED.sub("", each.text) for each in word.sections[0].footer.paragraphs if each.text.strip()]
    return Document(
        title=f"{letters.title}, {letter.reference}",
        blocks=tuple(_grouped(blocks)),
        made_at=status.made_at,
        above=office,
        marking=letters.marking if letter.is_withheld else "",
        status=status.words if status.is_draft else "",
        is_draft=status.is_draft,
        below=(foot[0] if foot else "", " ".join(foot[1:])),
        reached=tuple(reached),
        logo=status.logo,
        is_letter=True,
    )


def _grouped(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks; an address, a closing with its name, and each part of the small print stay whole."""
    held: list[Heading | Para] = []
    for block in blocks:
        if held and not _is_tied(held[-1], block):
            yield Together(tuple(held)) if len(held) > 1 else held[0]
            held = []
        if isinstance(block, Heading | Para):
            held.append(block)
        else:
            yield block
    if held:
        yield Together(tuple(held)) if len(held) > 1 else held[0]


def _is_tied(above: Heading | Para, block: Block) -> bool:
    """Whether a block goes on from the one above it: a line below a line, a name below the room to sign.

    Nobody signs on a page without a line of the letter: what leads to a signature stays with what it follows.
    """
    if not isinstance(block, Para):
        return False
    if isinstance(above, Heading):
        return len(block.text) <= LONGEST_HELD or block.look is Look.SMALL
    return _gap_below(above) == 0 or max(_gap_below(above), _gap_below(block)) >= ROOM_TO_SIGN


def _gap_below(block: Para) -> float:
    return PARAGRAPH_GAP if block.gaps is None else block.gaps[1]
