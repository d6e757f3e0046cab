"""A paper in prose as a PDF: title, language, outline and selectable text."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from reportlab.platypus import CondPageBreak, FrameBreak, KeepTogether, PageBreak, Spacer

from exchange.atomic import Tick, write_beside
from exchange.papers.document.pdf_blocks import first_page_head, flowables
from exchange.papers.document.values import (
    Block,
    Document,
    Look,
    NewPage,
    Para,
    Signature,
    Together,
    is_sum_below,
    kept_together,
)
from exchange.pdf.fonts import printable, register_fonts
from exchange.pdf.pdf_pages import LANDSCAPE, PORTRAIT, Begins, PageUse, PageWords, Shape, check_pdf
from exchange.pdf.pdf_pages import Document as Pages
from exchange.pdf.pdf_tables import WholeRows, leaves, set_closer, with_smaller_gaps, write_filled
from models.store.private_files import temporary_folder


def write_document_pdf(
    document: Document, path: Path, tick: Tick = None, *, is_private: bool = False
) -> Path:
    """Write a paper and return the path it really has (another when the file is open elsewhere).

    A private one can be read by its owner alone.
    """
    return write_beside(path, partial(_write, document, tick), check_pdf, is_private=is_private)


def _write(document: Document, tick: Tick, part: Path) -> None:
    write_filled(partial(_story, document, _onward(tick)), partial(_laid_out, document, part))


def _laid_out(document: Document, path: Path, story: list[Any]) -> list[PageUse]:
    register_fonts()
    words = _page_words(document)
    return Pages(path, words, document.made_at, _shape(document)).write(story)


def write_letters_pdf(letters: Sequence[Document], title: str, path: Path) -> Path:
    """Write letters one after the other into one PDF, each with a foot and a count of pages of its own."""
    return write_beside(path, partial(_write_letters, letters, title), check_pdf)


def _write_letters(letters: Sequence[Document], title: str, part: Path) -> None:
    story: list[Any] = []
    for letter in letters:
        story += [PageBreak()] if story else []
        story += [Begins(_page_words(letter)), *_filled_story(letter)]
    _laid_out(replace(letters[0], title=title), part, story)


def _filled_story(document: Document) -> list[Any]:
    make = partial(_story, document, None)
    with temporary_folder() as folder:
        is_closer = write_filled(make, partial(_laid_out, document, folder / "alone.pdf"))
    return with_smaller_gaps(make()) if is_closer else make()


def _page_words(document: Document) -> PageWords:
    return PageWords(
        printable(document.title),
        printable(document.marking),
        printable(document.status),
        document.is_draft,
        (printable(document.below[0]), printable(document.below[1])),
        document.is_letter,
    )


def _shape(document: Document) -> Shape:
    return LANDSCAPE if document.is_landscape else PORTRAIT


def _onward(tick: Tick) -> Tick:
    """Return what tells how far it is, and does not go back where the paper is laid out again."""
    if tick is None:
        return None
    reached = 0

    def told(done: int, total: int) -> None:
        nonlocal reached
        reached = max(reached, done)
        tick(reached, total)

    return told


def _story(document: Document, tick: Tick) -> list[Any]:
    register_fonts()
    width, height = _shape(document).inner_width, _shape(document).inner_height
    if document.is_letter:
        return _letter(document, width, height)
    story, done = list(first_page_head(document, width)), 0
    for part in _parts(document.blocks):
        made = _made(part, width, tick, done, len(document.blocks))
        if done and (pages := _pages(made, width, height)) > 1:
            close = (
                replace(block, look=Look.CLOSE)
                if isinstance(block, Para) and block.look is Look.BODY
                else block
                for block in part
            )
            closer = with_smaller_gaps(_made(close, width))
            if _pages(closer, width, height) == pages:
                closer = with_smaller_gaps(closer)
            made = closer if _pages(closer, width, height) < pages else made
        _drop_room(story)
        story += made
        done += len(part)
    return story


CLOSE_LETTERS = (1.0, 1.0), (0.75, 1.0), (0.5, 0.94), (0.35, 0.88)
"""What share of its gaps and of the room of its lines a letter has, for it to come to one page."""


def _letter(document: Document, width: float, height: float) -> list[Any]:
    """Return a letter on one page, its type as large as ever; one that is too long for that as it comes."""
    for gaps, lines in CLOSE_LETTERS:
        story = [*first_page_head(document, width), *_made(document.blocks, width)]
        if _pages(set_closer(story, gaps, lines), width, height) == 1:
            return story
    return [*first_page_head(document, width), *_made(document.blocks, width)]


def _parts(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Yield what stands between pages that begin whatever stands before them."""
    firm = [n for n, block in enumerate(blocks) if n and isinstance(block, NewPage) and block.is_firm]
    for begin, end in zip((0, *firm), (*firm, len(blocks)), strict=True):
        yield blocks[begin:end]


