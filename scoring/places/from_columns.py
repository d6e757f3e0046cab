"""Named values made from columns.

A large round has tens of thousands of them, and to call the constructor for each takes three times as long.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

Row = TypeVar("Row", bound=NamedTuple)


def from_columns(kind: type[Row], *columns: Iterable[Any]) -> Iterator[Row]:
    """Return a value for each line of the columns, one for each field in the fields' order."""
    if len(columns) != len(kind._fields):
        raise TypeError(f"{kind.__name__} has {len(kind._fields)} fields, not {len(columns)}")
    return cast("Iterator[Row]", map(partial(tuple.__new__, kind), zip(*columns, strict=True)))
