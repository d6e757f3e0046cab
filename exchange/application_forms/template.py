"""Tell what is printed on forms from what was filled in: those of one template have its words alike.

What stands on one form alone was typed there, whatever it looks like; what most have was there before.
Forms of which fewer than `FEWEST` came are told by their looks and words alone.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice, pairwise

from msgspec import Struct
from msgspec.structs import replace

from exchange.application_forms.blocks import (
    MARKED,
    SIGNS,
    TICKED,
    TURN,
    UNMARKED,
    UNTICKED,
    Block,
    Paragraph,
    paragraphs_in,
    texts_of,
    with_each,
)
from exchange.application_forms.pieces import is_choice

FEWEST, MOST = 3, 12
"""Forms of one template that tell what is printed, and how many of them are looked at."""
_ALIKE, _AS_NEAR = 0.5, 0.8
_FEWEST_LINES, _BEGINNING = 5, 2
"""Lines that begin alike on forms of one template, at the least, and by how many words they do."""
_WORD = re.compile(rf"([^\W_]+|[{TICKED}{UNTICKED}]|[^\w\s{SIGNS}]|_){UNMARKED}?")
_NOT_TOLD = frozenset(SIGNS) - {MARKED, UNMARKED}
"""Signs of lines that their readers have told apart."""
_WITHOUT_MARKS = str.maketrans("", "", f"{MARKED}{UNMARKED}")
_LAST = re.compile(r"[^?:\t]*$")
_ENDS = frozenset(":?)…_.")
_ASKS = frozenset(":?")
_LONGEST_LABEL, _MOST_ENDS, _MOST_LABELS = 20, 50, 50_000
"""Words of a label, ends of labels in a line, and labels of a form that are looked at, at the most."""
_SPEAKS = frozenset({"we", "i", "they", "it", "there", "our", "my", "this", "these", "by"})
"""Begin sentences of who answers, as every form has some, rather than a label without an end."""
_BETWEEN = re.compile(r"[\s:?)*.…_]*")

_FEW_WORDS = 7

Words = tuple[str, ...]


class _Form(Struct):
    """The lines of one form in order, and what may be a label in them: words before a colon or "?"."""

    lines: list[Words]
    labels: frozenset[Words]


def told_by_template(forms: Sequence[Sequence[Block]]) -> list[tuple[Block, ...]]:
    """Return forms with "p" in the style of what is printed, and "t" in that of what was typed.

    Between printed words and what was typed after them on one line is a sign, `TURN`.
    """
    said = [_form_of(blocks) for blocks in forms]
    others = [_Others.of(own, template) for own, template in zip(said, _templates(said), strict=True)]
    return [
        with_each(blocks, partial(_parts, others=one)) if len(one.every) >= FEWEST - 1 else tuple(blocks)
        for blocks, one in zip(forms, others, strict=True)
    ]


def printed_at_length(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the longer texts that are printed on a form: no two applicants answer so alike."""
    texts = (one.text for one in paragraphs_in(blocks) if one.is_printed)
    return frozenset(" ".join(text.split()) for text in texts if len(text.split()) > _FEW_WORDS)


def _form_of(blocks: Sequence[Block]) -> _Form:
    lines = sorted(set(filter(None, map(_words, _lines(blocks)))))
    labels = (label for line in lines for _, label in _labels(line))
    return _Form(lines, frozenset(islice(labels, _MOST_LABELS)))


