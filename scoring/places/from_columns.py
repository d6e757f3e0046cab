"""Named values made from columns, and columns looked up by columns.

A large round has tens of thousands of them, and to call the constructor for each, or to look each up by
itself, takes two or three times as long.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, cast

Row = TypeVar("Row", bound=NamedTuple)


def from_columns(kind: type[Row], *columns: Iterable[Any]) -> Iterator[Row]:
    """Return a value for each line of the columns, one for each field in the fields' order."""
    if len(columns) != len(kind._fields):
        raise TypeError(f"{kind.__name__} has {len(kind._fields)} fields, not {len(columns)}")
    return cast("Iterator[Row]", map(partial(tuple.__new__, kind), zip(*columns, strict=True)))


def looks_up(keys: Sequence[Any]) -> Callable[[Any], Sequence[Any]]:
    """Return what gives the entries under those keys, in their order, of a list or a mapping."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda held: [held[key] for key in keys]
