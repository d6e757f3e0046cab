"""Which form of money a paper has: with pence in every sum where one of its sums has some, else in none.

An average, or a price a point, is apart, and what a printed paper had stays as it was printed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import fields as fields_of
from msgspec.structs import replace

from models.papers.letters.letters import Letters
from scoring.money import one_form

V = TypeVar("V")
APART = frozenset({"price_pence", "each_pence", "median_pence"})
"""Averages, and prices a point."""
LISTED = frozenset({"areas", "contributed", "over_pots", "payments", "without_awards"})
"""Fields that have sums among the texts of a list."""


def in_its_form(make: Callable[[], V]) -> V:
    """Return the values of a paper with the sums in its sentences in its form, letters each in its own."""
    with one_form(has_pence=False) as met:
        short = make()
    if not has_pence(short, met):
        return short
    with one_form(has_pence=True):
        long: Any = make()
    if isinstance(short, Letters):
        long = _each_letter(short, long, met)
    else:
        long = replace(long, letterhead=replace(long.letterhead, has_pence=True))
    return cast(V, long)


def has_pence(value: object, said: Iterable[str] = ()) -> bool:
    """Whether a paper of these values has pence; `said` are sums that may stand in their sentences."""
    head = getattr(value, "letterhead", None)
    if head is not None and head.has_pence:
        return True
    met = frozenset(said)
    return any(pence % 100 for pence in _sums(value)) or any(
        sum_ in text for sum_ in met for text in _texts(value)
    )


def _each_letter(short: Letters, long: Letters, met: Iterable[str]) -> Letters:
    """Return the letters, of those with pence the long ones."""
    said = tuple(met)
    pairs = tuple(zip(short.letters, long.letters, strict=True))
    return replace(
        short,
        letters=tuple(replace(two, has_pence=True) if has_pence(one, said) else one for one, two in pairs),
    )


def _sums(value: object, name: str = "") -> Iterator[int]:
    """Yield the sums in pence of a value; one that says which it prints is asked."""
    if isinstance(value, int):
        is_sum = name.endswith("pence") and name not in APART
        yield from (value,) if (is_sum or name in LISTED) and not isinstance(value, bool) else ()
    elif (printed := getattr(value, "printed_pence", None)) is not None:
        yield from (pence for pence in printed if pence is not None)
    else:
        for inner, part in _parts(value, name):
            yield from _sums(part, inner)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for _, part in _parts(value, ""):
            yield from _texts(part)


def _parts(value: object, name: str) -> Iterator[tuple[str, object]]:
    """Yield the parts of a value, each under its field's name, those of a list under the list's."""
    if isinstance(value, Struct):
        yield from ((one.name, getattr(value, one.name)) for one in fields_of(type(value)))
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        yield from zip(value._fields, value, strict=True)
    elif isinstance(value, Mapping):
        yield from ((name, part) for part in value.values())
    elif isinstance(value, tuple | list):
        yield from ((name, part) for part in value)
