"""Make paragraphs and tables of the words of pages, by where they stand between the lines that are drawn."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, groupby

from msgspec.structs import replace

from exchange.application_forms.blocks import (
    END,
    FIELD,
    MARKED,
    STRUCK,
    TICKED,
    UNMARKED,
    UNSTRUCK,
    UNTICKED,
    Block,
    Cell,
    Paragraph,
    Table,
    is_mere_number,
)
from exchange.application_forms.page_columns import PADDING, free_blocks
from exchange.application_forms.page_lines import (
    NEAR,
    Box,
    Line,
    Page,
    Rule,
    Word,
    flow,
    is_box,
    lines_of,
    paragraphs,
    without_twice,
)

_MARGIN = 0.08
_NUMBER_OF_PAGE = re.compile(
    r"\W*(?P<said>page|tudalen)?\s*(?P<number>\d{1,3})(?P<of>\s*(?:of|/|o)\s*\d{1,3})?\W*", re.IGNORECASE
)
_COUNTS_PAGES = re.compile(
    r"(?<![:£])(?<![:£] )\b\d{1,3}(?:\s*(?:of|/|o)\s*\d{1,3})?\W*$|^\W*\d{1,3}\b", re.IGNORECASE
)
"""The part of a line at a page's edge that is another one on each page; a sum or an answer is none."""
_MOST_BEFORE = 2
"""Pages that may be numbered otherwise than counted: a cover, a page of notes."""
_WORDS = re.compile(r"[^\W\d_]{2}")
_MARK = re.compile(f"[xX✓✔{TICKED}{UNTICKED}]")
_END_OF_TEXT = (".", "!", "?", ":")
_CURRENCIES = ("£", "€", "$")
_SENTENCE = 3
"""Words at the least with which a line goes on after its field, and not only says in what that is counted."""
_LOW = 3
"""How many heights of a line a box is high at most that the line goes on after."""
_CLOSE = 1.5
"""How many heights of a line it goes on at most after its field."""
_EMPTY = f"{FIELD}{END}"
_OPEN = ("/", ",", "(", "&")
"""Behind which a label goes on."""
_Cells = dict[Box, list[Word]]
"""The words in each cell of a table."""
Margin = tuple[list[Line], list[Line]]
"""The lines of a page that stand at the edge of others too, and its numbers."""
_Span = tuple[float, float]
"""Between which heights a line is beside a word."""


class _Drawn:
    """The lines that are drawn on a page, and what is known of the sides of its cells: each word asks."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._levels = [rule.box for rule in rules if rule.is_level]
        uprights = (rule.box for rule in rules if not rule.is_level)
        self._uprights = sorted(uprights, key=lambda box: box.bottom)
        self._sides: dict[tuple[float, float, float], bool] = {}

    def cell_around(self, box: Box) -> Box | None:
        """Return the cell that the lines make around a word, None where it stands free."""
        across, up = (box.left + box.right) / 2, box.middle
        beside = [one for one in self._uprights if one.bottom - NEAR <= up <= one.top + NEAR]
        along = [one for one in self._levels if one.left - NEAR <= across <= one.right + NEAR]
        left = max((one.right for one in beside if one.right <= across), default=None)
        right = min((one.left for one in beside if one.left >= across), default=None)
        bottom = max((one.top for one in along if one.top <= up), default=None)
        top = min((one.bottom for one in along if one.bottom >= up), default=None)
        if left is None or right is None or bottom is None or top is None:
            return None
        if not all(self._is_side(side, bottom, top) for side in (left, right)):
            return None
        return Box(*(round(edge / NEAR) * NEAR for edge in (left, bottom, right, top)))

    def _is_side(self, side: float, bottom: float, top: float) -> bool:
        """Say whether lines go all the way up a side, and not only up the boxes beside it."""
        known = self._sides.get((side, bottom, top))
        if known is None:
            known = self._sides[side, bottom, top] = self._reached(side, bottom) >= top
        return known

    def _reached(self, side: float, bottom: float) -> float:
        """Return how far up a side lines go, the lowest first."""
        reached = bottom + 2 * NEAR
        for one in self._uprights:
            if one.bottom <= reached and -NEAR <= one.left - side <= NEAR:  # `abs` takes twice as long
                reached = max(reached, one.top + NEAR)
        return reached


def blocks_of(pages: Sequence[Page], margins: Sequence[Margin]) -> Iterator[Block]:
    """Yield the paragraphs and tables of pages, a table that goes over a page's end as one."""
    found: list[Block] = []
    for page in _without_margins(pages, margins):
        blocks = _blocks_of_page(page)
        above, below = found[-1:], blocks[:1]
        match [*above, *below]:
            case [Table() as upper, Table() as lower]:
                found[-1:] = [_joined(upper, lower)]
            case _:
                found[-1:] = _run_on(above, below)
        del blocks[:1]
        found += blocks
    yield from found


