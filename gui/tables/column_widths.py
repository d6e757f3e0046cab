"""How wide the columns of a table are, and which give way: in the declared order, a figure never in part.

A figure that lost a letter is another figure. The type of the heads is kept here, too: a style sheet gives a
head that is first shown the window's own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar, cast

import shiboken6
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from gui.tables.columns import Across, Column, Gives, Keeps, LineColumn
from gui.theme.look import look
from gui.widgets.label import chip_width, two_lines

Row = TypeVar("Row")

WIDER = 1.35
"""How much wider than stated a column of words may become, in letters that run wider than ours."""
SHAPE_ALONE = 50
BAR_WIDTH = 42
"""The bar beside a figure."""
LEAST_WORDS = 60
"""The least of the column that takes what is left, where figures need the rest."""
SQUEEZED = 52
"""The least of a column that cannot give way: a few letters, or hashes in place of a figure."""
UNTOLD = ("", "–")
"""What a cell says that tells nothing: of a line that is closed to who reads, and of one that has none."""
FIRST_EDGE = 4
MOST_OF_NAMES = 0.5
"""The part of a table that names may take up before they run over two lines, where rows have two."""


class Need(Struct, frozen=True):
    """What a column asks for in pixels: all of it, or as little as it can do with and be whole.

    `alone` is what its shapes take without their words, `half` what its names take over two lines; 0 where it
    has none, and `snug` what its head and its rows need without the air that a wide table has. What
    `is_blank` tells nothing of any row, and may go before a name is cut.
    """

    column: LineColumn[Any]
    wide: int
    alone: int = 0
    half: int = 0
    snug: int = 0
    is_blank: bool = False


def no_across(row: Any) -> None:
    """Return that a row is all cells."""


def needs(
    columns: Sequence[LineColumn[Row]],
    rows: Sequence[Row],
    *,
    has_two_lines: bool = True,
    across: Callable[[Row], Across | None] = no_across,
) -> tuple[Need, ...]:
    """Return what each column asks for: its figures, names and chips whole, its other words up to a bound.

    What runs `across` a row instead of its cells is as wide as they are.
    """
    found = [
        _need(column, told, has_two_lines=has_two_lines)
        for column, told in zip(columns, _with_cells(columns, rows, across), strict=True)
    ]
    one = found[0]
    edge = 0 if one.column.size > 13 else look.px(FIRST_EDGE)
    first = replace(one, wide=one.wide + edge, half=one.half and one.half + edge, snug=one.snug + edge)
    return (first, *found[1:])


def _with_cells(
    columns: Sequence[LineColumn[Row]], rows: Sequence[Row], across: Callable[[Row], Across | None]
) -> Iterator[Sequence[Row]]:
    """Yield for each column the rows that have a cell in it."""
    found = [(row, over) for row in rows if (over := across(row)) is None or not over.spans]
    whole = [row for row, over in found if over is None]
    for column in columns:
        part = [row for row, over in found if over is not None and column.name not in over.columns]
        yield [*whole, *part] if part else whole


def widths_by_name(found: Sequence[Need], least: int, room: int) -> dict[str, int]:
    """Return the width of each column by its name, 0 where it has given way.

    `least` is what the one column without a width of its own is to have. Air goes before a column gives way,
    and what has room again comes back.
    """
    widths = {need.column.name: need.wide for need in found if need.column.width}
    free = next((need for need in found if not need.column.width), None)
    asked = least
    if free is not None:
        is_of_one_line = free.column.is_whole and not free.half
        asked = max(least, min(free.wide, room if is_of_one_line else round(room * MOST_OF_NAMES)))
        least = asked if free.column.is_whole else least
    _drop_blank(found, widths, asked - (room - sum(widths.values())))
    _let_out_air(found, widths, asked - (room - sum(widths.values())))
    order = sorted((need for need in found if need.column.gives_way), key=attrgetter("column.gives_way"))
    for lesser in (attrgetter("alone"), _least):
        for need in order:
            if room - sum(widths.values()) < least:
                widths[need.column.name] = min(lesser(need), widths[need.column.name])
    if free is not None:
        _give_back_words(order, widths, room - least)
        _bring_back(order, widths, room - least)
        widths[free.column.name] = max(room - sum(widths.values()), least // 2)
    halves = {need.column.name: need.half for need in found if need.half}
    narrow_to_fit(widths, [need.column for need in found], room, halves)
    return widths


def _give_back_words(order: Sequence[Need], widths: dict[str, int], room: int) -> None:
    """Print the words of a state again where what went after them left room for both."""
    for need in reversed(order):
        name = need.column.name
        if (
            need.alone
            and need.column.bar is None
            and widths[name] == need.alone
            and sum(widths.values()) - need.alone + need.snug <= room
        ):
            widths[name] = need.snug


def _bring_back(order: Sequence[Need], widths: dict[str, int], room: int) -> None:
    """Show words again that went for want of all their room, as wide as what is left."""
    for need in reversed(order):
        left = room - sum(widths.values())
        if need.column.least and not widths[need.column.name] and left >= look.px(need.column.least):
            widths[need.column.name] = min(need.wide, left)


def _drop_blank(found: Sequence[Need], widths: dict[str, int], short: int) -> None:
    """Leave out columns that tell nothing while the free column is `short` of room."""
    for need in found:
        if need.is_blank and short > 0:
            short -= widths[need.column.name]
            widths[need.column.name] = 0


def _let_out_air(found: Sequence[Need], widths: dict[str, int], short: int) -> None:
    """Take what the free column is `short` of from what other columns hold beyond their own words."""
    for need in found:
        if need.column.width and short > 0:
            taken = min(short, max(widths[need.column.name] - need.snug, 0))
            widths[need.column.name] -= taken
            short -= taken


def narrow_to_fit(
    widths: dict[str, int],
    columns: Sequence[Column[Any]],
    room: int,
    halves: Mapping[str, int],
) -> None:
    """Take from columns what is beyond a room, in `widths`.

    Words first, then names and references that can run over two lines (`halves`), then figures from the last
    and at the very end references: hashes then stand for what has no room.
    """
    over = sum(widths.values()) - room
    for name, floor in _floors(columns, halves):
        width = widths.get(name, 0)
        taken = min(max(over, 0), max(width - floor, 0))
        widths[name] = width - taken
        over -= taken


def _floors(columns: Sequence[Column[Any]], halves: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield by how much columns are made narrower, in turn, each with the least that it is left."""
    words = [column for column in columns if not column.is_whole]
    named = [column.name for column in columns if column.is_whole and not column.is_right]
    yield from ((column.name, look.px(SQUEEZED)) for column in words if column.width)
    yield from ((name, halves[name]) for name in named if name in halves)
    yield from ((column.name, look.px(LEAST_WORDS)) for column in words if not column.width)
    yield from ((column.name, look.px(SQUEEZED)) for column in reversed(columns) if column.is_right)
    yield from ((name, look.px(SQUEEZED)) for name in named)


