"""The words of an e-mail as a form: an application that was typed or pasted into the message itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from exchange.application_forms.blocks import (
    MOST_BLOCKS,
    Block,
    Cell,
    Content,
    Paragraph,
    Table,
    with_typed_ticks,
    without_signs,
)
from exchange.application_forms.labels import knows, plain_end
from exchange.application_forms.pieces import ASKED

_FLAGS = re.IGNORECASE | re.MULTILINE
_EARLIER = re.compile(
    r"^[ \t]*(?:-{2,} ?(?:original|forwarded|reply) message ?-*|begin forwarded message:"
    r"|on\b[^\n]{5,200}(?:\n[^\n]{1,100})?\bwrote: *$"
    r"|\*?from:\*? [^\n]+\n\s*\*?(?:sent|date):\*? [^\n]+\n\s*\*?(?:to|cc|subject):)",
    _FLAGS,
)
"""Where an earlier message begins that this one answers or sends on."""
_ANSWERED_BELOW = re.compile(
    r"\b(?:answer|repl|respon|complet|fill|typ|wr[io]t|put)[a-z]*\b[^\n.]{0,60}"
    r"\b(?:below|beneath|underneath|under each|in (?:red|blue|green|purple|bold|colour|capitals|italics))\b",
    re.IGNORECASE,
)
"""Of an earlier message that itself holds what answers it."""
SENT_ON = re.compile(r"\s*fwd?\s*:", re.IGNORECASE)
_HEAD = re.compile(r"(?:[ \t]*\*?(?:from|sent|date|to|cc|subject|reply-to):[^\n]*(?:\n|$)|\s*\n)+", _FLAGS)
_QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
_QUOTED_LINE = re.compile(rf"{_QUOTED.pattern}.*$", re.MULTILINE)
_PROGRAM = re.compile(r"^[ \t]*(?:sent from (?:my|mail|outlook|yahoo)\b.*|get outlook for .*)$", _FLAGS)
_CLOSING = re.compile(
    r"^[ \t]*(?:--[ \t]*|(?:(?:with|many|kind|best|warm|very|our|and|my) )*(?:thanks|regards|wishes)"
    r"(?: (?:and|in advance|again|for|very much|so much)\b[^\n]{0,40})?"
    r"|thank you(?: (?:very much|so much|in advance|for [^\n]{0,40}))?"
    r"|yours(?: (?:sincerely|faithfully|truly|in [^\n]{1,30}))?"
    r"|cheers|diolch(?: yn fawr)?|cofion(?: gorau)?)[ \t]*[,.!]*[ \t]*$",
    _FLAGS,
)
_ENDS_WITH_NAME = re.compile(
    r"\n[ \t]*\n[ \t]*[A-Z][a-z]*(?: [a-z]+){0,3},[ \t]*\n"
    r"(?=[ \t]*([A-Z][\w'-]*)(?: [A-Z][\w'-]*){0,2}[ \t]*(?:\n|$))"
)
"""A few words of one's own before the name of who writes, which the message has said before."""
_LINE = re.compile(r"^.*\S", re.MULTILINE)
_GREETS = re.compile(
    r"[ \t]*(?:dear|hello|hi|good (?:morning|afternoon|evening))\b[^\n:?]{0,60}", re.IGNORECASE
)
_WROTE = re.compile(r"on\b.{5,200}\bwrote: *", re.IGNORECASE)
_LINES = re.compile(r"[\n\u2028]")
"""What parts the lines of a cell."""
_UNDERLINE = re.compile(r"(?:-{3,}|={3,}|~{3,}|\*{3,})")
_MOST_OF_TITLE, _FEWEST_TITLES, _SHORT = 6, 2, 3
_FEWEST_ASKED = 5
"""Known questions in lines that a message quotes, which are then the form itself."""
_FEWEST_BETWEEN, _WRAPPED, _WIDEST = 3, 60, 80
"""Quoted lines that are answered below each, at the least; a shorter one was not broken by a program."""
_CELLS, _FEWEST_ROWS = 2, 3
"""The cells of a question with its answer, and how many such rows are a table."""
_AT_THE_END = 14
"""The lines from before a signature on, at the most; the same words with more below them end nothing."""


