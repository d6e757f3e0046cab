"""The guide: its markdown as a document, and that printed as a PDF."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from math import isqrt
from pathlib import Path

from msgspec.structs import replace

import resources
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Contents,
    Document,
    Heading,
    Look,
    NewPage,
    Para,
    Picture,
    Table,
    Together,
)
from models.papers.guide import page, pages
from models.program import version
from scoring.written.days import full_day

LINK = re.compile(r"(?<!!)\[([^\]]+)\]\([^)]+\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
NAMED = re.compile(r"(?<![*\w])\*(?![*\s])([^*]+)\*(?!\*)")
ITEM = re.compile(r"- |\d+\. ")
INDENT = "    "
Fetch = Callable[[str], bytes]
"""Returns a picture by the name that a page has for it."""


def blocks_of(text: str, picture: Fetch) -> Iterator[Block]:
    """Yield a page's blocks; a name on screen, which stands in italics, is put in quotation marks."""
    for part in re.split(r"\n\s*\n", text.strip("\n")):
        lines = part.split("\n")
        shown = PICTURE.fullmatch(part.strip())
        if shown:
            yield Picture(picture(shown[2]), plain(shown[1]))
        elif part.startswith("#"):
            yield Heading(plain(lines[0].lstrip("# ")), len(lines[0]) - len(lines[0].lstrip("#")))
            yield from blocks_of("\n".join(lines[1:]), picture) if lines[1:] else ()
        elif part.startswith(INDENT):
            yield Para("\n".join(line.removeprefix(INDENT) for line in lines), Look.SMALL)
        elif part.startswith("|"):
            yield _table(lines)
        else:
            yield from _lists_and_text(lines)


def plain(text: str) -> str:
    """Return words without their marks of Markdown."""
    unlinked = LINK.sub(r"\1", text).replace("**", "").replace("`", "")
    return " ".join(NAMED.sub(r"“\1”", unlinked).split())


def _lists_and_text(lines: list[str]) -> Iterator[Block]:
    """Yield paragraphs and lists; a line that begins no item goes on with the one before it."""
    joined: list[str] = []
    for line in lines:
        if not joined or ITEM.match(line):
            joined.append(line)
        else:
            joined[-1] += f" {line.strip()}"
    for is_bullet, items in groupby(joined, key=lambda line: line.startswith("- ")):
        if is_bullet:
            yield Bullets(tuple(plain(item[2:]) for item in items))
        else:
            yield from map(_paragraph, items)


def _paragraph(line: str) -> Para:
    number = ITEM.match(line)
    return Para(plain(line[number.end() :]), number=number[0].strip()) if number else Para(plain(line))


def _table(lines: list[str]) -> Table:
    heads, _, *rows = ([plain(cell) for cell in line.strip("| ").split("|")] for line in lines)
    letters = [sum(len(row[number]) for row in [heads, *rows]) for number in range(len(heads))]
    shares = [max(isqrt(total), 1) for total in letters]  # so that a long column is not one of short lines
    columns = tuple(Column(head, share) for head, share in zip(heads, shares, strict=True))
    return Table("", columns, tuple(tuple(row) for row in rows))


TITLE = "Grant Panel: user guide"
HALF_A_SHEET = 28
"""So many lines have room below the heading of a page, or it begins on the next sheet."""


def whole_guide(made_at: datetime) -> Document:
    """Return the guide as one paper: its contents, then each page, from the top of a sheet or its half."""
    parts = [tuple(_page(name)) for name in pages()]
    heads = [part[0] for part in parts if isinstance(part[0], Heading)]
    contents = Contents(tuple(head.text for head in heads))
    begun = [(Together((head,), HALF_A_SHEET), *rest) for head, (_, *rest) in zip(heads, parts, strict=True)]
    blocks = (contents, NewPage(), *(block for part in begun for block in part))
    return _paper(TITLE, f"Version {version()}, {full_day(made_at.date())}", blocks, made_at)


def card(role: str, made_at: datetime) -> Document:
    """Return the page of the guide for a role ("member", "chair") as a card, without its pictures."""
    head, *rest = (block for block in _page(f"{role}.md") if not isinstance(block, Picture))
    assert isinstance(head, Heading)
    blocks = (replace(block, level=1) if isinstance(block, Heading) else block for block in rest)
    return _paper(head.text, "", tuple(blocks), made_at)


def write_guide(role: str, path: Path, made_at: datetime) -> Path:
    """Write the card for a role, or for "" the whole guide, as a PDF; return the path it really has."""
    return write_document_pdf(card(role, made_at) if role else whole_guide(made_at), path)


def _paper(title: str, subtitle: str, blocks: tuple[Block, ...], made_at: datetime) -> Document:
    below = (f"Grant Panel {version()}", "")
    return Document(title, blocks, made_at, subtitle=subtitle, marking="", below=below)


def _page(name: str) -> Iterator[Block]:
    return blocks_of(page(name), _picture)


def _picture(name: str) -> bytes:
    return resources.path(f"help/{name}").read_bytes()