def _need(column: LineColumn[Row], rows: Sequence[Row], *, has_two_lines: bool) -> Need:
    half = 0
    if has_two_lines and column.keeps is Keeps.WHOLE and not column.is_right:
        half = widest_half(map(column.text, rows), column.weight)
    if not column.width:
        return Need(column, _whole(column, rows), half=half)
    head = head_width(column.head)
    said = look.area_label.labelled(column.head)  # the office's word may be a long one
    least = look.area_label.brief(column.head) or _first_word(said)
    called, first = (head_width(words) for words in (said, least))
    is_called_briefly = bool(column.brief) and column.is_right
    own = brief_width(column.brief) if is_called_briefly else max(head, first)
    snug = max(own, _of_rows(column, rows, half))
    wide = max(look.px(column.width), snug, called, _beneath(column, rows))
    if column.bar is not None:
        return Need(column, wide, wide - look.px(BAR_WIDTH), snug=wide)
    is_state = Gives.STATE <= column.gives_way < Gives.WORDS
    has_chips = column.chip is not None and all(
        column.chip(row) is not None or column.text(row) in UNTOLD for row in rows
    )
    has_shapes = column.holds is not None or has_chips
    brief = brief_width(column.brief) if column.brief else head
    alone = min(max(look.px(SHAPE_ALONE), brief), snug) if is_state and has_shapes else 0
    may_go = Gives.NEVER < column.gives_way < Gives.STATE
    is_blank = may_go and bool(rows) and all(column.text(row) == UNTOLD[1] for row in rows)
    return Need(column, wide, alone, half, snug, is_blank)


