"""An agreement as a PDF: the filled-in template's own paragraphs and tables, under the office's head."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from msgspec.structs import replace

from exchange.papers.document.docx_styles import style_name
from exchange.papers.document.values import (
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
from models.papers.agreements.grant_agreement import GrantAgreement
from models.papers.status import PaperStatus

_LOOKS = {"Lead": Look.LEAD, "Small": Look.SMALL, "Strong Line": Look.STRONG}
_HEAD = ("Title", "Subtitle")
TERMS_WITH_SIGNATURES = 3
"""So many headings, that over the signatures among them, stand on the page of the signatures."""
_SIGNATURE = "signature"


def document_of(word: WordDocument, agreement: GrantAgreement, status: PaperStatus) -> Document:
    """Return the pages of a filled-in template; its title and what stands over it are the paper's own."""
    found = list(_parts(word))
    at = next((number for number, (style, _) in enumerate(found) if style == "Title"), -1)
    titles = [text for style, text in found[: at + 1] if style == "Title" and isinstance(text, str)]
    under = [text for style, text in found if style == "Subtitle" and isinstance(text, str)]
    head = agreement.letterhead
    return Document(
        title=_title(titles, agreement),
        blocks=_with_signatures_together(tuple(_blocks(found[at + 1 :]))),
        made_at=status.made_at,
        subtitle=under[0] if under else "",
        above=agreement.office,
        marking=marking_of(agreement),
        status=status.words,
        is_draft=status.is_draft,
        below=below_of(status),
        reached=head.reached,
        logo=status.logo,
    )


def marking_of(agreement: GrantAgreement) -> str:
    """Return what stands over each page: as on the letters, nothing but where the name is withheld."""
    return agreement.marking if agreement.is_withheld else ""


def below_of(status: PaperStatus) -> tuple[str, str]:
    """Return what stands at the foot of a paper for both sides: no place in the office's own journal."""
    return replace(status, journal_row=None).below


def _title(found: Sequence[str], agreement: GrantAgreement) -> str:
    """Return the template's title with the award's reference, which it may name itself."""
    if not found:
        return agreement.title
    return found[0] if agreement.award in found[0] else f"{found[0]} {agreement.award}"


def _with_signatures_together(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with the signatures on a page with the last terms: alone they fit any paper."""
    signed = [number for number, block in enumerate(blocks) if isinstance(block, Together)]
    if not signed:
        return blocks
    heads = [n for n, block in enumerate(blocks[: signed[0]]) if isinstance(block, Heading)]
    first, last = heads[-TERMS_WITH_SIGNATURES:][0] if heads else signed[0], signed[-1] + 1
    return (*blocks[:first], Together(tuple(_flat(blocks[first:last]))), *blocks[last:])


def _flat(blocks: Iterable[Block]) -> Iterator[Any]:
    for block in blocks:
        yield from block.blocks if isinstance(block, Together) else (block,)


_Part = tuple[str, "str | WordTable"]
"""A paragraph's style and text, or a table."""


def _parts(word: WordDocument) -> Iterator[_Part]:
    for element in word.element.body.iterchildren():
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, word)
            yield style_name(paragraph), paragraph.text
        elif element.tag == qn("w:tbl"):
            yield "", WordTable(element, word)


def _blocks(parts: list[_Part]) -> Iterator[Block]:
    items: list[str] = []
    for style, part in parts:
        is_item = isinstance(part, str) and style.startswith("List")
        if items and not is_item:
            yield Bullets(tuple(items))
            items = []
        if isinstance(part, WordTable):
            yield _table(part)
        elif is_item:
            items.append(part)
        elif part.strip() and style not in _HEAD:
            yield _paragraph(style, part)
    if items:
        yield Bullets(tuple(items))


def _paragraph(style: str, text: str) -> Block:
    if style.startswith("Heading "):
        return Heading(text, int(style[-1]) if style[-1].isdigit() else 1)
    return Para(text, _LOOKS.get(style, Look.BODY))


def _table(table: WordTable) -> Block:
    """Return a table: with a head where it has one, room to sign where it asks for that, else pairs."""
    rows = [_cells(row) for row in table.rows]
    if _has_head(table):
        wide = max(map(len, rows))
        every = [(*row, *("",) * (wide - len(row))) for row in rows]
        widths = [*(float(column.width or 1) for column in table.columns), *(1.0,) * wide]
        columns = tuple(Column(text, width) for text, width in zip(every[0], widths, strict=False))
        return Table("", columns, tuple(every[1:]))
    pairs = [(row[0], ", ".join("\n".join(filter(None, row[1:])).splitlines())) for row in rows if row]
    if any(name.casefold() == _SIGNATURE for name, _ in pairs):
        return _signed(dict(pairs))
    return Pairs(tuple(pairs))


def _signed(pairs: dict[str, str]) -> Block:
    """Return a signature block: for whom over lines for the signature and its date, by whom below them."""
    said = [(name, text) for name, text in pairs.items() if name.casefold() not in (_SIGNATURE, "date")]
    who = said[0][1] if said else ""
    printed = tuple((name, text or "…" * 20) for name, text in said[1:])
    return Together((Signature(f"For {who}" if who else "Signed"), Pairs(printed)))


def _has_head(table: WordTable) -> bool:
    row: Any = table.rows[0]._tr
    return row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None


def _cells(row: Any) -> tuple[str, ...]:
    """Return the texts of a row, one that goes over several columns in the first of them alone."""
    cells = tuple(row.cells)
    return tuple("" if cell in cells[:at] else _cell(cell) for at, cell in enumerate(cells))


def _cell(cell: Any) -> str:
    return "\n".join(paragraph.text for paragraph in cell.paragraphs if paragraph.text.strip())
