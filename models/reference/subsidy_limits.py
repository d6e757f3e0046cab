"""What the law on subsidies allows and asks on a day, read from its file."""

import tomllib
from datetime import date
from functools import cache

from msgspec import Struct

import resources
from scoring.written.amounts import read_money


class SubsidyLimit(Struct, frozen=True):
    """The most minimal financial assistance in three financial years, and from what on it is published."""

    from_on: date
    minimal_pence: int
    published_above_pence: int


def limit_on(day: date) -> SubsidyLimit:
    """Return what holds on a day; before the first day of the file, what holds first."""
    limits = _limits()
    return next((one for one in reversed(limits) if one.from_on <= day), limits[0])


@cache
def _limits() -> tuple[SubsidyLimit, ...]:
    said = tomllib.loads(resources.text("schemes/subsidy.toml"))["limit"]
    found = (
        SubsidyLimit(date.fromisoformat(one["from"]), _pence(one["minimal"]), _pence(one["published_above"]))
        for one in said
    )
    return tuple(sorted(found, key=lambda one: one.from_on))


def _pence(text: str) -> int:
    return read_money(text, is_plain=True) or 0