def _beneath(column: LineColumn[Row], rows: Sequence[Row]) -> int:
    """Return what the words under a name or place ask for, where nothing else is short of room."""
    is_kept = column.keeps is Keeps.WHOLE and not column.gives_way
    return widest(map(column.under, rows), 12) if column.under is not None and is_kept else 0


def _first_word(head: str) -> str:
    """Return the least that a head of several words is cut to."""
    first, _, more = head.partition(" ")
    return f"{first}…" if more else first


def _of_rows(column: LineColumn[Row], rows: Sequence[Row], half: int) -> int:
    """Return the room for figures, names and chips, whatever they hold; for other words up to a bound."""
    chips = [] if column.chip is None else [chip for chip in map(column.chip, rows) if chip is not None]
    room = widest_chip(chip.word for chip in chips)
    bound = look.px(column.width * WIDER)
    under = 0 if column.under is None else widest(map(column.under, rows), 12)
    if not column.is_right and column.keeps_under is not Keeps.WHOLE:
        under = min(under, bound)
    text = _whole(column, rows) + (look.px(BAR_WIDTH) if column.bar else 0)
    if column.keeps is Keeps.NAMES:
        names = (f"{name} + 9" for row in rows for name in column.text(row).split(", "))
        text = max(min(text, bound), min(widest(names, 13), bound * 2))
    elif not column.is_whole:
        text = min(text, bound)
    elif half and text > bound:
        text = max(bound, half)
    return max(room, under, text)


def _whole(column: LineColumn[Row], rows: Sequence[Row]) -> int:
    return widest(map(column.text, rows), 13, column.weight)


def _least(need: Need) -> int:
    return need.alone if need.column.stays else 0


HEAD_SIZE = 12
"""The type of the heads of columns, for a 13 px base."""
HEAD_ROOM, BRIEF_ROOM = 24, 17
"""What stands free beside a head's words, and the least of it that a header needs, for a 13 px base."""


class HeadFont(QObject):
    """Sets the type of a head whenever it comes on show or the look changes, as long as the head lives.

    The head is its parent, and asked for each time: what Python knows of a header that Qt made can go
    before the header does.
    """

    def __init__(self, header: QHeaderView) -> None:
        super().__init__(header)
        header.installEventFilter(self)
        look.follow(self._dress)

    @property
    def _header(self) -> QHeaderView:
        return cast("QHeaderView", self.parent())

    def _is_other(self) -> bool:
        return self._header.font().pixelSize() != look.font(HEAD_SIZE).pixelSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress a head that comes on show, or to which the window's own type came after all."""
        kind = event.type()
        if kind == QEvent.Type.Show or (kind == QEvent.Type.FontChange and self._is_other()):
            self._dress()
        return False

    @Slot()
    def _dress(self) -> None:
        font = look.font(HEAD_SIZE)
        self._header.setFont(font)
        viewport = self._header.viewport()  # what paints it is not told while the window's rules change
        if shiboken6.isValid(viewport):  # a table that goes takes it along before its head
            viewport.setFont(font)


