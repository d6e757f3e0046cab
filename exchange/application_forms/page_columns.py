"""What stands in no cell of a page: columns of questions and answers, and lines between them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from exchange.application_forms.blocks import Block, Cell, Paragraph, Table
from exchange.application_forms.page_lines import (
    NEAR,
    WRAPPED,
    Line,
    Word,
    flow,
    goes_on,
    lines_of,
    paragraphs,
)

_NARROW = 380.0
"""Points that lines of text are wide at least, where none shows it."""
_NUMBER = re.compile(r"\(?(?:q\s?)?[A-Z]?\d{1,2}(?:[.)]|\.\d)", re.IGNORECASE)
_ASKS = re.compile(r"\(?(?:q\s?)?[A-Z]?\d{1,2}(?:[.)]|\.\d)|.{3,60}[?:](?:\s|$)", re.IGNORECASE)
"""How a line begins that by its looks is a question."""
_OF_HALF = 0.8
"""How much of one of two columns its lines take at least."""
_FEW = 2
_APART = 0.6
"""How many heights of a line are left before a word that may begin a column, more than between words."""
_MORE = 1.3
PADDING = 11.0
"""What cells without lines leave between their words."""


def free_blocks(words: Sequence[Word]) -> Iterator[tuple[float, Block]]:
    """Yield what stands in no cell with its top: columns as tables, a form in each as one after the other."""
    for word in words:
        if word.label:
            yield word.box.top, Paragraph(f"{word.label} {word.text}")
    yield from _blocks(lines_of([word for word in words if not word.label]), _NARROW)


def _blocks(lines: Sequence[Line], width: float) -> Iterator[tuple[float, Block]]:
    """Yield lines as blocks; `width` points they are wide at least, where none shows it."""
    middle, start, end = _middle_of(lines)
    if end == start:
        yield from _of_one_column(lines, width)
        return
    yield from _of_one_column(lines[:start], width)
    own = _OF_HALF * (middle - min(line.box.left for line in lines[start:end]))
    sides = zip(*(_sides(line, middle) for line in lines[start:end]), strict=True)
    blocks = [
        block for side in sides for _, block in _blocks(lines_of([w for line in side for w in line]), own)
    ]
    top = lines[start].box.top
    yield from ((top - number / 1000, block) for number, block in enumerate(blocks))
    yield from _blocks(lines[end:], width)


_Sides = tuple[list[Word], list[Word]]


def _sides(line: Line, middle: float) -> _Sides:
    """Return the words of a line left and right of where a column begins."""
    begins = middle - 2 * NEAR
    return (
        [word for word in line.words if word.box.left < begins],
        [word for word in line.words if word.box.left >= begins],
    )


def _middle_of(lines: Sequence[Line]) -> tuple[float, int, int]:
    """Return where the second of two columns begins that each hold questions, and of which lines; 0, 0, 0."""
    chunks = [chunk for line in lines for chunk in line.chunks]
    is_mostly_bold = 3 * sum("b" in chunk.style for chunk in chunks) >= 2 * len(chunks)
    found = [
        (asked, middle, start, end)
        for middle in _column_starts(lines)
        for start, end in _runs(lines, middle)
        if (asked := _asked_in_both([_sides(line, middle) for line in lines[start:end]], is_mostly_bold))
    ]
    _, middle, start, end = max(found, default=(0, 0.0, 0, 0))
    return middle, start, end


def _runs(lines: Sequence[Line], middle: float) -> Iterator[tuple[int, int]]:
    """Yield where lines follow one another of which no part reaches over a place."""
    start = 0
    for at, line in enumerate([*lines, None]):
        if line is None or any(one.box.left < middle - 2 * NEAR < one.box.right for one in line.chunks):
            if at - start > 2:
                yield start, at
            start = at + 1


def _asked_in_both(sides: Sequence[_Sides], is_mostly_bold: bool) -> int:
    """Return how many lines of two columns look like questions, 0 where either has hardly any.

    Where lines have a question and its answer on each side those count that have both; a column that mostly
    has no question beside one, and few at all, has the answers.
    """
    pairs = sum(all(side and len(Line(side).chunks) == 2 for side in pair) for pair in sides)
    asked = []
    lines = list[Line]()
    for at in (0, 1):
        lines = [Line(pair[at]) for pair in sides if pair[at]]
        number = sum(_asks(line, is_mostly_bold) for line in lines)
        asked.append(number if number > 2 and 4 * number > len(lines) else 0)
    beside = [Line(right) for left, right in sides if left and right and _asks(Line(left), is_mostly_bold)]
    are_answers = 4 * sum(_asks(line, is_mostly_bold) for line in beside) < len(beside)
    are_answers = are_answers and 3 * asked[-1] < len(lines)
    return max(0 if are_answers or not all(asked) else sum(asked), 2 * pairs if pairs > 1 else 0)


def _asks(line: Line, is_mostly_bold: bool) -> bool:
    first = line.chunks[0]
    return bool(_ASKS.match(first.text)) or (not is_mostly_bold and "b" in first.style)


def _of_one_column(lines: Sequence[Line], width: float) -> Iterator[tuple[float, Block]]:
    """Yield lines as paragraphs, and as tables where answers stand beside their questions."""
    left = min((line.box.left for line in lines), default=0.0)
    right = max((left + width, *(line.box.right for line in lines)))
    columns = _column_starts(lines)
    apart = _apart([line.chunks[0] for line in lines if len(line.chunks) > 1])
    held: list[Line] = []
    is_of_columns = False
    for line in lines:
        own = bool(columns) and _is_of_columns(line, columns, held if is_of_columns else (), apart)
        if own != is_of_columns and held:
            yield from _columns(held, columns, apart) if is_of_columns else flow(held, right)
            held = []
        is_of_columns = own
        held.append(line)
    if held:
        yield from _columns(held, columns, apart) if is_of_columns else flow(held, right)


def _column_starts(lines: Sequence[Line]) -> list[float]:
    """Return where columns begin, from the left, the first excepted."""
    starts = Counter(round(chunk.box.left / NEAR) for line in lines for chunk in line.chunks[1:])
    found: list[float] = []
    for start, times in sorted(starts.items()):
        is_one = times + starts[start + 1] > 2 and not (found and start * NEAR - found[-1] < 3 * NEAR)
        found.extend((start * NEAR,) if is_one else ())
    return found


def _is_of_columns(line: Line, columns: Sequence[float], held: Sequence[Line], apart: float) -> bool:
    chunks = line.chunks
    later = chunks if held and held[-1].box.bottom - line.box.top < 2 * line.height else chunks[1:]
    beside = [one for one in later if any(abs(one.box.left - column) < 2 * NEAR for column in columns)]
    if len(chunks) == 1 and held and not beside:
        return (
            bool(later)
            and line.box.right < columns[0]
            and _is_of_label(held[-1].chunks[0], line, columns[0], apart)
        )
    return bool(beside) and len(beside) >= len(chunks) - 1


def _columns(lines: Sequence[Line], columns: Sequence[float], apart: float) -> Iterator[tuple[float, Block]]:
    """Yield columns: of questions and answers as rows, of a form in each one after the other."""
    edges = [*columns, max(line.box.right for line in lines) + NEAR]
    parted = [_parted(line, columns) for line in lines]
    rows: list[list[list[Word]]] = []
    before: Line | None = None
    for sides in parted:
        first = sides[0]
        near = 0.0 if any(side.words for side in sides[1:]) else apart
        is_wrapped = bool(first.words) and before is not None and _is_of_label(before, first, edges[0], near)
        if not rows or (first.words and not is_wrapped):
            rows.append([[] for _ in sides])
        for held, side in zip(rows[-1], sides, strict=True):
            held.extend(side.words)
        before = first if first.words else before
    for used, held_rows in _by_columns(rows):
        cells = (tuple(Cell(tuple(paragraphs(row[at], edges[at]))) for at in used) for row in held_rows)
        top = max(word.box.top for words in held_rows[0] for word in words)
        yield top, Table(tuple(cells))


_Row = list[list[Word]]


def _by_columns(rows: Sequence[_Row]) -> Iterator[tuple[list[int], list[_Row]]]:
    """Yield rows that follow one another by the columns that they use: a row of several heads begins anew.

    So does what stands below it in another column.
    """
    held: list[_Row] = []
    used: set[int] = set()
    for row in rows:
        own = {at for at, words in enumerate(row) if words}
        if held and not own <= used and len(used if used - own else own) > _FEW:
            yield sorted(used), held
            held, used = [], set()
        held.append(row)
        used |= own
    yield sorted(used), held


def _apart(labels: Sequence[Line]) -> float:
    """Return how far apart labels mostly are that each have an answer beside them."""
    apart = [up.box.bottom - one.box.top for up, one in pairwise(labels) if not one.text[:1].islower()]
    return median(apart) if apart else 0.0


def _is_of_label(above: Line, line: Line, right: float, apart: float) -> bool:
    """Say whether a line goes on with the question above, or guides who answers it.

    The lines of one question are nearer one another than those of two, which are `apart`.
    """
    goes_on_in_words = "i" in line.style or line.text[:1].islower() or goes_on(above, line, right - PADDING)
    is_alike = above.style == line.style and not _NUMBER.match(line.text)
    return goes_on_in_words or (is_alike and above.box.bottom - line.box.top < WRAPPED * apart)


def _parted(line: Line, columns: Sequence[float]) -> list[Line]:
    """Return a line's words by the columns that they begin; one in the midst of others goes with them."""
    sides: list[list[Word]] = [[] for _ in range(len(columns) + 1)]
    for chunk in line.chunks:
        at, ends, least = -1, 0.0, _apart_in(chunk)
        for word in chunk.words:
            is_apart = word.box.left - ends > least
            if at < 0 or (is_apart and any(abs(word.box.left - column) < 2 * NEAR for column in columns)):
                at = sum(word.box.left >= column - 2 * NEAR for column in columns)
            sides[at].append(word)
            ends = word.box.right
    return list(map(Line, sides))


def _apart_in(chunk: Line) -> float:
    """Return how far from the last a word may begin a column: more than most words of its line are apart."""
    gaps = [word.box.left - before.box.right for before, word in pairwise(chunk.words)]
    usual = median(gaps) if len(gaps) > _FEW else 0.0
    return max(_APART * chunk.height, _MORE * usual)
