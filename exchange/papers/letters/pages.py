"""A letter as a PDF: the words of its Word document under the letterhead, in the blocks of papers."""

import re
from collections.abc import Iterable, Iterator, Sequence

from docx.document import Document as WordDocument
from msgspec.structs import replace

from exchange.papers.document.values import PARAGRAPH_GAP, Block, Document, Heading, Look, Para, Together
from exchange.papers.document.word_blocks import blocks_of, parts_in
from models.papers.letters.letter import Letter
from models.papers.letters.letters import Letters
from models.papers.status import PaperStatus

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
    foot = [_COUNTED.sub("", each.text) for each in word.sections[0].footer.paragraphs if each.text.strip()]
    return Document(
        title=f"{letters.title}, {letter.reference}",
        blocks=tuple(_grouped(tuple(_with_subject(blocks_of(parts))))),
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


def _with_subject(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks; the first line that stands out is the subject."""
    is_named = False
    for block in blocks:
        is_subject = not is_named and isinstance(block, Para) and block.look is Look.STRONG
        is_named = is_named or is_subject
        yield replace(block, look=Look.SUBJECT) if is_subject else block


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
