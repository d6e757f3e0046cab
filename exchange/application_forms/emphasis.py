"""What bold type says on a form: it marks questions only where those that are known are bold."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from exchange.application_forms.blocks import TURN, Block, Paragraph, paragraphs_in, with_each
from exchange.application_forms.labels import is_numbered, knows, plain, plain_end
from exchange.application_forms.pieces import ASKED

_FEWEST, _FEWEST_PARTED = 4, 3
"""Known questions by whose looks those of a form are judged."""
_PARTS = re.compile(rf"(?<=\S)\s?{TURN}\s?(?=\S)")


def with_emphasis(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return a form without the bold type that only stresses what somebody answered."""
    known = [one for one in paragraphs_in(blocks) if knows(_label_of(one))]
    parted = sum(_is_parted(one) for one in known)
    stand_out = parted + sum(one.stands_out for one in known)
    is_bold = len(known) < _FEWEST or 4 * stand_out > len(known)
    change = partial(_plain, is_bold=is_bold, is_parted=parted >= _FEWEST_PARTED)
    return tuple(blocks) if is_bold and parted >= _FEWEST_PARTED else with_each(blocks, change)


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
    style = (
        paragraph.style if is_bold or is_label or "h" in paragraph.style else paragraph.style.replace("b", "")
    )
    yield replace(paragraph, text=text, style=style)
