"""Which columns hold the organisation and the amount where no heading says so, by what stands in them."""

from collections.abc import Mapping, Sequence, Set

from exchange.applications.fields import is_blank, text_of
from exchange.applications.likely.likely_cells import names_kind_of_organisation
from exchange.applications.likely.likeness import judged
from exchange.applications.likely.looks import look_of, weight_of_look
from exchange.reading.sheets import Cell

_MANY = 5
"""How many fields a heading must ask for, so that the values may tell the two that each table has."""
_TRIED = 60
_OF_KIND, _DIFFERENT = 0.25, 0.8
_NAMES = frozenset({"words", "name"})
_SUMS = frozenset({"money", "count"})
_LEAST_IN_WORDS = 0.5


def with_needed(
    headings: Sequence[str], known: Sequence[Set[str]], rows: Sequence[Sequence[Cell]]
) -> list[Set[str]]:
    """Return what each heading is known to ask for, with the organisation and the amount by their values.

    Those are told by values only where the headings ask for many other fields, and of each one column.
    """
    found = list(known)
    for field, column_of in (("organisation", _organisation), ("amount_requested", _amount)):
        asked = set().union(*found)
        if field in asked or len(asked) < _MANY:
            continue
        columns = {
            index: values
            for index, fields in enumerate(found)
            if (values := [row[index] for row in rows[:_TRIED] if not is_blank(row[index])])
            and _is_open(fields, look_of(values, headings[index]))
        }
        column = column_of(headings, columns)
        if column is not None:
            found[column] = {field}
    return found


def _is_open(fields: Set[str], look: str) -> bool:
    """Say whether what stands in a column is not what its heading asks for, or a title at most."""
    return all(field == "project" or weight_of_look(field, look) < 0 for field in fields)


def _organisation(headings: Sequence[str], columns: Mapping[int, Sequence[Cell]]) -> int | None:
    """Return the column whose values read most as names of organisations, each another: "Dale Trust"."""
    shares = {
        index: sum(names_kind_of_organisation(text_of(value)) for value in values) / len(values)
        for index, values in columns.items()
        if look_of(values, headings[index]) in _NAMES
        and len({text_of(value) for value in values}) >= _DIFFERENT * len(values)
    }
    best = max(shares, key=lambda index: shares[index], default=None)
    return best if best is not None and shares[best] >= _OF_KIND else None


def _amount(headings: Sequence[str], columns: Mapping[int, Sequence[Cell]]) -> int | None:
    """Return the column of sums whose heading is most like the amount, or that is the only one."""
    looks = {index: look_of(values, headings[index]) for index, values in columns.items()}
    sums = [index for index, look in looks.items() if look in _SUMS]
    weights = {index: judged(headings[index])["amount_requested"] for index in sums}
    best = max(sums, key=lambda index: weights[index], default=None)
    is_only = [look for look in looks.values() if look in _SUMS] == ["money"]
    return best if best is not None and (is_only or weights[best] >= _LEAST_IN_WORDS) else None