def _labels(line: Words) -> Iterator[tuple[int, Words]]:
    """Yield what may be a label in a line, the longest before each of its ends first, and where it begins."""
    ends = islice((end for end, word in enumerate(line, start=1) if word in _ASKS), _MOST_ENDS)
    for end in ends:
        for start in range(max(0, end - _LONGEST_LABEL), end - 1):
            yield start, line[start:end]


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield every text of a form, and each part of one in columns, as another program may lay it out."""
    for text in texts_of(blocks):
        yield text
        if "\t" in text:
            yield from text.split("\t")


def _words(text: str) -> Words:
    return tuple(word for word, _ in _ends_of_words(text))


@lru_cache(maxsize=100)
def _ends_of_words(text: str) -> tuple[tuple[str, int], ...]:
    """Return each word as several forms have it alike, boxes as if none was ticked, and where it ends."""
    found = _WORD.finditer(text)
    return tuple((one[1].casefold().replace(TICKED, UNTICKED), one.end()) for one in found)


def _templates(forms: Sequence[_Form]) -> list[list[_Form]]:
    """Return by form the first ones of its template: that with most lines in common, or its own."""
    templates: list[list[_Form]] = []
    having: defaultdict[Words, list[int]] = defaultdict(list)
    found = []
    for form in forms:
        told = {line[:_BEGINNING] for line in form.lines if len(line) > 1}
        common = Counter(at for line in told for at in having[line])
        at, many = max(common.items(), key=lambda one: (one[1], -one[0]), default=(-1, 0))
        if many < max(_FEWEST_LINES, _ALIKE * len(told)):
            at = len(templates)
            templates.append([])
        if len(templates[at]) <= MOST and form not in templates[at]:
            templates[at].append(form)
            for line in told:
                if at not in having[line]:
                    having[line].append(at)
        found.append(templates[at])
    return found


class _Other(Struct):
    """The lines of another form that one has too, and what lines of one may begin as."""

    common: frozenset[Words]
    others: list[Words]

    @classmethod
    def of(cls, own: _Form, other: _Form) -> "_Other":
        """Tell the lines apart: that a line begins as a sentence does which both forms have says nothing."""
        common = frozenset(own.lines).intersection(other.lines)
        return cls(common, [line for line in other.lines if line not in common or line[-1] in _ENDS])


class _Others(Struct):
    """The other forms of a template: those that are laid out as one is, all, and labels that most have."""

    nearest: list[_Other]
    every: list[_Other]
    labels: frozenset[Words]

    @classmethod
    def of(cls, own: _Form, template: Sequence[_Form]) -> "_Others":
        others = [one for one in template if one is not own]
        every = [_Other.of(own, one) for one in others]
        most = max((len(one.common) for one in every), default=0)
        having = Counter(label for one in others for label in one.labels)
        half = max(FEWEST - 1, (len(others) + 1) // 2)
        return cls(
            [one for one in every if len(one.common) >= _AS_NEAR * most],
            every,
            frozenset(label for label, many in having.items() if many >= half),
        )


def _parts(paragraph: Paragraph, others: _Others) -> Iterator[Paragraph]:
    """Yield a paragraph as told, each label in it that others have too from there on by itself.

    Where too few are laid out alike, only what is printed and labels within a line are told, by all forms.
    """
    is_near = len(others.nearest) >= FEWEST - 1
    alike = others.nearest if is_near else others.every
    told, text = _told_of(paragraph, alike), paragraph.text
    if told.is_printed or told.stands_out or not _NOT_TOLD.isdisjoint(text):
        yield told if is_near or told.is_printed else paragraph
        return
    counted = _ends_of_words(text)
    words, ends = tuple(word for word, _ in counted), [0, *(end for _, end in counted)]
    after = len(_words(told.text.partition(TURN)[0])) if TURN in told.text else 1
    starts, reached = list[tuple[int, int]](), after
    for start, label in _labels(words):
        end = start + len(label)
        if end <= reached or label not in others.labels:
            continue
        if start == 0:  # all of it is the label that the line begins with
            reached = end
        elif start >= reached and text[ends[start] :].lstrip()[:1].isupper():
            reached = end
            starts.append((start, reached))
    if not starts:
        yield told if is_near else paragraph
        return
    first = replace(paragraph, text=text[: ends[starts[0][0]]].rstrip())
    yield _told_of(first, alike) if is_near else first
    for (start, end), (following, _) in pairwise([*starts, (len(words), 0)]):
        asked, rest = text[ends[start] : ends[end]].strip(), text[ends[end] : ends[following]].strip()
        if rest:
            yield replace(paragraph, text=f"{asked} {TURN}{rest}")
        else:
            yield Paragraph(asked, f"{paragraph.style}p")


def _told_of(paragraph: Paragraph, others: Sequence[_Other]) -> Paragraph:
    ends = _ends_of_words(paragraph.text)
    words = tuple(word for word, _ in ends)
    if not words:
        return paragraph
    alike = sorted((_alike(words, other) for other in others), reverse=True)
    most = alike[(len(others) + 1) // 2 - 1 if len(others) > FEWEST else FEWEST - 2]
    if most == len(words):
        return replace(paragraph, style=f"{paragraph.style}p")
    if MARKED in paragraph.text:
        most = min(most, len(_words(paragraph.text.partition(MARKED)[0])))
    most = _end_of_label(words, most, alike)
    if not _is_label(words[:most], len(others)):
        begins = most >= _BEGINNING and any(map(str.isalnum, words[:most]))
        is_known = begins or alike[0] == len(words) or _asks_elsewhere(words[: alike[0]])
        if is_known or paragraph.stands_out or UNTICKED in words:
            return paragraph
        return Paragraph(paragraph.text.translate(_WITHOUT_MARKS), f"{paragraph.style}t")
    between = _BETWEEN.match(paragraph.text, ends[most - 1][1])
    assert between is not None, "nothing may stand between"
    label, rest = paragraph.text[: between.end()], paragraph.text[between.end() :]
    last = _LAST.search(paragraph.text)
    is_told = not _NOT_TOLD.isdisjoint(paragraph.text) or (last is not None and is_choice(last[0]))
    if not between[0] or is_told or paragraph.stands_out:
        return paragraph
    return replace(paragraph, text=f"{label}{TURN}{rest}")


def _end_of_label(words: Words, most: int, alike: Sequence[int]) -> int:
    """Return how many words a line's label has, of those that most forms begin a line with.

    Those after its end are of answers that begin alike; one without an end nearly all forms have.
    """
    end = next((at for at in range(most, 0, -1) if words[at - 1] in _ASKS), 0)
    if end and words[end:most][:1] == ("(",):
        return next((at for at in range(end, most) if words[at] == ")"), most - 1) + 1
    if end or words[most - 1] in _ENDS:
        return end or most
    return min(most, alike[len(alike) * 3 // 4])


def _asks_elsewhere(words: Words) -> bool:
    """Say whether the words that one other form has too are a question: one of a form of another year."""
    return len(words) > _BEGINNING and words[-1] in _ASKS


def _is_label(words: Words, others: int) -> bool:
    """Say whether words that several forms begin a line with are a label, and not the start of an answer.

    A few forms of one group may begin an answer alike: there a label has an end.
    """
    is_open = len(words) > 1 and others >= FEWEST and words[0] not in _SPEAKS
    is_told = words[-1:] and (words[-1] in _ENDS or is_open)
    return any(map(str.isalpha, words)) and bool(is_told)


def _alike(words: Words, other: _Other) -> int:
    """Return how many first words of a line a form has, in the one of its lines that has most of them."""
    if words in other.common:
        return len(words)
    lines = other.others
    at = bisect_left(lines, words)
    return max((_common(words, line) for line in lines[max(at - 1, 0) : at + 1]), default=0)


def _common(words: Words, line: Words) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(words, line, strict=False)) if one != other),
        min(len(words), len(line)),
    )
