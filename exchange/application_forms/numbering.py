"""Which lines of a form are its numbered questions, told from lists within answers by their order."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from exchange.application_forms.blocks import (
    FIELD,
    NUMBERED,
    TICKED,
    TURN,
    UNTICKED,
    Block,
    Paragraph,
    paragraphs_in,
    with_each,
    with_typed_ticks,
)
from exchange.application_forms.labels import is_numbered, knows, plain_end

_NUMBER = re.compile(
    r"\s*(?P<sign>q(?:uestion)?\.?\s?)?(?P<part>[A-Z](?=\d))?(?P<figures>\d{1,2}(?:\.\d{1,2}){0,2})"
    rf"(?P<sub>[a-z]?)(?:\s?(?P<end>[.):])[\s{TURN}]*|\s+)(?=[^\W\d]|[‘“(])",
    re.IGNORECASE,
)
_ROW = re.compile(
    rf"[\s{NUMBERED}]*\(?(?P<number>\d{{1,2}})[.)]?\s+(?P<label>[^\W\d][^:.…_\t\n]*?)\s*(?::|[._]{{3,}}|…+|\t|{TURN})"
)
_FEWEST = 4
_KNOWN = 1 / 3

Place = tuple[str, tuple[int, ...], str]
_Line = tuple[str, tuple[Place, str]]
"""The key of a line, its place among the numbers of a form, and what follows its number."""


def with_numbers(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with a sign before each numbered question, and typed boxes as signs.

    A form numbers its questions in one way and upwards; what is numbered otherwise is within an answer.
    """
    lines = [line for one in paragraphs_in(blocks) if not one.is_typed for line in one.text.split("\n")]
    numbered = frozenset(_numbered(lines))
    return with_each(blocks, lambda paragraph: [_signed(paragraph, numbered)])


def _signed(paragraph: Paragraph, numbered: frozenset[str]) -> Paragraph:
    lines = (_with_sign(line, numbered) for line in paragraph.text.split("\n"))
    return replace(paragraph, text=with_typed_ticks("\n".join(lines)))


def _with_sign(line: str, numbered: frozenset[str]) -> str:
    found = _NUMBER.match(line)
    if found is None or _key(line, found) not in numbered:
        return line
    return f"{NUMBERED}{_number(found)} {line[found.end() :]}"


def _key(line: str, found: "re.Match[str]") -> str:
    """Return a number with the word after it, as every form in a file has them."""
    return f"{_number(found)} {line[found.end() :].split()[0]}"


def _number(found: "re.Match[str]") -> str:
    return found[0].strip(f" \t{TURN}")


def _numbered(lines: Sequence[str]) -> Iterator[str]:
    """Yield the keys of the questions: the longest run upwards of each way to number that has known ones."""
    ways: defaultdict[tuple[bool, bool, str], dict[str, tuple[Place, str]]] = defaultdict(dict)
    for line in lines:
        if found := _NUMBER.match(line):
            way = bool(found["sign"]), bool(found["part"]), found["end"] or ""
            figures = tuple(map(int, found["figures"].split(".")))
            place = ((found["part"] or "").upper(), figures, found["sub"].casefold())
            ways[way].setdefault(_key(line, found), (place, line[found.end() :]))
    runs = [_upwards(list(told.items())) for told in ways.values()]
    of_questions = [run for run in runs if len(run) >= _FEWEST and _known(run) >= _KNOWN * len(run)]
    yield from (key for run in of_questions for key, _ in run)
    if not of_questions:
        marked = (told for (is_question, _, end), told in ways.items() if is_question or end)
        yield from (key for told in marked for key, (_, asked) in told.items() if _asks(asked))


def rows_from(blocks: Sequence[Block], at: int) -> Sequence[str]:
    """Return the lines of a list from a block on, each with its number and the same label: "2. Name:"."""
    lines: list[str] = []
    label = ""
    for number, block in enumerate(blocks[at:], start=1):
        found = _ROW.match(block.text) if isinstance(block, Paragraph) else None
        if found is None or int(found["number"]) != number or found["label"] != (label or found["label"]):
            break
        label = found["label"]
        lines.append(found.string)
    return lines if len(lines) > 1 else ()


def _known(run: Sequence[_Line]) -> int:
    return sum(knows(asked) for _, (_, asked) in run)


def _asks(text: str) -> bool:
    return knows(text) or plain_end(text) in ("?", ":")


def _upwards(lines: Sequence[_Line]) -> list[_Line]:
    """Return the longest part of a sequence that goes upwards."""
    ends: list[Place] = []
    lengths: list[int] = []
    for _, (place, _) in lines:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    found, wanted = list[_Line](), len(ends) - 1
    for line, length in zip(reversed(lines), reversed(lengths), strict=True):
        if length == wanted:
            found.append(line)
            wanted -= 1
    return found[::-1]


_GUIDED = re.compile(
    rf"([^?{TURN}]*\?) +((?!(?:We|I|Our|My|It|Yes|No)\b)[A-Z][^?{TURN}{FIELD}{TICKED}{UNTICKED}]*)"
)
_ENDS_GUIDANCE = re.compile(r"(?:\.|\byes ?/ ?no\W*)$", re.IGNORECASE)


def with_guidance(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with what guides behind a question as a line of its own, slanted.

    It guides where most numbered questions of the form are answered on the line below, as this one is.
    """
    told = [one for one in blocks if not isinstance(one, Paragraph) or one.text.strip()]
    asked = [one for one in told if _is_asked(one)]
    answered = [upper for upper, lower in pairwise(told) if _is_asked(upper) and _answers(lower)]
    guided = {id(one): one for one in answered if isinstance(one, Paragraph) and _guidance_of(one)}
    if len(answered) - len(guided) < max(_FEWEST, len(asked) // 2):
        return blocks
    return [part for one in blocks for part in (_parted(guided[id(one)]) if id(one) in guided else (one,))]


def _is_asked(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_numbered(block.text)


def _answers(block: Block) -> bool:
    return isinstance(block, Paragraph) and not is_numbered(block.text) and not block.style


def _guidance_of(paragraph: Paragraph) -> str:
    """Return the sentences behind a question, which look as it does; "" for none."""
    found = _GUIDED.fullmatch(paragraph.text.strip())
    return found[2] if found and not paragraph.style and _ENDS_GUIDANCE.search(found[2]) else ""


def _parted(question: Paragraph) -> Iterator[Paragraph]:
    guidance = _guidance_of(question)
    yield Paragraph(question.text.strip().removesuffix(guidance).rstrip())
    yield Paragraph(guidance, "i")
