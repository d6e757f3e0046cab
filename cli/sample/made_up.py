"""The people and texts of the sample, which are made up, from `resources/sample/sample.toml`."""

import tomllib
from functools import reduce
from typing import TypeVar

from msgspec import convert

import resources

T = TypeVar("T")
_SAMPLE = tomllib.loads(resources.text("sample/sample.toml"))
Words = dict[str, str]


def made_up(path: str, of: type[T]) -> T:
    """Return what stands in a table of the file, or in a key of one: "panel.reasons"."""
    return convert(reduce(lambda table, name: table[name], path.split("."), _SAMPLE), of)
