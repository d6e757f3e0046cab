"""Make paragraphs and tables of the words of pages, by where they stand between the lines that are drawn."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from exchange.application_forms.blocks import (
    FIELD,
    STRUCK,
    TICKED,
    TURN,
    UNSTRUCK,
    UNTICKED,
    Block,
    Cell,
    Paragraph,
    Table,
)

_NEAR = 3.0
_NARROW = 380.0
"""Points that lines of text are wide at least, where none shows it."""
_PADDING = 11.0
"""What cells without lines leave between their words."""
_GAP = 1.6
"""How many heights of a line part columns on it."""
_MARGIN = 0.08
_FULL = 0.6
_NUMBER_OF_PAGE = re.compile(r"\W*(?:page|tudalen)?\s*\d{1,3}(?:\s*(?:of|/|o)\s*\d{1,3})?\W*", re.IGNORECASE)
_MARK = re.compile(f"[xX✓✔{TICKED}{UNTICKED}]")
_REST_OF_ADDRESS = re.compile(r"[a-z.-]+")
_NUMBER = re.compile(r"\d{1,2}[.)]")
_END_OF_TEXT = (".", "!", "?", ":")


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
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


class Word(Struct, frozen=True):
    """A word, or what stands in a field; `label` is what a field calls itself, "" for nothing."""

    box: Box
    text: str
    style: str = ""
    label: str = ""

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


class _Line(NamedTuple):
    """Words side by side."""

    words: list[Word]

    @property
    def box(self) -> Box:
        found = self.words[0].box
        for word in self.words[1:]:
            found = found.around(word.box)
        return found

    @property
    def height(self) -> float:
        """Return the height of its letters; a field may be higher."""
        own = sorted(word.box.height for word in self.words if not word.is_filled) or [10.0]
        return own[len(own) // 2]

    @property
    def style(self) -> str:
        told = [word for word in self.words if word.text.strip(f"{TICKED}{UNTICKED}") and not word.is_filled]
        return "".join(sign for sign in "bi" if told and all(sign in word.style for word in told))

    @property
    def chunks(self) -> "list[_Line]":
        """Return the parts of the line between wide gaps."""
        found = [[self.words[0]]]
        for before, word in pairwise(self.words):
            if word.box.left - before.box.right > _GAP * self.height and not _is_box(before):
                found.append([])
            found[-1].append(word)
        return [_Line(words) for words in found]

    @property
    def text(self) -> str:
        """Return its words, with a sign where bold ones end and others begin."""
        is_mixed = "b" not in self.style
        ends = (
            is_mixed and "b" in one.style and "b" not in other.style for one, other in pairwise(self.words)
        )
        return "".join(
            (
                f"{word.text}{TURN if ends_here else ' '}"
                for word, ends_here in zip(self.words[:-1], ends, strict=True)
            )
        ) + (self.words[-1].text if self.words else "")


def blocks_of(pages: Sequence[Page]) -> Iterator[Block]:
    """Yield the paragraphs and tables of pages, a table that goes over a page's end as one."""
    held: Table | None = None
    for page in _without_margins(pages):
        for at, block in enumerate(_blocks_of_page(page)):
            if held is not None and at == 0 and isinstance(block, Table):
                held = _joined(held, block)
                continue
            if held is not None:
                yield held
            held = block if isinstance(block, Table) else None
            if held is None:
                yield block
    if held is not None:
        yield held


def _joined(above: Table, below: Table) -> Table:
    """Return a table with its rows on the next page; an answer alone in its row may go on there."""
    last, first = above.rows[-1], below.rows[0]
    goes_on = len(last) == len(first) == 1 and not _text_of(last[0]).rstrip().endswith(_END_OF_TEXT)
    if goes_on and _text_of(first[0])[:1].islower():
        return Table((*above.rows[:-1], (Cell((*last[0].blocks, *first[0].blocks)),), *below.rows[1:]))
    return Table((*above.rows, *below.rows))


def _text_of(cell: Cell) -> str:
    return "\n".join(one.text for one in cell.blocks if isinstance(one, Paragraph))


def _without_margins(pages: Sequence[Page]) -> Iterator[Page]:
    """Yield the pages without their numbers, and without what stands at the edge of each alike."""
    edges = Counter(text for page in pages for text in {_plain(line) for line in _edge_lines(page)})
    for page in pages:
        dropped = {
            id(word)
            for line in _edge_lines(page)
            if _NUMBER_OF_PAGE.fullmatch(line.text) or (edges[_plain(line)] > 1 and len(pages) > 1)
            for word in line.words
        }
        yield page._replace(words=[word for word in page.words if id(word) not in dropped])


