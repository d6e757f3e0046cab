"""Columns of tables whose cells have two lines, a chip, a bar or an outline, and what spans them."""

from collections.abc import Callable
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

from gui.tables.columns import Column, Keeps
from gui.tables.outcome_chip import Chip

Row = TypeVar("Row")


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

    @property
    def weight(self) -> int:
        """Return how heavy its words are."""
        return 600 if self.is_strong else 400


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
