"""The words of a page as lines and paragraphs, by where they stand."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from exchange.application_forms.blocks import FIELD, TICKED, TURN, UNTICKED, Paragraph, joined, marked

NEAR = 3.0
WRAPPED = 0.6
"""How much nearer the lines of one question are than two questions are."""
_BESIDE = 30.0
_GAP = 1.6
"""How many heights of a line part columns on it."""
_SPREAD = 3
"""Gaps of a line at the least that only part its words, where all are as wide."""
_WIDE = 0.9
"""How many heights of a line part the options on it, which stand wider apart than words."""
_SMALL = 5
"""How many heights of a line a field is wide of which several hold one answer: day, month and year."""
_FULL = 0.6
"""How many heights of the smaller one words are apart at most that stand on one line."""
_LOWEST, _HIGHEST = 4.0, 14.0
"""Between which heights letters are taken to be there."""
_REST_OF_ADDRESS = re.compile(r"[a-z.-]+")
_RULED = re.compile(r"[_.…]+")
_BEFORE_COMMA = re.compile(r"(?<=\w) +,(?=\s|$)")
_PARTED = re.compile(r"[\w](?:[._]|-|\d)[\w]")
_BULLET = re.compile("[•·▪◦-]")
_NUMBER = re.compile(r"[A-Z]?\d{1,2}(?:[.)]|\.\d)")


class Box(NamedTuple):
    """A part of a page, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    def within(self) -> "Box":
        """Return the inner part of it, as a mark in a box has."""
        across, up = self.width / 5, self.height / 5
        return Box(self.left + across, self.bottom + up, self.right - across, self.top - up)

    def around(self, other: "Box") -> "Box":
        """Return the smallest box that holds both; it is asked for each letter."""
        left, bottom, right, top = self
        its_left, its_bottom, its_right, its_top = other
        return Box(  # `min` and `max` take four times as long
            left if left <= its_left else its_left,
            bottom if bottom <= its_bottom else its_bottom,
            right if right >= its_right else its_right,
            top if top >= its_top else its_top,
        )

    def is_alike(self, other: "Box") -> bool:
        """Say whether the sides of both lie together."""
        return all(abs(side - its) <= NEAR for side, its in zip(self, other, strict=True))

    def is_beside(self, other: "Box") -> bool:
        """Say whether the other is as high and shares its left or right side."""
        is_level = abs(self.bottom - other.bottom) <= 1 and abs(self.top - other.top) <= 1
        return is_level and min(abs(self.left - other.right), abs(self.right - other.left)) <= 1


class Word(Struct, frozen=True):
    """A word, or what stands in a field; `label` is what a field calls itself, "" for nothing.

    `ink` is the size and the colour of its letters, "" for those of a field.
    """

    box: Box
    text: str
    style: str = ""
    label: str = ""
    ink: str = ""

    @property
    def is_filled(self) -> bool:
        return self.text.startswith(FIELD)


class Rule(NamedTuple):
    """A straight line that is drawn."""

    box: Box
    is_level: bool


class Page(NamedTuple):
    """What stands on a page, upright; `squares` may be boxes to tick."""

    words: list[Word]
    rules: list[Rule]
    squares: list[Box]


