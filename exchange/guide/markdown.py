"""The guide's pages as blocks of a paper: the little Markdown that they are written in."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from math import isqrt

from exchange.papers.document.values import Block, Bullets, Column, Heading, Look, Para, Picture, Table

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
