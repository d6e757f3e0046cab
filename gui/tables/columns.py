"""A table's columns as plain values: words, chips, bars, what a cell says aloud, and what spans them."""

from collections.abc import Callable, Sequence
from enum import IntEnum, StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

from msgspec import Struct

from gui.text import NOTHING
from gui.theme.look import look
from gui.widgets.label import Chip
from scoring.money import short_pounds

Row = TypeVar("Row")


class Gives(IntEnum):
    """The order in which columns give way in a narrow window: areas, states, words, and figures last.

    Columns of one kind go in the order of what is added: `Gives.WORDS + 1` before `Gives.WORDS + 2`.
    A state keeps its shape as long as it can.
    """

    NEVER = 0
    AREA = 100
    STATE = 200
    WORDS = 300
    FIGURES = 400


class Keeps(StrEnum):
    """What may become of a cell's words that have no room.

    `WORDS` end in an ellipsis; what is `WHOLE` (a reference, a person's name, a date) runs over two lines
    or becomes hashes; of `NAMES`, a list of them, as many as fit are shown whole. A column that stands at
    the right holds figures, which are whole anyway.
    """

    WORDS = "words"
    WHOLE = "whole"
    NAMES = "names"


class Column(Struct, Generic[Row], frozen=True):
    """One column: `text` is what it prints, `spoken` the same in full words where it says too little.

    `width` is in pixels for a 13 px base, 0 for the one column that takes what is left. `brief` is what
    stands in the head where there is no room for `head`. The first column's `spoken` says the whole row, to
    readers of the cell at hand; to one that says every cell of a row it says what it prints, and any column
    its `own`.
    """

    name: str
    head: str
    text: Callable[[Row], str]
    spoken: Callable[[Row], str] | None = None
    tip: Callable[[Row], str] | None = None
    is_right: bool = False
    width: int = 0
    keeps: Keeps = Keeps.WORDS
    brief: str = ""
    own: Callable[[Row], str] | None = None

    def among(self, row: Row, *, is_first: bool) -> str:
        """Return what its cell says where all cells of a row are said, one after another."""
        own = self.own or (self.printed if is_first else self.said)
        return own(row) or self.said(row)

    def printed(self, row: Row) -> str:
        """Return all that its cell prints."""
        return self.text(row)

    def said(self, row: Row) -> str:
        """Return its cell in full words."""
        return (self.spoken or self.printed)(row)

    @property
    def is_whole(self) -> bool:
        """Whether what it prints is never shortened."""
        return self.is_right or self.keeps is Keeps.WHOLE


def pounds_of(name: str) -> Callable[[Any], str]:
    """Return what prints a figure of pence, by the name of its field; a dash where there is none."""
    figure = attrgetter(name)
    return lambda row: NOTHING if (pence := figure(row)) is None else short_pounds(pence)


class LineColumn(Column[Row], Generic[Row], frozen=True):
    """A column with a quieter second line, or a chip in place of words.

    Columns give way in the order of `gives_way` (see `Gives`), the lowest above 0 first, when the window is
    narrow; one of words with a `least` width comes back so far narrowed where what went leaves it that room,
    one that `stays` goes no further than to its shape. `outlined` says whether a cell stands out as one to be
    looked at. Beside the words there is room for two parts of a `bar`, in thousandths of it; `beside` is a
    chip at their right, and `holds` has a tick before words that hold, a warning before others, None for
    neither. Words without a second line have the `size`.
    """

    under: Callable[[Row], str] | None = None
    chip: Callable[[Row], Chip | None] | None = None
    outlined: Callable[[Row], bool] | None = None
    gives_way: int = 0
    least: int = 0
    is_strong: bool = False
    keeps_under: Keeps = Keeps.WORDS
    bar: Callable[[Row], tuple[int, int]] | None = None
    beside: Callable[[Row], Chip | None] | None = None
    holds: Callable[[Row], bool | None] | None = None
    size: float = 13
    is_quiet: bool = False
    stays: bool = False

    def printed(self, row: Row) -> str:
        """Return both of its lines."""
        lines = (self.text(row), self.under(row) if self.under else "")
        return ", ".join(filter(None, lines))

    @property
    def weight(self) -> int:
        return 600 if self.is_strong else 400


def row_words(columns: Sequence[LineColumn[Row]], row: Row) -> str:
    """Return a row in words: what its columns say, of several under their heads unless in full words."""
    first, *others = columns
    said = [first.printed(row)]
    for column in others:
        if column.spoken and column.text(row):
            said.append(column.spoken(row))
        elif column.text(row) not in ("", NOTHING):
            head = look.area_label.labelled(column.head) if len(others) > 1 else ""
            said.append(f"{head} {column.printed(row)}".strip())
    return ", ".join(said)


class Rule(StrEnum):
    """A line across a table where something ends."""

    WHOLE = "whole"
    BROKEN = "broken"


class Across(Struct, frozen=True):
    """What stands in place of the cells of some `columns` of a row, of all where none is named.

    Over all it is a head with a quieter `note`, which folds what follows it where `is_folded` says whether it
    is; or the words of a `rule`, which is drawn and cannot be chosen. `is_over` warns that it is passed.
    """

    words: str
    note: str = ""
    columns: tuple[str, ...] = ()
    is_folded: bool | None = None
    rule: Rule | None = None
    is_over: bool = False

    @property
    def spans(self) -> bool:
        """Whether the row has no cells beside it."""
        return not self.columns
