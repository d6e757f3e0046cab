"""Tell what is printed on forms from what was filled in: those of one template have its words alike.

What stands on one form alone was typed there, whatever it looks like; what most have was there before.
Forms of which fewer than `FEWEST` came are told by their looks and words alone.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from exchange.application_forms.blocks import (
    SIGNS,
    TICKED,
    TURN,
    UNTICKED,
    Block,
    Paragraph,
    texts_of,
)

FEWEST, MOST = 3, 12
"""Forms of one template that tell what is printed, and how many of them are looked at."""
_ALIKE, _AS_NEAR = 0.3, 0.8
_FEWEST_LINES, _BEGINNING = 5, 2
"""Lines that begin alike on forms of one template, at the least, and by how many words they do."""
_WORD = re.compile(rf"[^\W_]+|[{TICKED}{UNTICKED}]|[^\w\s{SIGNS}]|_")
_ENDS = frozenset(":?)…_.")
_BETWEEN = re.compile(r"[\s:?)*.…_]*")

Words = tuple[str, ...]


class _Template(Struct):
    """Forms of one template: the lines of the first of them, in order."""

    forms: list[list[Words]]


def told_by_template(forms: Sequence[Sequence[Block]]) -> list[tuple[Block, ...]]:
    """Return forms with "p" in the style of what is printed, and "t" in that of what was typed.

    Between printed words and what was typed after them on one line is a sign, `TURN`.
    """
    lines = [sorted(set(filter(None, map(_words, _lines(blocks))))) for blocks in forms]
    templates = _templates(lines)
    return [
        tuple(_told(blocks, _nearest(own, template), _others(own, template)))
        for blocks, own, template in zip(forms, lines, templates, strict=True)
    ]


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield every text of a form, and each part of one in columns, as another program may lay it out."""
    for text in texts_of(blocks):
        yield text
        if "\t" in text:
            yield from text.split("\t")


def _words(text: str) -> Words:
    return tuple(word for word, _ in _ends_of_words(text))


def _ends_of_words(text: str) -> Iterator[tuple[str, int]]:
    """Yield each word as several forms have it alike, boxes as if none was ticked, and where it ends."""
    for found in _WORD.finditer(text):
        yield found[0].casefold().replace(TICKED, UNTICKED), found.end()


def _templates(forms: Sequence[list[Words]]) -> list[_Template]:
    """Return the template of each form: the one that it has most lines in common with, or its own."""
    templates: list[_Template] = []
    having: defaultdict[Words, list[int]] = defaultdict(list)
    found = []
    for lines in forms:
        told = {line[:_BEGINNING] for line in lines if len(line) > 1}
        common = Counter(at for line in told for at in having[line])
        at, many = max(common.items(), key=lambda one: (one[1], -one[0]), default=(-1, 0))
        if many < max(_FEWEST_LINES, _ALIKE * len(told)):
            at = len(templates)
            templates.append(_Template([]))
        if len(templates[at].forms) <= MOST and lines not in templates[at].forms:
            templates[at].forms.append(lines)
            for line in told:
                if at not in having[line]:
                    having[line].append(at)
        found.append(templates[at])
    return found


def _others(own: list[Words], template: _Template) -> list[list[Words]]:
    return [one for one in template.forms if one is not own]


def _nearest(own: list[Words], template: _Template) -> list[list[Words]]:
    """Return the other forms of a template that are laid out as one is: saved by the same program."""
    common = [(len({*own}.intersection(one)), one) for one in _others(own, template)]
    most = max((many for many, _ in common), default=0)
    return [one for many, one in common if many >= _AS_NEAR * most]


def _told(
    blocks: Sequence[Block], nearest: Sequence[list[Words]], others: Sequence[list[Words]]
) -> Iterator[Block]:
    """Yield the blocks as told; where too few are laid out alike, only what is printed, by all forms."""
    if len(others) < FEWEST - 1:
        yield from blocks
        return
    is_alike = len(nearest) >= FEWEST - 1
    for block in blocks:
        if isinstance(block, Paragraph):
            told = _told_of(block, nearest if is_alike else others)
            yield told if is_alike or told.is_printed else block
        else:
            yield replace(
                block,
                rows=tuple(
                    tuple(replace(cell, blocks=tuple(_told(cell.blocks, nearest, others))) for cell in row)
                    for row in block.rows
                ),
            )


def _told_of(paragraph: Paragraph, others: Sequence[list[Words]]) -> Paragraph:
    ends = list(_ends_of_words(paragraph.text))
    words = tuple(word for word, _ in ends)
    if not words:
        return paragraph
    alike = sorted((_alike(words, lines) for lines in others), reverse=True)
    most = alike[(len(others) + 1) // 2 - 1 if len(others) > FEWEST else FEWEST - 2]
    if most == len(words):
        return replace(paragraph, style=f"{paragraph.style}p")
    if not _is_label(words[:most], len(others)):
        is_known = most >= _BEGINNING or alike[0] == len(words)
        if is_known or paragraph.stands_out or UNTICKED in words:
            return paragraph
        return replace(paragraph, style=f"{paragraph.style}t")
    between = _BETWEEN.match(paragraph.text, ends[most - 1][1])
    assert between is not None, "nothing may stand between"
    label, rest = paragraph.text[: between.end()], paragraph.text[between.end() :]
    if not between[0] or not {*SIGNS}.isdisjoint(paragraph.text) or paragraph.stands_out:
        return paragraph
    return replace(paragraph, text=f"{label}{TURN}{rest}")


def _is_label(words: Words, others: int) -> bool:
    """Say whether words that several forms begin a line with are a label, and not the start of an answer.

    A few forms of one group may begin an answer alike: there a label has an end.
    """
    is_told = words[-1:] and (words[-1] in _ENDS or (len(words) > 1 and others >= FEWEST))
    return any(map(str.isalpha, words)) and bool(is_told)


def _alike(words: Words, lines: list[Words]) -> int:
    """Return how many first words of a line a form has, in the one of its lines that has most of them."""
    at = bisect_left(lines, words)
    return max((_common(words, line) for line in lines[max(at - 1, 0) : at + 1]), default=0)


def _common(words: Words, line: Words) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(words, line, strict=False)) if one != other),
        min(len(words), len(line)),
    )
