"""An agreement as a PDF: the filled-in template's own paragraphs and tables, under the office's head."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from msgspec.structs import replace

from exchange.papers.document.reached import UPRIGHT, reached_lines
from exchange.papers.document.values import Block, Document, Heading, Together
from exchange.papers.document.word_blocks import Part, blocks_of, parts_in
from exchange.papers.headed import named
from models.papers.agreements.grant_agreement import GrantAgreement
from models.papers.status import PaperStatus

NOT_TO_SIGN = "NOT FOR SIGNATURE YET"
HEAD = ("Title", "Subtitle")
TERMS_WITH_SIGNATURES = 3
"""So many headings, that over the signatures among them, stand on the page of the signatures."""


def document_of(word: WordDocument, agreement: GrantAgreement, status: PaperStatus) -> Document:
    """Return the pages of a filled-in template; its title and the head over it are the paper's own.

    What else an office put over the title stands below it.
    """
    found = list(parts_in(word))
    at = next((number for number, part in enumerate(found) if part.style == "Title"), -1)
    titles = [part.text for part in found[: at + 1] if part.style == "Title"]
    under = [part.text for part in found if part.style == "Subtitle"]
    below = [part for part in found[at + 1 :] if part.style not in HEAD]
    head = agreement.letterhead
    return Document(
        title=_title(titles, agreement),
        blocks=_with_signatures_together(
            tuple(blocks_of((*_over(word, found[: at + 1], agreement), *below)))
        ),
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


def _over(word: WordDocument, parts: Sequence[Part], agreement: GrantAgreement) -> Iterator[Part]:
    """Yield what stands in a template's page heads and over its title, but for the office's own lines."""
    head = (named(agreement), "\n".join(reached_lines(agreement.letterhead.reached, UPRIGHT)))
    known = {_plain(words) for words in head} | {""}
    heads = (
        line.text
        for section in word.sections
        for line in section.header.paragraphs
        if next(line._p.iter(qn("w:fldSimple"), qn("w:fldChar")), None) is None
    )
    yield from (Part("Small", text) for text in dict.fromkeys(heads) if _plain(text) not in known)
    for part in parts:
        if part.table is not None or (part.style not in HEAD and _plain(part.text) not in known):
            yield part


def _plain(words: str) -> str:
    return " ".join(words.split())


def marking_of(agreement: GrantAgreement) -> str:
    """Return what stands over each page: that it is not to be signed yet, and a name that is withheld."""
    said = (
        agreement.marking if agreement.is_withheld else "",
        NOT_TO_SIGN if agreement.awaits_answer and agreement.signed_on is None else "",
    )
    return " · ".join(filter(None, said))


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