def head_width(words: str) -> int:
    """Return the room that the lines of a head take, with what a header keeps beside them."""
    metrics = QFontMetrics(look.font(HEAD_SIZE))
    return max(map(metrics.horizontalAdvance, words.split("\n"))) + look.px(HEAD_ROOM)


def brief_width(words: str) -> int:
    """Return the least room in which the brief words of a head are whole."""
    return QFontMetrics(look.font(HEAD_SIZE)).horizontalAdvance(words) + look.px(BRIEF_ROOM)


EDGES = 18
"""What a cell leaves free at both sides, for a 13 px base, and a little for hinting."""
FIGURES = "0123456789"
ALIKE = bytes.maketrans(FIGURES.encode(), b"0" * len(FIGURES))
"""Where figures are of equal width, the words of a column of sums or references are few by their shape."""
BETWEEN = "\0"
"""No cell holds it."""
MOST_KEPT = 5_000
"""So many letters and words of a font are known at once."""
ABOUT = 0.8
"""Words whose letters add up to less of the widest sum than this are not measured as they stand together."""


class Letters(dict[str, int]):
    """How wide each letter is alone: a thousand sums of these are had in the time of a hundred measurings.

    What cells show is kept as well, as long as it is not too much: they are painted again and again.
    """

    def __init__(self, metrics: QFontMetrics) -> None:
        super().__init__()
        self.metrics = metrics

    def __missing__(self, words: str) -> int:
        if len(self) >= MOST_KEPT:
            self.clear()
        found = self[words] = self.metrics.horizontalAdvance(words)
        return found

    def sum_of(self, words: str) -> int:
        """Return how wide words are, letter by letter."""
        return sum(map(self.__getitem__, words))

    def half_of(self, words: str) -> int:
        """Return how wide the longer half is of words parted where that is least."""
        whole = least = self.sum_of(words)
        before = 0
        for letter in words[:-1]:
            before += self[letter]
            if letter in " -":
                least = min(least, max(before, whole - before))
        return least

    def likely(self, words: Iterable[str], wide: Callable[[str], int]) -> list[str]:
        """Return those of some words that may be the widest, as their letters add up by `wide`.

        Of words that differ in their figures alone one stands for all, with a nought for each figure.
        """
        some = set(words) - {""}
        if some and len({self[figure] for figure in FIGURES}) == 1:
            some = set(_figures_alike(some)) - {""}
        sums = {one: wide(one) for one in some}
        bound = ABOUT * max(sums.values(), default=0)
        return [one for one, found in sums.items() if found >= bound]


def letters_of(size: float, weight: int) -> Letters:
    """Return the letters of a font, which are measured once for all tables."""
    found = look.letter_widths.get((size, weight))
    if not isinstance(found, Letters):
        found = look.letter_widths[size, weight] = Letters(QFontMetrics(look.font(size, weight)))
    return found


def _figures_alike(words: Iterable[str]) -> list[str]:
    """Return words with noughts for their figures: as bytes, and all at once, in a quarter of the time."""
    joined = BETWEEN.join(set(words)).encode(errors="surrogatepass").translate(ALIKE)
    return joined.decode(errors="surrogatepass").split(BETWEEN)


def widest(words: Iterable[str], size: float, weight: int = 400) -> int:
    """Return how wide a column is that holds the widest of these words; nought where there are none."""
    letters = letters_of(size, weight)
    found = [letters.metrics.horizontalAdvance(one) for one in letters.likely(words, letters.sum_of)]
    return max(found) + look.px(EDGES) if found else 0


def widest_half(words: Iterable[str], weight: int) -> int:
    """Return how wide a column is that holds these words in two lines each where they have a space."""
    letters = letters_of(13, weight)
    likely = letters.likely(words, letters.half_of)
    return widest((half for one in likely for half in two_lines(letters.metrics, one)), 13, weight)


def widest_chip(words: Iterable[str]) -> int:
    """Return how wide a column is that holds chips with these words; nought where there are none."""
    return max((chip_width(one) + look.px(EDGES) for one in set(words)), default=0)