def printed_lines(pages: Sequence[Page]) -> Iterator[Paragraph]:
    """Yield what is printed on pages and filled in, from the top, without what stands at the edges of all."""
    pages_lines = list(map(_lines_with_ticks, pages))
    edges = Counter(place for lines in pages_lines for place in {_place(line) for line in lines})
    fewest = max(2, len(pages) - 1)
    for lines in pages_lines:
        below = list(dropwhile(lambda line: _repeats(line, edges) >= fewest, lines))
        body = list(dropwhile(lambda line: _repeats(line, edges) >= fewest, reversed(below)))[::-1]
        right = max((line.box.right for line in body), default=0.0)
        yield from (paragraph for _, paragraph in flow(body, right))


def _lines_with_ticks(page: Page) -> list[Line]:
    words = [replace(word, label="") for word in page.words if not _is_typed_mark(word, page.squares)]
    return lines_of([*words, *_ticks(page)])


def _joined(above: Table, below: Table) -> Table:
    """Return a table with its rows on the next page; an answer alone in its row may go on there."""
    last, first = above.rows[-1], below.rows[0]
    if len(last) == len(first) > 1 and _is_rest(first, last):
        row = tuple(Cell((*one.blocks, *more.blocks)) for one, more in zip(last, first, strict=True))
        return Table((*above.rows[:-1], row, *below.rows[1:]))
    if len(last) == len(first) == 1:
        parts = (*last[0].blocks, *first[0].blocks)
        whole = _run_on(last[0].blocks, first[0].blocks)
        if len(whole) < len(parts):
            return Table((*above.rows[:-1], (Cell(tuple(whole)),), *below.rows[1:]))
    return Table((*above.rows, *below.rows))


def _run_on(above: Sequence[Block], below: Sequence[Block]) -> list[Block]:
    """Return blocks with those on the next page, a paragraph that the page's end parts as one."""
    last, first = above[-1] if above else None, below[0] if below else None
    if isinstance(last, Paragraph) and isinstance(first, Paragraph) and last.style == first.style:
        is_open = not last.text.rstrip().endswith(_END_OF_TEXT)
        if is_open and first.text[:1].islower():
            return [*above[:-1], replace(last, text=f"{last.text} {first.text}"), *below[1:]]
    return [*above, *below]