def _pages(story: Iterable[Any], width: float, height: float) -> int:
    found = [leaf for leaf in leaves(story) if not isinstance(leaf, CondPageBreak | PageBreak)]
    return ceil(float(sum(leaf.wrap(width, height)[1] for leaf in found)) / height)


def _made(
    blocks: Iterable[Block], width: float, tick: Tick = None, before: int = 0, total: int = 0
) -> list[Any]:
    """Return a part of a paper as what reportlab sets; `tick` hears of each block, others come `before`."""
    story: list[Any] = []
    above: Block | None = None
    for done, block in enumerate(kept_together(tuple(blocks)), 1):
        if isinstance(block, NewPage):
            _drop_room(story)
        made = flowables(block, width)
        if is_sum_below(block, above) or is_signing(block):
            set_below_rows(story, made)
        else:
            story += made
        above = block
        if tick is not None:
            tick(before + done, total)
    _drop_room(story)
    return story


def _drop_room(story: list[Any]) -> None:
    """Drop the room after the last words, which would open a page of its own."""
    while story and isinstance(story[-1], Spacer):
        story.pop()


LAST_ROWS = 2
"""So many rows of a table stand above those who sign, or above its sum, at least."""
_HAIR = 0.01


def is_signing(block: Block) -> bool:
    """Whether a block has room to sign."""
    inner = block.blocks if isinstance(block, Together) else (block,)
    return any(isinstance(each, Signature) for each in inner)


def set_below_rows(story: list[Any], ending: list[Any]) -> None:
    """Add what signs a story, or sums its table, bound to the last rows of a table where one ends it."""
    last = next((n for n in range(len(story) - 1, -1, -1) if not isinstance(story[n], Spacer)), 0)
    above = list(leaves(story[last:]))
    at = next((n for n in range(len(above) - 1, -1, -1) if not isinstance(above[n], Spacer)), 0)
    if above and isinstance(above[at], WholeRows):
        story[last:] = [WithLastRows(above[:at], above[at], [*above[at + 1 :], *leaves(ending)])]
    else:
        story += ending


class WithLastRows(KeepTogether):  # type: ignore[misc]
    """A table with what leads to it and what ends it; where these do not fit, the table's end goes along."""

    def __init__(self, lead: list[Any], rows: WholeRows, below: list[Any]) -> None:
        super().__init__([*lead, rows, *below])
        self.lead, self.rows, self.below = lead, rows, below

    def split(self, width: float, height: float) -> list[Any]:
        """Return what stands here and what goes to the next page, with two rows of the table at least."""
        whole = list(super().split(width, height))
        if height >= self._H:
            return whole
        room = height - sum(each.wrapOn(self.canv, width, height)[1] for each in self.lead)
        self.rows.wrapOn(self.canv, width, height)
        heights = self.rows._rowHeights
        on_next = [whole[0], self] if isinstance(whole[0], type(FrameBreak)) else whole
        if self.lead and sum(heights) > room:
            return on_next
        parts = self.rows.split(width, min(room, sum(heights[:-LAST_ROWS]) + _HAIR))
        if not parts[1:]:
            return on_next  # it cannot be parted here
        return [*self.lead, parts[0], WithLastRows([], parts[1], self.below)]
