"""What was filled into a form and stands in no answer of it: a person is told, so that nothing is lost."""

import re
from collections.abc import Iterator, Sequence

from exchange.application_forms.blocks import FIELD, FILLED, Block, Cell, Paragraph
from exchange.application_forms.cells import HEADS, paragraphs_of
from exchange.application_forms.choices import resolved, written
from exchange.application_forms.labels import is_guidance, is_question
from exchange.applications.layouts import Answer

_PART = re.compile(r"[\n;]")
_NO_LETTER = re.compile(r"[\W_]+")


def unplaced(blocks: Sequence[Block], answers: Sequence[Answer]) -> list[str]:
    """Return the texts filled into controls, or alone in cells, that no question and no answer has."""
    told = "\n".join(_letters(f"{one.section} {one.question} {one.value or ''}") for one in answers)
    return [
        text
        for text in dict.fromkeys(_filled(blocks))
        if not all(_letters(part) in told for part in _PART.split(text))
    ]


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()


def _filled(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from filter(None, map(written, FILLED.findall(block.text)))
        else:
            for row in block.rows:
                for cell in row:
                    yield from _typed(cell)
                    yield from _filled(cell.blocks)


def _typed(cell: Cell) -> Iterator[str]:
    """Yield the paragraphs of a cell that look like no part of the printed form."""
    for one in paragraphs_of(cell):
        text = resolved([one.text]) or ""
        looks_printed = one.style or is_question(one) or is_guidance(one) or HEADS.fullmatch(text)
        if text and FIELD not in one.text and (one.is_typed or not looks_printed):
            yield text
