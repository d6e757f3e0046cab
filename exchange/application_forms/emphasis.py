"""What bold type says on a form: it marks questions only where those that are known are bold."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from msgspec.structs import replace

from exchange.application_forms.blocks import SIGNS, TURN, Block, Paragraph, paragraphs_in, with_each
from exchange.application_forms.labels import (
    SHAPED,
    asks_at_length,
    is_numbered,
    is_of_bank,
    is_of_signing,
    is_section,
    knows,
    plain,
    plain_end,
)
from exchange.application_forms.pieces import ASKED, is_marked
from exchange.applications.fields import YES_OR_NO, is_likely
from exchange.applications.table import fields_asked

_FEWEST, _FEWEST_PARTED, _FEWEST_TITLES, _MOST_OF_TITLE = 4, 3, 2, 6
_MOST_OF_LABEL = 20
_BEFORE_ANSWER = re.compile(rf"[:\t?{TURN}]|[._…]{{3,}}")
"""Known questions by whose looks those of a form are judged."""
_INLINE = re.compile(r"\s*(?:\(?\w{1,2}[.)]\s+)?(?P<label>[^\W\d][^:\n\t?.]{1,40}):(?!//)[ \t]+\S")
"""A line with few words, a colon and more."""
_QUESTION_NUMBER = re.compile(r"\s*q(?:uestion)?\s?\d", re.IGNORECASE)
_SIGNS = re.compile(f"[{SIGNS}\t]|_{{3}}|\\.{{4}}")
_PARTS = re.compile(rf"(?<=\S)\s?{TURN}\s?(?=\S)")


def with_emphasis(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return a form without the bold type that only stresses what somebody answered.

    Lines in which only a colon speaks for a label are typed, where known questions are not asked so.
    """
    blocks = _by_ink(blocks)
    known = [one for one in paragraphs_in(blocks) if knows(_label_of(one))]
    parted = sum(_is_parted(one) for one in known)
    stand_out = parted + sum(one.stands_out for one in known)
    is_bold = len(known) < _FEWEST or 4 * stand_out > len(known)
    inline = sum(bool(_INLINE.match(one.text)) and TURN not in one.text for one in known)
    is_inline = len(known) < _FEWEST or 6 * inline > len(known)
    if not is_bold:
        blocks = _with_titles(blocks)
    change = partial(_plain, is_bold=is_bold, is_parted=parted >= _FEWEST_PARTED)
    told = tuple(blocks) if is_bold and parted >= _FEWEST_PARTED else with_each(blocks, change)
    return told if is_inline else with_each(told, _as_typed)


def _by_ink(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return a form with what is in the ink of its questions as bold, where all else is in another ink."""
    told = [one for one in paragraphs_in(blocks) if one.text.strip() and not one.stands_out]
    second = [one for one in told if "k" in one.style]
    usual = [one for one in told if "k" not in one.style]
    if not second:
        return blocks
    is_second = len(second) >= _FEWEST and _known_of(second) >= 1 / 2 and _known_of(usual) < 1 / 4
    is_usual = len(usual) >= _FEWEST and _known_of(usual) >= 1 / 2 and _known_of(second) < 1 / 4

    def told_by(paragraph: Paragraph) -> Iterator[Paragraph]:
        is_asking = is_second if "k" in paragraph.style else is_usual
        style = paragraph.style.replace("k", "")
        is_label = is_asking and "i" not in style and len(paragraph.text.split()) <= _MOST_OF_LABEL
        yield replace(paragraph, style=f"{style}b" if is_label and "b" not in style else style)

    return with_each(blocks, told_by)


def _known_of(paragraphs: Sequence[Paragraph]) -> float:
    """Return the part of some lines that are known questions."""
    return sum(knows(_label_of(one)) for one in paragraphs) / max(len(paragraphs), 1)


def _with_titles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return a form with the short bold lines as headings that stand right above questions, as two do."""
    told = [one for one in blocks if not isinstance(one, Paragraph) or one.text.strip()]
    above = [
        upper for upper, lower in pairwise(told) if _is_short_title(upper) and _begins_with_question(lower)
    ]
    if len(above) < _FEWEST_TITLES:
        return tuple(blocks)
    are_underlined = all(map(_is_underlined, above))
    titles = {id(one) for one in (filter(_is_underlined, told) if are_underlined else above)}
    return tuple(
        replace(one, style=f"{one.style}h") if isinstance(one, Paragraph) and id(one) in titles else one
        for one in blocks
    )


def _is_underlined(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_marked(block.text) and _is_short_title(block)


def _is_short_title(block: Block) -> bool:
    if not isinstance(block, Paragraph) or "b" not in block.style or TURN in block.text:
        return False
    return len(block.text.split()) <= _MOST_OF_TITLE and plain_end(block.text) not in ("?", ":", ".")


def _begins_with_question(block: Block) -> bool:
    first = next(paragraphs_in([block]), None)
    label = _BEFORE_ANSWER.split(first.text.strip())[0] if first else ""
    return bool(label) and (
        knows(label) or is_of_bank(label) or is_of_signing(label) or "£" in first_of(first)
    )


def first_of(paragraph: Paragraph | None) -> str:
    """Return what stands right of a gap in a line: the sum of what costs it."""
    return paragraph.text.rpartition("\t")[2] if paragraph and "\t" in paragraph.text else ""


def _as_typed(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield a line of an answer, "School: we will ask them", as typed."""
    lines = list(filter(str.strip, paragraph.text.split("\n")))
    told = [found for line in lines if (found := _INLINE.match(line)) and not _QUESTION_NUMBER.match(line)]
    is_part = any(map(is_section, lines))
    is_plain = not (paragraph.style or is_part) and not _SIGNS.search(paragraph.text)
    is_told = told and not any(_asks(found["label"], found.string[found.end() - 1 :]) for found in told)
    is_asking = any(plain_end(line) in ("?", ":") for line in lines)
    yield replace(paragraph, style="t") if is_plain and is_told and not is_asking else paragraph


def _asks(label: str, rest: str) -> bool:
    """Say whether a label is of something brief that a form asks, and what follows it may be that."""
    fields = fields_asked(plain(label), {}) - YES_OR_NO
    text = rest.strip()
    is_name = text[:1].isupper() and not text.endswith(".")
    is_theirs = any(is_likely(field, text) if field in SHAPED else is_name for field in fields)
    return is_of_bank(label) or is_of_signing(label) or (is_theirs and not asks_at_length(label))


def _label_of(paragraph: Paragraph) -> str:
    found = ASKED.match(paragraph.text.strip())
    return plain(found["question"] if found else paragraph.text)


def _is_parted(paragraph: Paragraph) -> bool:
    """Say whether bold type ends where a known question does."""
    return TURN in paragraph.text and knows(paragraph.text.partition(TURN)[0])


def _plain(paragraph: Paragraph, *, is_bold: bool, is_parted: bool) -> Iterator[Paragraph]:
    before = paragraph.text.partition(TURN)[0]
    is_label = knows(before) or is_numbered(before) or plain_end(before) in ("?", ":")
    keeps = is_label or is_parted
    text = paragraph.text if keeps else _PARTS.sub(" ", paragraph.text)
    style = paragraph.style if is_bold or "h" in paragraph.style else paragraph.style.replace("b", "")
    yield replace(paragraph, text=text, style=style)