class Line(NamedTuple):
    """Words side by side."""

    words: list[Word]

    @property
    def box(self) -> Box:
        """Return the part of the page that its words take."""
        found = self.words[0].box
        for word in self.words[1:]:
            found = found.around(word.box)
        return found

    @property
    def height(self) -> float:
        """Return the height of its letters; a field may be higher, and dots to write on are lower."""
        told = (word for word in self.words if not word.is_filled and word.text[0] not in "._…")
        own = sorted(word.box.height for word in told) or [10.0]
        return own[len(own) // 2]

    @property
    def style(self) -> str:
        """Return what all of its words are: "b" bold, "i" italic, "k" in the second ink of the form."""
        told = [word for word in self.words if word.text.strip(f"{TICKED}{UNTICKED}") and not word.is_filled]
        return "".join(sign for sign in "bik" if told and all(sign in word.style for word in told))

    @property
    def _spread(self) -> float:
        """Return what parts no words of a line that is spread over the page, 0 for any other line."""
        told = [word for word in self.words if not _RULED.fullmatch(word.text)]
        for words in (told, self.words):
            gaps = [word.box.left - before.box.right for before, word in pairwise(words)]
            if len(gaps) >= _SPREAD and max(gaps) - min(gaps) < NEAR and not any(map(is_box, told)):
                return 1.5 * gaps[0]
        return 0.0

    @property
    def chunks(self) -> "list[Line]":
        """Return the parts of the line between wide gaps."""
        found = [[self.words[0]]]
        least = max(_GAP * self.height, self._spread)
        for before, word in pairwise(self.words):
            is_apart = word.box.left - before.box.right > least
            is_choice = is_box(word) and any(map(is_box, found[-1]))
            is_apart |= before.is_filled and word.is_filled and before.box.width > _SMALL * self.height
            if is_apart and not is_box(before) and not is_choice:
                found.append([])
            found[-1].append(word)
        return [Line(words) for words in found]

    @property
    def text(self) -> str:
        """Return its words, with a sign where bold ones end and others begin."""
        is_mixed = "b" not in self.style
        ends = (
            is_mixed and "b" in one.style and "b" not in other.style for one, other in pairwise(self.words)
        )
        texts = [marked(one.text) if is_mixed and "b" in one.style else one.text for one in self.words]
        least = max(_WIDE * self.height, self._spread)
        apart = (one.box.left - before.box.right > least for before, one in pairwise(self.words))
        parted = zip(texts, ends, apart, strict=False)
        begun = "".join(
            f"{text}{TURN if is_end else '  ' if is_wide else ' '}" for text, is_end, is_wide in parted
        )
        return _BEFORE_COMMA.sub(",", begun + "".join(texts[-1:]))


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Return words as lines from the top, each from the left."""
    lines: list[list[Word]] = []
    ends: list[float] = []
    placed = sorted(((_level(word), word) for word in words), key=lambda one: (-one[0], one[1].box.left))
    for level, word in placed:
        for at in range(max(len(lines) - 3, 0), len(lines)):
            if _are_level(lines[at][-1], word, abs(ends[at] - level)):
                lines[at].append(word)
                ends[at] = level
                break
        else:
            lines.append([word])
            ends.append(level)
    told = (sorted(line, key=lambda one: one.box.left) for line in lines if _says_something(line))
    return [Line(line[_is_bullet(line) :]) for line in told]


def _is_bullet(line: Sequence[Word]) -> bool:
    """Say whether a line begins with a bullet before a box to tick."""
    return len(line) > 1 and bool(_BULLET.fullmatch(line[0].text)) and is_box(line[1])


def _says_something(line: Sequence[Word]) -> bool:
    """Say whether a line is more than the end of one to write on."""
    return any(word.is_filled or not _RULED.fullmatch(word.text) for word in line)


def _level(word: Word) -> float:
    """Return how high a word stands; a field of several lines stands beside what its first is beside."""
    _, bottom, _, top = word.box
    return top - 7 if top - bottom > 24 and word.is_filled else (bottom + top) / 2


def _is_level(last: Word, word: Word) -> bool:
    """Say whether a word stands on the line of another, as a small mark beside its letters does."""
    return _are_level(last, word, abs(_level(last) - _level(word)))


def _are_level(last: Word, word: Word, apart: float) -> bool:
    """Say whether words stand on one line whose levels are so far apart; it is asked for each of a page."""
    if apart < _LOWEST * _FULL:
        return True
    _, bottom, _, top = word.box
    _, its_bottom, _, its_top = last.box
    own, its = top - bottom, its_top - its_bottom
    if apart < _HIGHEST * _FULL and apart < min(own, its) * _FULL:
        return True
    if bottom > its_top or its_bottom > top:
        return False
    both = max(top, its_top) - min(bottom, its_bottom)
    return both <= max(own, its) and not (word.is_filled or last.is_filled)


def paragraphs(words: Sequence[Word], right: float) -> list[Paragraph]:
    """Return words as paragraphs, then the fields that say themselves what they ask."""
    lines = lines_of([word for word in words if not word.label])
    return [*(paragraph for _, paragraph in flow(lines, right)), *_labelled(words)]


def flow(lines: Sequence[Line], right: float) -> list[tuple[float, Paragraph]]:
    """Return lines as paragraphs with their tops: a line too full for the next word goes on below."""
    found: list[tuple[float, Paragraph]] = []
    last: Line | None = None
    for at, line in enumerate(lines):
        if last is not None and (goes_on(last, line, right) or _is_one_question(lines[at - 1 : at + 2])):
            top, begun = found[-1]
            found[-1] = top, replace(begun, text=_joined_text(begun.text, line.text))
        else:
            text = "\t".join(chunk.text for chunk in line.chunks)
            found.append((line.box.top, Paragraph(text, line.style)))
        last = line
    return found


def _is_one_question(lines: Sequence[Line]) -> bool:
    """Say whether of three lines the first two are bold and nearer each other than to what follows."""
    if len(lines) < len(("above", "line", "below")) or any(line.style != "b" for line in lines[:2]):
        return False
    apart = [above.box.bottom - line.box.top for above, line in pairwise(lines)]
    if apart[0] > lines[1].height:
        return False
    return not _NUMBER.match(lines[1].text) and apart[0] < WRAPPED * apart[1]


def _labelled(words: Sequence[Word]) -> Iterator[Paragraph]:
    """Yield the fields that say themselves what they ask, each with its answer."""
    for word in sorted(words, key=lambda one: (-one.box.top, one.box.left)):
        if word.label:
            yield Paragraph(f"{word.label} {word.text}")


def goes_on(above: Line, line: Line, right: float) -> bool:
    """Say whether a line goes on with the one above, which is too full for its first word."""
    if (
        above.words[-1].is_filled
        or line.words[0].is_filled
        or above.words[-1].style != line.words[0].style
        or is_box(line.words[0])
    ):
        return False
    begins = line.words[0]
    if _NUMBER.fullmatch(begins.text) or ("b" in begins.style and "b" not in above.words[-1].style):
        return False
    if _are_columns(above, line):
        return False
    gap = above.box.bottom - line.box.top
    first = line.words[0].box.width + line.height / 4
    is_full = above.box.right + first > right - line.height / 2
    is_address = "@" in above.words[-1].text and bool(_REST_OF_ADDRESS.fullmatch(line.text))
    return gap < line.height * 1.1 and (is_full or is_address or above.text.endswith("\u0002"))


def _are_columns(above: Line, line: Line) -> bool:
    """Say whether each part of a line stands below one of the line above: what goes on does so in columns."""
    upper, lower = above.chunks, line.chunks
    below = zip(upper, lower, strict=False)
    return len(upper) == len(lower) > 1 and all(abs(a.box.left - b.box.left) <= NEAR for a, b in below)


def _joined_text(text: str, more: str) -> str:
    """Return a text with its next line; a word that was parted at the line's end is whole again."""
    if text.endswith("\u0002"):
        return joined(f"{text}{more}")
    last = text.rsplit(" ", 1)[-1].rsplit("\t", 1)[-1]
    is_rest = "@" in last and bool(_REST_OF_ADDRESS.fullmatch(more))
    is_begun = " " not in text.strip() and bool(_PARTED.search(text)) and "@" in more.split(" ", 1)[0]
    is_address = (
        is_begun or is_rest or ("@" in last and "." not in last.rpartition("@")[2]) or more.startswith("@")
    )
    return f"{text}{'' if is_address or more.startswith(', ') else ' '}{more}"


def is_box(word: Word) -> bool:
    return word.text in (TICKED, UNTICKED)


def without_twice(words: Sequence[Word]) -> list[Word]:
    """Return the words of a page, each question once: what a field calls itself is printed beside it as well.

    Boxes that call themselves by one question stand together with what each is for.
    """
    words = _with_boxes_together(words)
    free = lines_of([word for word in words if not word.label])
    printed = [(_bare(chunk.text), chunk.words) for line in free for chunk in line.chunks]
    twice = {id(one) for word in words if word.label for one in _printed_as(word.label, printed)}
    guided = {id(word): _guidance_above(word, free, twice) for word in words if word.label}
    twice.update(id(one) for told in guided.values() for one in told)
    return [
        replace(word, label=f"{word.label} {_spaced(guided[id(word)])}") if guided.get(id(word)) else word
        for word in words
        if id(word) not in twice
    ]


def _guidance_above(field: Word, lines: Sequence[Line], asked: set[int]) -> list[Word]:
    """Return the slanted words right above a field, where what it calls itself is printed above them."""
    over = [one for one in lines if one.box.left < field.box.right and field.box.left < one.box.right]
    above = [line for line in over if line.box.bottom > field.box.top - NEAR]
    told = list(takewhile(lambda line: "i" in line.style, reversed(above)))
    first = above[-len(told) - 1] if len(told) < len(above) else None
    is_asked = first is not None and any(id(word) in asked for word in first.words)
    return [word for line in reversed(told) for word in line.words] if is_asked else []


def _with_boxes_together(words: Sequence[Word]) -> list[Word]:
    """Return the words with the boxes of each question, "Is it? Yes" and "Is it? No", as one field.

    Where both call themselves by the question alone, what is printed right of each says what it is for. One
    that calls itself by that alone is read as it is printed.
    """
    asked: defaultdict[str, list[tuple[Word, list[Word]]]] = defaultdict(list)
    for word in words:
        if is_box(word) and word.label:
            beside = _told_beside(word, words)
            asked[_without_end(word.label, beside)].append((word, beside))
    bare = {id(box) for box, _ in asked.pop("", ())}
    several = {
        question: boxes for question, boxes in asked.items() if len(boxes) > 1 and all(map(all, boxes))
    }
    dropped = {id(one) for boxes in several.values() for box, told in boxes for one in (box, *told)}
    fields = [
        Word(boxes[0][0].box, " ".join(f"{box.text} {_spaced(told)}" for box, told in boxes), "", question)
        for question, boxes in several.items()
    ]
    printed = (replace(word, label="") if id(word) in bare else word for word in words)
    return [
        *(one for one, word in zip(printed, words, strict=True) if id(word) not in dropped),
        *fields,
    ]


def _told_beside(box: Word, words: Sequence[Word]) -> list[Word]:
    """Return the words right of a box that say what it is for: all that its label ends with, or these."""
    first = next((one for one in words if _is_beside(one, box)), None)
    if first is None:
        return []
    right = (one for one in words if one.box.left >= first.box.left and _is_level(box, one))
    line = sorted(right, key=lambda one: one.box.left)
    ends = (line[:many] for many in range(len(line), 0, -1))
    return next((told for told in ends if _without_end(box.label, told) != box.label), _nearest(line))


def _nearest(line: Sequence[Word]) -> list[Word]:
    """Return the words from the first of a line up to a wide gap, a field or a box."""
    told = [line[0]]
    for before, word in pairwise(line):
        if word.box.left - before.box.right > before.box.height or word.label or is_box(word):
            break
        told.append(word)
    return told


def _without_end(label: str, told: Sequence[Word]) -> str:
    return f" {label}".removesuffix(f" {_spaced(told)}").strip() if told else label


def _spaced(words: Sequence[Word]) -> str:
    return " ".join(one.text for one in words)


def _is_beside(word: Word, box: Word) -> bool:
    """Say whether a word is printed right of a box."""
    apart = word.box.left - box.box.right
    return not word.label and not is_box(word) and 0 <= apart < _BESIDE and _is_level(box, word)


def _printed_as(label: str, printed: Sequence[tuple[str, Sequence[Word]]]) -> list[Word]:
    """Return the words in which a label is printed, on one line or on several; [] where it is not."""
    sought = _bare(label)
    for start in range(len(printed) if sought else 0):
        text, found = "", list[Word]()
        for part, words in printed[start:]:
            text, found = text + part, [*found, *words]
            if text == sought:
                return found
            if not sought.startswith(text):
                break
    return []


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
