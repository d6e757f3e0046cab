"""Say what a table's columns are as plain values: words, alignment, and what a cell says aloud."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: `text` is what it prints, `spoken` the same in full words for a screen reader.

    `width` is in pixels for a 13 px base, 0 for the one column that takes what is left.
    """

    name: str
    head: str
    text: Callable[[Row], str]
    spoken: Callable[[Row], str]
    tip: Callable[[Row], str] | None = None
    is_right: bool = False
    width: int = 0
