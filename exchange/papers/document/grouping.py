"""Which blocks of a paper stay on one page: a heading with what it is of, a picture, a short table."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from exchange.papers.document.values import (
    Block,
    Heading,
    Look,
    Pairs,
    Para,
    Picture,
    Signature,
    Table,
    Together,
)

MOST_ROWS = 12
"""A table of more rows goes over pages, its headings on each."""
MOST_LETTERS = 1_500
"""So much text fits well on a page with its headings."""
LAST_ROWS = 4
"""So many rows of a long table stand on its last page at least."""

LONGEST_LEAD = 400
"""The most letters of the sentence that leads from a heading into a table."""
LINES_BELOW = 2
"""So many lines of what follows stay with headings above one another, and with words that end in a colon."""
LOW_CELL = 300
"""A row with a longer text than this may be as high as much of a page."""


def kept_together(blocks: Sequence[Block], *, flowing: bool = True) -> Iterator[Block]:
    """Yield the blocks; a picture or short table or list is one with the headings and sentence above it.

    A table whose head says how many of its lines stay with it is left to flow, unless nothing is: Word counts
    no lines, and would part it after its first rows. What is together has the headings above it; what a
    table comes to stays below it, and leads to nothing.
    """
    before: list[Heading | Para] = []
    flows = False
    for number, block in enumerate(blocks):
        if number and is_sum_below(block, blocks[number - 1]):
            yield block
            continue
        if isinstance(block, Together) and before and (isinstance(before[-1], Heading) or _signs(block)):
            block, before = replace(block, blocks=(*before, *block.blocks)), []
        if isinstance(block, Table | Pairs | Picture) and is_short(block) and not flows:
            yield Together((*before, block))
            before = []
            continue
        flows = flowing and isinstance(block, Together) and bool(block.lines_after)
        if not _goes_on(block, before):
            yield from _led(before)
            before = []
        if isinstance(block, Heading | Para):
            before.append(block)
        else:
            yield block
    yield from _led(before)


def is_sum_below(block: Block, above: Block | None) -> bool:
    """Whether a block is what the table above it comes to: a strong sentence right below."""
    last = above.blocks[-1] if isinstance(above, Together) else above
    return isinstance(block, Para) and block.look is Look.STRONG and isinstance(last, Table)


def _led(before: Sequence[Heading | Para]) -> Iterator[Block]:
    """Yield headings and a sentence below that lead into no table; none of them ends a page by itself."""
    if not before:
        return
    several = sum(isinstance(one, Heading) for one in before) > 1
    last = before[-1]
    leads = last.text.endswith(":") if isinstance(last, Para) else several
    if several or leads:
        yield Together(tuple(before), LINES_BELOW if leads else 0)
    else:
        yield from before


def _signs(block: Together) -> bool:
    """Whether a block is room to sign alone, which stands with the last sentence above it."""
    return isinstance(block.blocks[0], Signature)


def _goes_on(block: Block, before: Sequence[Heading | Para]) -> bool:
    """Whether a block goes on from headings: one more of them, or the one short sentence below."""
    if not before or isinstance(before[-1], Para):
        return False
    return isinstance(block, Heading) or (isinstance(block, Para) and len(block.text) <= LONGEST_LEAD)


def kept_with_next(table: Table) -> frozenset[int]:
    """Return the rows of a table that share a page with the row after them, by number.

    None stands alone at the top or the foot of a page, nor do the last few of a long table, and no sum or row
    that opens a part of the table is parted from what it is of. A row of long texts goes where it fits.
    """
    last = len(table.rows) - 1
    ends = LAST_ROWS if len(table.rows) > MOST_ROWS else 2
    kept = {0, *range(last - ends + 1, last), *(number - 1 for number in table.sums), *table.sums} - {
        -1,
        last,
    }
    return frozenset(number for number in kept if _is_low(table.rows[number : number + 2]))


def _is_low(rows: Sequence[tuple[str, ...]]) -> bool:
    return all(len(cell) <= LOW_CELL for row in rows for cell in row)


def is_short(block: Table | Pairs | Picture) -> bool:
    """Whether a table, list of pairs or picture is one that a page holds whole."""
    if isinstance(block, Picture):
        return True
    letters = sum(len(cell) for row in block.rows for cell in row)
    return len(block.rows) <= MOST_ROWS and letters <= MOST_LETTERS
