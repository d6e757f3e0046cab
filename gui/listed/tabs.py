"""Lists that take turns on one page, or something else in the place of a list."""

from collections.abc import Callable, Sequence
from typing import Any, Generic

from msgspec import Struct

from gui.listed.acts import Answer, Row
from gui.theme.look import Look


class Own(Struct, frozen=True):
    """A widget of the page's own, made once, that says its panes and fits a room; it is shown each answer."""

    make: Callable[[Look], Any]
    show: Callable[[Any, Any], None]


class Tab(Struct, Generic[Answer, Row], frozen=True):
    """One of the lists of a page: its words, its rows, and why there are none.

    With `own` that is shown where there are rows, and not they.
    """

    words: str
    rows: Callable[[Answer], Sequence[Row] | None]
    empty: Callable[[Answer], str]
    own: Own | None = None