def _plain(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _edge_lines(page: Page) -> list[_Line]:
    lines = _lines([word for word in page.words if not word.is_filled])
    if not lines:
        return []
    top, bottom = max(line.box.top for line in lines), min(line.box.bottom for line in lines)
    edge = max(_MARGIN * (top - bottom), 12.0)
    return [line for line in lines if line.box.bottom > top - edge or line.box.top < bottom + edge]


def _blocks_of_page(page: Page) -> list[Block]:
    words, rules = _struck([*page.words, *_ticks(page)], page.rules)
    words = [word for word in words if not _is_typed_mark(word, page.squares)]
    levels = [rule.box for rule in rules if rule.is_level]
    uprights = [rule.box for rule in rules if not rule.is_level]
    cells: dict[Box, list[Word]] = defaultdict(list)
    free: list[Word] = []
    for word in words:
        cell = _cell_around(word.box, levels, uprights)
        (free if cell is None else cells[cell]).append(word)
    blocks = [*_tables(cells), *_free_blocks(free)]
    return [block for _, block in sorted(blocks, key=lambda one: -one[0])]


def _ticks(page: Page) -> Iterator[Word]:
    """Yield the boxes that are drawn, ticked where a mark is typed or drawn in one."""
    seen: list[Box] = []
    for square in sorted(page.squares, key=lambda one: -one.width * one.height):
        if any(_is_within(square, other) for other in seen):
            continue
        seen.append(square)
        inner = [word for word in page.words if _is_within(word.box, square)]
        if any(not _MARK.fullmatch(word.text) for word in inner):
            continue
        area = square.width * square.height
        drawn = any(_is_within(one, square) and one.width * one.height < 0.8 * area for one in page.squares)
        yield Word(square, TICKED if inner or drawn else UNTICKED)


def _is_typed_mark(word: Word, squares: Sequence[Box]) -> bool:
    """Say whether a word is the mark in a box, which stands for both."""
    is_mark = bool(_MARK.fullmatch(word.text)) and word.box not in squares
    return is_mark and any(_is_within(word.box, square) for square in squares)


def _is_within(inner: Box, outer: Box) -> bool:
    across = (inner.left + inner.right) / 2
    return outer.left - 1 <= across <= outer.right + 1 and outer.bottom - 1 <= inner.middle <= outer.top + 1


def _struck(words: list[Word], rules: Sequence[Rule]) -> tuple[list[Word], list[Rule]]:
    """Return the words with those that a line goes through signed so, and the other lines."""
    kept: list[Rule] = []
    through: set[int] = set()
    for rule in rules:
        hit = [at for at, word in enumerate(words) if rule.is_level and _goes_through(rule.box, word)]
        through.update(hit)
        kept.extend(() if hit else (rule,))
    signed = [
        replace(word, text=f"{STRUCK}{word.text}{UNSTRUCK}") if at in through else word
        for at, word in enumerate(words)
    ]
    return signed, kept


def _goes_through(line: Box, word: Word) -> bool:
    box = word.box
    is_in_middle = box.bottom + box.height / 5 < line.middle < box.top - box.height / 5
    return is_in_middle and not word.is_filled and line.left <= box.left + 2 and line.right >= box.right - 2


def _cell_around(box: Box, levels: Sequence[Box], uprights: Sequence[Box]) -> Box | None:
    """Return the cell that the drawn lines make around a word, None where it stands free."""
    across, up = (box.left + box.right) / 2, box.middle
    beside = [one for one in uprights if one.bottom - _NEAR <= up <= one.top + _NEAR]
    along = [one for one in levels if one.left - _NEAR <= across <= one.right + _NEAR]
    left = max((one.right for one in beside if one.right <= across), default=None)
    right = min((one.left for one in beside if one.left >= across), default=None)
    bottom = max((one.top for one in along if one.top <= up), default=None)
    top = min((one.bottom for one in along if one.bottom >= up), default=None)
    if left is None or right is None or bottom is None or top is None:
        return None
    return Box(*(round(edge / _NEAR) * _NEAR for edge in (left, bottom, right, top)))


def _tables(cells: dict[Box, list[Word]]) -> Iterator[tuple[float, Block]]:
    """Yield tables of cells that touch, each from the top, with the places where a cell is empty."""
    waiting = sorted(cells, key=lambda box: (-box.top, box.left))
    group: list[Box] = []
    for cell in waiting:
        if group and not any(_touches(cell, other) for other in group):
            yield _table(group, cells)
            group = []
        group.append(cell)
    if group:
        yield _table(group, cells)


def _touches(cell: Box, other: Box) -> bool:
    return (
        cell.left <= other.right + 2 * _NEAR
        and other.left <= cell.right + 2 * _NEAR
        and cell.bottom <= other.top + 3 * _NEAR
        and other.bottom <= cell.top + 3 * _NEAR
    )


def _table(group: Sequence[Box], cells: dict[Box, list[Word]]) -> tuple[float, Block]:
    lefts = sorted({cell.left for cell in group})
    by_top: dict[float, list[Box]] = defaultdict(list)
    for cell in group:
        near = next((top for top in by_top if abs(top - cell.top) <= _NEAR), cell.top)
        by_top[near].append(cell)
    rows = []
    for top in sorted(by_top, reverse=True):
        row, reached = [], -1e9
        own = {cell.left: cell for cell in sorted(by_top[top])}
        for left in lefts:
            if left in own:
                row.append(Cell(tuple(_paragraphs(cells[own[left]], own[left].right - _PADDING / 2))))
                reached = own[left].right
            elif left >= reached - _NEAR:
                row.append(Cell(()))
        rows.append(tuple(row))
    return max(by_top), Table(tuple(rows))


def _lines(words: Sequence[Word]) -> list[_Line]:
    """Return words as lines from the top, each from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (-_level(one), one.box.left)):
        line = next((one for one in lines[-3:] if _is_level(one, word)), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    return [_Line(sorted(line, key=lambda one: one.box.left)) for line in lines]


def _level(word: Word) -> float:
    """Return how high a word stands; a field of several lines stands beside what its first is beside."""
    return word.box.top - 7 if word.is_filled and word.box.height > 24 else word.box.middle


def _is_level(line: Sequence[Word], word: Word) -> bool:
    height = max(4.0, min(word.box.height, line[-1].box.height, 14.0))
    return abs(_level(line[-1]) - _level(word)) < height * _FULL


def _paragraphs(words: Sequence[Word], right: float) -> list[Paragraph]:
    """Return words as paragraphs, then the fields that say themselves what they ask."""
    lines = _lines([word for word in words if not word.label])
    return [*(paragraph for _, paragraph in _flow(lines, right)), *_labelled(words)]


def _flow(lines: Sequence[_Line], right: float) -> list[tuple[float, Paragraph]]:
    """Return lines as paragraphs with their tops: a line too full for the next word goes on below."""
    found: list[tuple[float, Paragraph]] = []
    last: _Line | None = None
    for line in lines:
        if last is not None and _goes_on(last, line, right):
            top, begun = found[-1]
            found[-1] = top, replace(begun, text=_joined_text(begun.text, line.text))
        else:
            text = "\t".join(chunk.text for chunk in line.chunks)
            found.append((line.box.top, Paragraph(text, line.style)))
        last = line
    return found


def _labelled(words: Sequence[Word]) -> Iterator[Paragraph]:
    """Yield the fields that say themselves what they ask, each with its answer."""
    for word in sorted(words, key=lambda one: (-one.box.top, one.box.left)):
        if word.label:
            yield Paragraph(f"{word.label} {word.text}")


def _goes_on(above: _Line, line: _Line, right: float) -> bool:
    if (
        above.words[-1].is_filled
        or line.words[0].is_filled
        or above.style != line.style
        or _is_box(line.words[0])
    ):
        return False
    begins = line.words[0]
    if _NUMBER.fullmatch(begins.text) or ("b" in begins.style and "b" not in above.words[-1].style):
        return False
    gap = above.box.bottom - line.box.top
    first = line.words[0].box.width + line.height / 4
    is_full = above.box.right + first > right - line.height / 2
    is_address = "@" in above.words[-1].text and bool(_REST_OF_ADDRESS.fullmatch(line.text))
    return gap < line.height * 1.1 and (is_full or is_address or above.text.endswith("\u0002"))


def _joined_text(text: str, more: str) -> str:
    """Return a text with its next line; a word that was parted at the line's end is whole again."""
    if text.endswith("\u0002"):
        return f"{text.rstrip(chr(2))}{more}"
    last = text.rsplit(" ", 1)[-1].rsplit("\t", 1)[-1]
    is_rest = "@" in last and bool(_REST_OF_ADDRESS.fullmatch(more))
    is_address = is_rest or ("@" in last and "." not in last.rpartition("@")[2]) or more.startswith("@")
    return f"{text}{'' if is_address else ' '}{more}"


def _is_box(word: Word) -> bool:
    return word.text in (TICKED, UNTICKED)


def _free_blocks(words: Sequence[Word]) -> Iterator[tuple[float, Block]]:
    """Yield what stands in no cell: columns of questions and answers as tables, other lines as paragraphs."""
    for word in words:
        if word.label:
            yield word.box.top, Paragraph(f"{word.label} {word.text}")
    lines = _lines([word for word in words if not word.label])
    left = min((line.box.left for line in lines), default=0.0)
    right = max((left + _NARROW, *(line.box.right for line in lines)))
    columns = _column_starts(lines)
    held: list[_Line] = []
    is_of_columns = False
    for line in lines:
        own = bool(columns) and _is_of_columns(line, columns, held if is_of_columns else ())
        if own != is_of_columns and held:
            yield from _columns(held, columns) if is_of_columns else _flow(held, right)
            held = []
        is_of_columns = own
        held.append(line)
    if held:
        yield from _columns(held, columns) if is_of_columns else _flow(held, right)


def _column_starts(lines: Sequence[_Line]) -> list[float]:
    """Return where columns begin, from the left, the first excepted."""
    starts = Counter(round(chunk.box.left / _NEAR) for line in lines for chunk in line.chunks[1:])
    found: list[float] = []
    for start, times in sorted(starts.items()):
        is_one = times + starts[start + 1] > 2 and not (found and start * _NEAR - found[-1] < 3 * _NEAR)
        found.extend((start * _NEAR,) if is_one else ())
    return found


def _is_of_columns(line: _Line, columns: Sequence[float], held: Sequence[_Line]) -> bool:
    chunks = line.chunks
    later = chunks if held and held[-1].box.bottom - line.box.top < 2 * line.height else chunks[1:]
    beside = [one for one in later if any(abs(one.box.left - column) < 2 * _NEAR for column in columns)]
    if len(chunks) == 1 and held and not beside:
        return bool(later) and line.box.right < columns[0] and _is_of_label(held[-1], line, columns[0])
    return bool(beside) and len(beside) >= len(chunks) - 1


def _columns(lines: Sequence[_Line], columns: Sequence[float]) -> Iterator[tuple[float, Block]]:
    """Yield columns: of questions and answers as rows, of a form in each one after the other."""
    edges = [*columns, max(line.box.right for line in lines) + _NEAR]
    parted = [_parted(line, columns) for line in lines]
    asked = [side[1].text for side in parted if side[1].words]
    if len(columns) == 1 and 2 * sum(":" in text for text in asked) > len(asked):
        sides = [line for side in zip(*parted, strict=True) for line in side if line.words]
        yield from (
            (lines[0].box.top - n / 1000, Paragraph(one.text, one.style)) for n, one in enumerate(sides)
        )
        return
    rows: list[list[list[Word]]] = []
    before: _Line | None = None
    for sides in parted:
        first = sides[0]
        is_wrapped = bool(first.words) and before is not None and _is_of_label(before, first, edges[0])
        if not rows or (first.words and not is_wrapped):
            rows.append([[] for _ in sides])
        for held, side in zip(rows[-1], sides, strict=True):
            held.extend(side.words)
        before = first if first.words else before
    cells = (
        tuple(Cell(tuple(_paragraphs(words, edge))) for words, edge in zip(row, edges, strict=True))
        for row in rows
    )
    yield lines[0].box.top, Table(tuple(cells))


def _is_of_label(above: _Line, line: _Line, right: float) -> bool:
    """Say whether a line goes on with the question above, or guides who answers it."""
    return "i" in line.style or line.text[:1].islower() or _goes_on(above, line, right - _PADDING)


def _parted(line: _Line, columns: Sequence[float]) -> list[_Line]:
    """Return a line's words by the columns that they begin; one in the midst of others goes with them."""
    sides: list[list[Word]] = [[] for _ in range(len(columns) + 1)]
    for chunk in line.chunks:
        at = -1
        for word in chunk.words:
            if at < 0 or any(abs(word.box.left - column) < 2 * _NEAR for column in columns):
                at = sum(word.box.left >= column - 2 * _NEAR for column in columns)
            sides[at].append(word)
    return list(map(_Line, sides))