def words_as_form(subject: str, words: str) -> Content:
    """Return a message's own words as a form: without what it answers, and without how it is signed.

    Where a message is sent on, or says that it is answered below, what stands there are its words; where it
    answers each question that it quotes below that, so are both.
    """
    if asked := _between_quotes(words):
        return Content(tuple(asked))
    own, quoted = (
        text.split("\n")[:MOST_BLOCKS] for text in (_own_words(subject, words), _quoted_words(words))
    )
    lines = quoted if _asked_in(quoted) >= _FEWEST_ASKED > _asked_in(own) else own
    if blocks := _as_table(lines):
        return Content(blocks)
    lines = _unwrapped([part for line in lines for part in _LINES.split(line.lstrip("\t"))])
    if asked := _underlined(lines):
        return Content(tuple(asked))
    titles = _titles(lines)
    return Content(
        tuple(
            Paragraph(with_typed_ticks(without_signs(line)), "h" if line in titles else "")
            for line in lines
            if line.strip() and not _GREETS.fullmatch(line)
        )
    )


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Return lines of which those that a program broke where they were full are whole again."""
    width = max(map(len, lines), default=0)
    if not _WRAPPED < width <= _WIDEST:
        return list(lines)
    found = list(lines[:1])
    for above, line in pairwise(lines):
        first = line.split(" ", 1)[0]
        if above.strip() and len(above) + len(first) >= width and first[:1].islower():
            found[-1] = f"{found[-1].rstrip()} {line.strip()}"
        else:
            found.append(line)
    return found


def _as_table(lines: Sequence[str]) -> tuple[Block, ...]:
    """Return the table of questions and answers that a page was sent as, and the lines around it.

    () where there is none. A line between two rows goes on with the answer above it, where a tab alone parts
    both cells; a row that begins with a tab has its cells as they are.
    """
    if sum(line.startswith("\t") for line in lines) >= _FEWEST_ROWS:
        return tuple(_with_tables(lines))
    beside = [at for at, line in enumerate(lines) if len(line.strip().split("\t")) == _CELLS]
    if len(beside) < _FEWEST_ROWS:
        return ()
    first, last = beside[0], beside[-1] + 1
    beside = [_begin_of(lines, at, above) for at, above in zip(beside, [-1, *beside], strict=False)]
    first = beside[0]
    ends = (*beside[1:], last)
    texts = ("\n".join(lines[at:end]).strip().partition("\t") for at, end in zip(beside, ends, strict=True))
    rows = tuple((_cell(asked), _cell(answer)) for asked, _, answer in texts)
    return (*_paragraphs(lines[:first]), Table(rows), *_paragraphs(lines[last:]))


def _begin_of(lines: Sequence[str], at: int, above: int) -> int:
    """Return where the label of a row begins: with a question on a line above that has no cell of its own."""
    begins = at
    for before in range(at - 1, above, -1):
        line = lines[before].strip()
        if not line:
            break
        begins = before if plain_end(line) == "?" or knows(line) else begins
    return begins


def _with_tables(lines: Sequence[str]) -> Iterator[Block]:
    """Yield lines as paragraphs, and those that begin with a tab as the rows of tables."""
    for is_row, run in groupby(lines, lambda line: line.startswith("\t")):
        if is_row:
            yield Table(tuple(tuple(map(_cell, line[1:].split("\t"))) for line in run))
        else:
            yield from _paragraphs(one for one in run if not _GREETS.fullmatch(one))


def _underlined(lines: Sequence[str]) -> list[Paragraph]:
    """Return the lines below which dashes stand as questions, the others as typed; [] where few are so.

    Where more questions stand in lines between them, those with dashes are the titles of parts.
    """
    told = [line.strip() for line in lines]
    ruled = {at for at, line in enumerate(told) if at and told[at - 1] and _UNDERLINE.fullmatch(line)}
    known = sum(knows(told[at - 1]) for at in ruled)
    between = [line for at, line in enumerate(told) if not {at, at + 1} & ruled]
    if len(ruled) > 1 and _asked_in(between) > max(known, _FEWEST_TITLES):
        return [
            Paragraph(with_typed_ticks(without_signs(line)), "h" if at + 1 in ruled else "")
            for at, line in enumerate(told)
            if line and at not in ruled and not _GREETS.fullmatch(line)
        ]
    if len(ruled) < _FEWEST_TITLES + 1 or not known:
        return []
    first = min(ruled) - 1
    return [
        Paragraph(with_typed_ticks(without_signs(line)), "b" if at + 1 in ruled else "t")
        for at, line in enumerate(told)
        if line and at >= first and at not in ruled
    ]


def _paragraphs(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(with_typed_ticks(without_signs(line.strip()))) for line in lines if line.strip())


def _cell(text: str) -> Cell:
    return Cell(_paragraphs(_LINES.split(text)))


def _between_quotes(words: str) -> list[Paragraph]:
    """Return the lines that a message quotes as printed, and those below as typed; [] where few are so."""
    found = list[Paragraph]()
    above = ""
    for line in _unsigned(_PROGRAM.sub("", words)).split("\n")[:MOST_BLOCKS]:
        text = _WROTE.sub("", _QUOTED.sub("", line).strip())
        told = with_typed_ticks(without_signs(text))
        is_quoted = bool(_QUOTED.match(line))
        if is_quoted and len(above) >= _WRAPPED and text and above[-1] not in ":?":
            found[-1] = Paragraph(f"{found[-1].text} {told}", "p")
        elif text and (is_quoted or found):
            found.append(Paragraph(told, ("hp" if _is_title(text) else "p") if is_quoted else "t"))
        above = text if is_quoted else ""
    answered = sum(upper.is_printed and lower.is_typed for upper, lower in pairwise(found))
    return found if answered >= _FEWEST_BETWEEN else []


def _titles(lines: Sequence[str]) -> frozenset[str]:
    """Return the lines in capitals that head parts of a form: some stand below what answers a question.

    An answer in capitals stands below its question.
    """
    apart = ["", *(line.strip() for line in lines), ""]
    alone = [at for at, line in enumerate(apart) if line and not apart[at - 1] and not apart[at + 1]]
    told = [at for at in alone if _is_title(apart[at])]
    above = (next((line for line in reversed(apart[:at]) if line), "") for at in told)
    sure = sum(bool(line) and line[-1] not in ":?" for line in above)
    return frozenset(lines[at - 1] for at in told) if sure >= _FEWEST_TITLES else frozenset()


def _is_title(line: str) -> bool:
    """Say whether a line is a few words in capitals: a postcode or "N/A" heads nothing."""
    words = line.split()
    return (
        line.isupper()
        and len(words) <= _MOST_OF_TITLE
        and any(len(w) > _SHORT and w.isalpha() for w in words)
    )


def _own_words(subject: str, words: str) -> str:
    earlier = _EARLIER.search(words)
    if earlier and (SENT_ON.match(subject) or _ANSWERED_BELOW.search(words, 0, earlier.start())):
        below = (
            words[earlier.end() :].partition("\n")[2]
            if earlier[0].lstrip()[0] in "-BbOo"
            else words[earlier.start() :]
        )
        below = _QUOTED.sub("", below)
        own = _HEAD.sub("", below, count=1) if _HEAD.match(below) else below
        again = _EARLIER.search(own)
        words = own[: again.start()] if again else own
    elif earlier:
        words = words[: earlier.start()]
    return _unsigned(_PROGRAM.sub("", _QUOTED_LINE.sub("", words)))


def _quoted_words(words: str) -> str:
    """Return the lines that a message quotes, without the signs before them."""
    lines = (line for line in words.split("\n") if _QUOTED.match(line))
    return "\n".join(_QUOTED.sub("", line) for line in lines)


def _asked_in(lines: Sequence[str]) -> int:
    """Return how many lines begin with a question that applications answer."""
    found = filter(None, map(ASKED.match, lines))
    return sum(knows(one["question"]) for one in found)


def _unsigned(words: str) -> str:
    signed = next(_closings(words), None)
    return words if signed is None else words[:signed]


def _closings(words: str) -> Iterator[int]:
    """Yield where a message is signed, which is looked for among its last lines: few follow."""
    lines = [-1] * _AT_THE_END + [one.start() for one in _LINE.finditer(words)]
    begin, last = lines[-_AT_THE_END], lines[1 - _AT_THE_END]
    named = (one for one in _ENDS_WITH_NAME.finditer(words, begin) if one[1] in words[: one.start()])
    for found in sorted((*_CLOSING.finditer(words, begin), *named), key=re.Match.start):
        if found.end() > last:
            yield found.start()
