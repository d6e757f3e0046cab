"""The words of a paper, block by block, as a reader comes to them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from exchange.papers.document.values import Block, Bullets, Document, Heading, Pairs, Para, Table, Together
from exchange.papers.minutes import minutes_document
from models.papers.minutes import Minutes
from models.papers.status import PaperStatus


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
    return lines_of(minutes_document(minutes, PaperStatus(datetime(2026, 12, 2, tzinfo=UTC), "ab" * 32)))
