"""Columns of tables whose cells have two lines, a chip or an outline, as plain values."""

from collections.abc import Callable
from typing import Generic, TypeVar

from gui.tables.columns import Column, Keeps
from gui.tables.outcome_chip import Chip

Row = TypeVar("Row")


class LineColumn(Column[Row], Generic[Row], frozen=True):
    """A column with a quieter second line, or a chip in place of words.

    Columns give way in the order of `gives_way` (see `Gives`), the lowest above 0 first, when the window is
    narrow; one of words with a `least` width comes back so far narrowed where what went leaves it that room.
    `outlined` says whether a cell stands out as one to be looked at.
    """

    under: Callable[[Row], str] | None = None
    chip: Callable[[Row], Chip | None] | None = None
    outlined: Callable[[Row], bool] | None = None
    gives_way: int = 0
    least: int = 0
    is_strong: bool = False
    keeps_under: Keeps = Keeps.WORDS