def _is_rest(row: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Say whether a row is the rest of the one above: its label goes on, or has no number as that has.

    So is a row of several questions that does not begin with one.
    """
    begins = _text_of(row[0])
    last = _text_of(above[0]).rstrip()
    is_after = len(row) > len(("question", "answer")) or is_mere_number(last)
    return begins[:1].islower() or last.endswith(_OPEN) or (not begins.strip() and is_after)


def _text_of(cell: Cell) -> str:
    return "\n".join(one.text for one in cell.blocks if isinstance(one, Paragraph))


def paragraphs_of(margins: Sequence[Margin]) -> tuple[Paragraph, ...]:
    """Return what stands at the edge of several pages, each line once."""
    lines = (line.text for lines, _ in margins for line in lines)
    return tuple(map(Paragraph, dict.fromkeys(lines)))


def _without_margins(pages: Sequence[Page], margins: Sequence[Margin]) -> Iterator[Page]:
    """Yield the pages without their numbers, and without what stands at the edge of several at one height."""
    for page, (repeated, numbers) in zip(pages, margins, strict=True):
        dropped = {id(word) for line in (*repeated, *numbers) for word in line.words}
        yield page._replace(words=[word for word in page.words if id(word) not in dropped])


def margins_of(pages: Sequence[Page]) -> list[Margin]:
    """Return by page the lines that stand at the edge of others at the same height, and its numbers."""
    at_edges = list(map(_edge_lines, pages))
    edges = Counter(place for lines in at_edges for place in {_place(line) for line in lines})
    return [
        (
            [
                line
                for line in lines
                if _WORDS.search(line.text)
                and _is_repeated(line, edges)
                and not _is_number_of(number, line.text)
                and not _asks(line.text)
            ],
            [line for line in lines if _is_number_of(number, line.text) or _ends_with_number(number, line)],
        )
        for number, lines in enumerate(at_edges, start=1)
    ]


def _asks(text: str) -> bool:
    """Say whether a line is a question alone, as each of several forms in a file may begin with it."""
    from exchange.application_forms.labels import knows  # slow to load, and few forms repeat a line

    question = text.rstrip(" :")
    return ":" not in question and knows(question)


def _is_number_of(page: int, text: str) -> bool:
    """Say whether a line is the number of a page; a mere figure far from that may be an answer."""
    found = _NUMBER_OF_PAGE.fullmatch(text)
    if found is None:
        return False
    return bool(found["said"] or found["of"]) or abs(int(found["number"]) - page) <= _MOST_BEFORE


def _ends_with_number(page: int, line: Line) -> bool:
    """Say whether a line ends, a gap after other words, with the number of its page: "Form 2    Page 1"."""
    last = line.chunks[-1].text if len(line.chunks) > 1 else ""
    found = _NUMBER_OF_PAGE.fullmatch(last)
    return bool(found and (found["said"] or found["of"])) and _is_number_of(page, last)


def _place(line: Line) -> tuple[str, int]:
    return _COUNTS_PAGES.sub("#", line.text), round(line.box.top / NEAR)


def _is_repeated(line: Line, edges: Counter[tuple[str, int]]) -> bool:
    return _repeats(line, edges) > 1


def _repeats(line: Line, edges: Counter[tuple[str, int]]) -> int:
    text, height = _place(line)
    return sum(edges[text, at] for at in (height - 1, height, height + 1))


def _edge_lines(page: Page) -> list[Line]:
    lines = lines_of([word for word in page.words if not word.is_filled])
    if not lines:
        return []
    boxes = [line.box for line in lines]
    top, bottom = max(box.top for box in boxes), min(box.bottom for box in boxes)
    edge = max(_MARGIN * (top - bottom), 12.0)
    return [
        line
        for line, box in zip(lines, boxes, strict=True)
        if (box.bottom > top - edge or box.top < bottom + edge) and not any(map(is_box, line.words))
    ]


def _blocks_of_page(page: Page) -> list[Block]:
    words, rules = _struck([*without_twice(page.words), *_ticks(page)], page.rules)
    words, rules = _underlined(words, rules)
    words = [word for word in words if not _is_typed_mark(word, page.squares)]
    drawn = _Drawn(rules)
    cells: _Cells = defaultdict(list)
    free: list[Word] = []
    for word in words:
        cell = drawn.cell_around(word.box)
        (free if cell is None else cells[cell]).append(word)
    lines = lines_of([word for word in free if not word.label])
    free += _beside_options(cells, lines)
    _join_unasked(cells, lines)
    rows = [*_asked_right(cells, free, drawn), *_asked_in_two_lines(free)]
    told = {id(word) for _, *row in rows for words in row for word in words}
    others = {box: own for box, own in cells.items() if id(own[0]) not in told}
    waiting = [word for word in free if id(word) not in told]
    rows += [*_asked_beside(others, waiting), *_asked_above(others, waiting, drawn)]
    taken = {id(word) for _, *row in rows for words in row for word in words}
    blocks: list[tuple[float, Block]] = [
        (top, Table((tuple(Cell(tuple(paragraphs(words, 0.0))) for words in row),))) for top, *row in rows
    ]
    for box in [box for box, told in cells.items() if id(told[0]) in taken]:
        del cells[box]
    _put_empty(cells, drawn)
    blocks += [*_tables(cells), *free_blocks([word for word in free if id(word) not in taken])]
    return [block for _, block in sorted(blocks, key=lambda one: -one[0])]


_Row = tuple[float, list[Word], list[Word]]
"""The top of a question, its words, and what answers it."""


def _asked_right(cells: _Cells, free: Sequence[Word], drawn: _Drawn) -> Iterator[_Row]:
    """Yield the questions right of their boxes or fields: "£ [ ] is what the project costs".

    So stand all of a line or none. One alone that has few words, or stands below what may ask for it, only
    says in what the answer is counted.
    """
    lines = [_with_boxes(line, cells, drawn) for line in lines_of([w for w in free if not w.label])]
    told = list(map(_answered_left, lines))
    for above, (at, line), rows, below in zip(
        [None, *lines], enumerate(lines), told, [*lines[1:], None], strict=False
    ):
        is_alone = len(rows) == 1 and not any(told[max(at - 1, 0) : at] + told[at + 1 : at + 2])
        for field, label in rows:
            if is_alone and (len(label) < _SENTENCE or _may_ask(above, line)):
                continue
            rest = below.words if below is not None and _is_rest_of(below, Line(label)) else []
            answer = cells.get(field.box, [] if field.text == _EMPTY else [field])
            currency = [word for word in line.words if word.text in _CURRENCIES]
            yield line.box.top, [*currency, *label, *rest], answer


def _asked_in_two_lines(free: Sequence[Word]) -> Iterator[_Row]:
    """Yield the questions in two or more small lines below one another, all beside one field."""
    words = [word for word in free if not word.label]
    lines = lines_of([word for word in words if not word.is_filled])
    for field in (word for word in words if word.is_filled):
        label = _left_of(field.box, lines)
        if len(label) > 1 and field.box.height < _LOW * label[0].height:
            starts = [line.box.left for line in label]
            gap = Box(max(line.box.right for line in label), field.box.bottom, field.box.left, field.box.top)
            is_between = any(word is not field and _is_within(word.box, gap) for word in words)
            if max(starts) - min(starts) <= NEAR and not is_between:
                yield label[0].box.top, [word for line in label for word in line.words], [field]


def _beside_options(cells: _Cells, lines: Sequence[Line]) -> list[Word]:
    """Take out the boxes that say more of what is ticked left of them, and return each as a field."""
    labels = {box: _label_of(box, cells, lines) for box in cells}
    found = [box for box, label in labels.items() if len(label) == 1 and is_box(label[0].words[0])]
    return [_as_field(box, cells.pop(box)) for box in found]


def _join_unasked(cells: _Cells, lines: Sequence[Line]) -> None:
    """Put what is in a box without a question of its own in the box right above it, where that is as wide."""
    above: Box | None = None
    for box in sorted(cells, key=lambda one: (round(one.left), -one.top)):
        label = _label_of(box, cells, lines)
        if label or above is None or not _is_below_as_wide(box, above):
            above = box if label else None
            continue
        own = cells[above] if cells[above][0].is_filled else [_as_field(above, cells[above])]
        cells[above] = [*own, _as_field(box, cells.pop(box))]


def _is_below_as_wide(box: Box, above: Box) -> bool:
    is_as_wide = abs(box.left - above.left) <= NEAR and abs(box.right - above.right) <= NEAR
    return is_as_wide and 0 < above.bottom - box.top <= 3 * NEAR


def _as_field(box: Box, words: Sequence[Word]) -> Word:
    return Word(box, f"{FIELD}{' '.join(line.text for line in lines_of(words))}{END}")


def _with_boxes(line: Line, cells: _Cells, drawn: _Drawn) -> Line:
    """Return a line with an empty field for each box of its height that stands beside its words."""
    middle, apart = line.box.middle, _CLOSE * line.height
    sides = (at for one in line.chunks for at in (one.box.left - apart, one.box.right + apart))
    boxes = {drawn.cell_around(Box(at, middle, at, middle)) for at in sides}
    low = [Word(box, _EMPTY) for box in boxes if box is not None and box.height < _LOW * line.height]
    return Line(sorted([*line.words, *low], key=lambda word: word.box.left))


def _answered_left(line: Line) -> list[tuple[Word, list[Word]]]:
    """Return the fields of a line, each with the words right of it; [] where one has none."""
    words = [word for word in line.words if word.text not in _CURRENCIES]
    runs = [list(run) for _, run in groupby(words, lambda word: word.is_filled)]
    fields, labels = runs[::2], runs[1::2]
    if len(fields) != len(labels) or any(map(is_box, words)):
        return []
    if any(len(one) > 1 or not one[0].is_filled for one in fields):
        return []
    if not all(_WORDS.match(label[0].text) and len(Line(label).chunks) == 1 for label in labels):
        return []
    return [(field, label) for (field,), label in zip(fields, labels, strict=True)]


def _may_ask(above: Line | None, line: Line) -> bool:
    """Say whether a line may ask what the field below it holds."""
    if above is None or any(word.is_filled or is_box(word) for word in above.words):
        return False
    is_near = -NEAR < above.box.bottom - line.box.top < line.height
    return is_near and abs(above.box.left - line.box.left) < 4 * NEAR


def _is_rest_of(line: Line, label: Line) -> bool:
    """Say whether a line goes on below a label in small letters."""
    is_near = -NEAR < label.box.bottom - line.box.top < line.height
    return is_near and abs(line.box.left - label.box.left) < NEAR and line.text[:1].islower()


def _asked_above(cells: _Cells, free: Sequence[Word], drawn: _Drawn) -> Iterator[_Row]:
    """Yield the questions that stand side by side, each right above the box or the field that answers it.

    Beside one may be a field that says itself what it asks.
    """
    words = [word for word in free if not word.label]
    fewest = len(("left", "right")) - any(word.is_filled and word.label for word in free)
    fields = {word.box: [word] for word in words if word.is_filled}
    for line in lines_of(words):
        if len(line.chunks) < fewest or any(w.is_filled or is_box(w) for w in line.words):
            continue
        below = [
            drawn.cell_around(Box(one.left, at, one.left + NEAR, at))
            or next((box for box in fields if _is_below(box, one)), None)
            for one in (chunk.box for chunk in line.chunks)
            for at in (one.bottom - 2 * line.height,)
        ]
        boxes = [
            box for box, chunk in zip(below, line.chunks, strict=True) if box and _is_below(box, chunk.box)
        ]
        if len({*boxes}) == len(below) and not any(_is_above_more(one, fields, drawn) for one in boxes):
            for chunk, box in zip(line.chunks, boxes, strict=True):
                yield line.box.top, chunk.words, cells.get(box) or fields.get(box, [])


def _is_below(box: Box, label: Box) -> bool:
    """Say whether a box begins right below a label, no further right."""
    apart = label.bottom - box.top
    return -NEAR < label.left - box.left < 4 * NEAR and -NEAR <= apart < label.height + NEAR


def _is_above_more(box: Box, fields: Iterable[Box], drawn: _Drawn) -> bool:
    """Say whether a box is the first of several below one another, as in a table under heads."""
    past = box.bottom - 2 * NEAR - 1
    below = Box(box.left + NEAR, past, box.right - NEAR, past)
    is_field = any(
        one.left < below.right and below.left < one.right and one.bottom < past < one.top for one in fields
    )
    return is_field or drawn.cell_around(below) is not None


def _asked_beside(cells: _Cells, free: Sequence[Word]) -> Iterator[_Row]:
    """Yield the question left of each drawn box that stands by itself, and what is in the box.

    So are boxes to tick read beside a question that goes on below its first line.
    """
    lines = lines_of([word for word in free if not word.label])
    ends = (chunk for line in lines for chunk in line.chunks[1:] if is_box(chunk.words[0]))
    ticks = {chunk.box: chunk.words for chunk in ends}
    for box, told in [*cells.items(), *ticks.items()]:
        label = _label_of(box, cells, lines)
        if len(label) > (box in ticks) and not is_mere_number(label[0].text):
            yield label[0].words[0].box.top, [word for line in label for word in line.words], told


def _label_of(box: Box, cells: Iterable[Box], lines: Sequence[Line]) -> list[Line]:
    """Return what stands left of a box that no other touches on its level."""
    level = [one for one in cells if one != box and one.bottom < box.middle < one.top]
    return [] if any(_touches(box, one) for one in level) else _left_of(box, lines)


def _left_of(box: Box, lines: Sequence[Line]) -> list[Line]:
    """Return what stands left of a box, with the lines below in which it goes on in small letters."""
    label: list[Line] = []
    for line in lines:
        rest = [chunk for chunk in line.chunks if chunk.box.right <= box.left + NEAR][-1:]
        is_level = box.bottom <= line.box.middle <= box.top
        goes_on = bool(label) and label[-1].box.bottom - line.box.top < line.height / 2
        if is_level or (goes_on and line.text[:1].islower()):
            label += rest
    return label


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
    spans = _spans(words)
    through: set[int] = set()
    for rule in rules:
        near = _beside(rule, spans)
        hit = [at for at in near if _goes_through(rule.box, words[at])]
        through.update(hit)
        kept.extend(() if hit else (rule,))
    signed = [
        replace(word, text=f"{STRUCK}{word.text}{UNSTRUCK}") if at in through else word
        for at, word in enumerate(words)
    ]
    return signed, kept


def _underlined(words: list[Word], rules: Sequence[Rule]) -> tuple[list[Word], list[Rule]]:
    """Return the words, marked where a line of their length stands below them, and the other lines."""
    kept: list[Rule] = []
    spans = _spans(words)
    told = list(words)
    for rule in rules:
        near = _beside(rule, spans)
        above = [at for at in near if _stands_on(rule.box, words[at])]
        above.sort(key=lambda at: words[at].box.left)
        first, last = (above[0], above[-1]) if above else (-1, -1)
        if (
            not above
            or words[first].box.left > rule.box.left + NEAR
            or words[last].box.right < rule.box.right - NEAR
        ):
            kept.append(rule)
            continue
        told[first] = replace(told[first], text=f"{MARKED}{told[first].text}")
        told[last] = replace(told[last], text=f"{told[last].text}{UNMARKED}")
    return told, kept


def _spans(words: Iterable[Word]) -> list[_Span]:
    """Return from which height to which a line goes through each word, or stands close below it."""
    return [(word.box.bottom - NEAR, word.box.top) for word in words]


def _beside(rule: Rule, spans: Iterable[_Span]) -> list[int]:
    """Return the places of the words at the height of a line: a page has thousands, and few of them are."""
    height = rule.box.middle
    return [at for at, (low, high) in enumerate(spans) if low < height < high] if rule.is_level else []


def _stands_on(line: Box, word: Word) -> bool:
    """Say whether a word stands close above a line and reaches over neither of its ends."""
    box = word.box
    if not (line.left - NEAR < box.left and box.right < line.right + NEAR):
        return False
    return not word.is_filled and box.bottom - NEAR < line.middle < box.bottom + box.height / 5


def _goes_through(line: Box, word: Word) -> bool:
    box = word.box
    if not (line.left <= box.left + 2 and line.right >= box.right - 2):
        return False
    return not word.is_filled and box.bottom + box.height / 5 < line.middle < box.top - box.height / 5


def _put_empty(cells: _Cells, drawn: _Drawn) -> None:
    """Put in the cells in which nothing stands: those beside others as high, and below others as wide."""
    waiting, past = list(cells), 2 * NEAR + 1
    for cell in waiting:
        left, bottom, right, top = cell
        sides = (Box(at, bottom, at, top) for at in (left - past, right + past))
        beside = [drawn.cell_around(one) for one in sides]
        found = [one for one in beside if one and (one.bottom, one.top) == (bottom, top)]
        below = drawn.cell_around(Box(left, bottom - past, right, bottom - past))
        if below and (below.left, below.right) == (left, right):
            found.append(below)
        new = [one for one in found if one not in cells]
        cells.update((one, []) for one in new)
        waiting.extend(new)


def _tables(cells: _Cells) -> Iterator[tuple[float, Block]]:
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
        cell.left <= other.right + 2 * NEAR
        and other.left <= cell.right + 2 * NEAR
        and cell.bottom <= other.top + 3 * NEAR
        and other.bottom <= cell.top + 3 * NEAR
    )


def _table(group: Sequence[Box], cells: _Cells) -> tuple[float, Block]:
    lefts = sorted({cell.left for cell in group})
    by_top: dict[float, list[Box]] = defaultdict(list)
    for cell in group:
        near = next((top for top in by_top if abs(top - cell.top) <= NEAR), cell.top)
        by_top[near].append(cell)
    rows = []
    for top in sorted(by_top, reverse=True):
        row, reached = [], -1e9
        own: dict[float, list[Box]] = defaultdict(list)
        for cell in by_top[top]:
            own[cell.left].append(cell)
        for left in lefts:
            if left in own:
                words = [word for cell in own[left] for word in cells[cell]]
                reached = max(cell.right for cell in own[left])
                row.append(Cell(tuple(paragraphs(words, reached - PADDING / 2))))
            elif left >= reached - NEAR:
                row.append(Cell(()))
        rows.append(tuple(row))
    return max(by_top), Table(tuple(rows))
