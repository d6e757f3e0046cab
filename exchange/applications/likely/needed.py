"""Which columns hold the organisation and the amount where no heading says so, by all that is known."""

from collections.abc import Callable, Mapping, Sequence, Set
from itertools import islice

from exchange.applications.fields import is_blank, text_of
from exchange.applications.likely.assignment import assigned
from exchange.applications.likely.likely_cells import are_repeated, names_organisation
from exchange.applications.likely.likeness import judged
from exchange.applications.likely.looks import look_of, weight_of_look
from exchange.reading.sheets import Cell
from models.values.application_fields import FIELDS

NEEDED = ("organisation", "amount_requested")
_MANY = 5
"""How many fields a heading must ask for, so that the values may tell the two that each table has."""
_TRIED, _MOST_COLUMNS = 60, 400
_MOST_IN_WORDS, _MOST_UNKNOWN, _LEAST_IN_WORDS = 20.0, 3.0, -2.5
_BY_RULE, _OF_KIND = 2.0, 6.0
_LEAST = {"organisation": 1.0, "amount_requested": -1.5}
"""How much must speak for the two, of which each table has a column, and for any other field."""
_LEAST_OF_OTHERS, _LITTLE = 3.5, 0.1
_OF_HOME, _ALIKE = 4.0, 5
"""What it tells that e-mail goes to what is called so, and by how many letters that is seen."""
_FORCED, _MOST_LESS = 1000.0, 3.0
_LOOKS = {
    "organisation": frozenset({"words", "name", "choice"}),
    "amount_requested": frozenset({"money", "count"}),
}

Columns = Mapping[int, Sequence[Cell]]


def with_needed(
    headings: Sequence[str], known: Sequence[Set[str]], rows: Sequence[Sequence[Cell]]
) -> list[Set[str]]:
    """Return what each heading is known to ask for, with the likeliest organisation and amount."""
    found = list(known)
    for field, column in likeliest_needed(headings, known, rows).items():
        found[column] = {*found[column], field}
    return found


def likeliest_needed(
    headings: Sequence[str], known: Sequence[Set[str]], rows: Sequence[Sequence[Cell]]
) -> dict[str, int]:
    """Return the column that is likeliest to hold each of the two.

    One that no heading asks for is told by values only where the headings ask for many other fields.
    """
    columns = _filled(headings, rows)
    looks = {index: look_of(values, headings[index]) for index, values in columns.items()}
    are_many = len(set().union(*known)) >= _MANY
    found = _likeliest(headings, known, columns, looks) if columns else {}
    return {field: column for field, column in found.items() if are_many or field in known[column]}


def _filled(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> dict[int, Sequence[Cell]]:
    found = (
        (index, values)
        for index in range(len(headings))
        if (values := [row[index] for row in rows[:_TRIED] if not is_blank(row[index])])
    )
    return dict(islice(found, _MOST_COLUMNS))


def _likeliest(
    headings: Sequence[str], known: Sequence[Set[str]], columns: Columns, looks: Mapping[int, str]
) -> dict[str, int]:
    """Return the two columns where all fields together find the columns that fit them best.

    So a column that is likelier the project's title is not taken for the organisation, but one that is
    somewhat like what another column is said to hold may be.
    """
    order = list(columns)
    at_home = _at_home([text_of(one) for index in order if looks[index] == "email" for one in columns[index]])
    weights = [
        [
            _weight(field, headings[index], known[index], looks[index], columns[index])
            + (_OF_HOME * _share(at_home, columns[index]) if field == "organisation" else 0.0)
            for index in order
        ]
        for field in FIELDS
    ]
    freely = [[_worth(field, one) for one in row] for field, row in zip(FIELDS, weights, strict=True)]
    held = {column: weights[at][column] for at, column in _given(freely)}
    for at in map(FIELDS.index, NEEDED):
        freely[at] = [
            worth + _FORCED if worth and worth >= held.get(column, worth) - _MOST_LESS else 0.0
            for column, worth in enumerate(freely[at])
        ]
    return {FIELDS[at]: order[column] for at, column in _given(freely) if freely[at][column] >= _FORCED}


def _at_home(addresses: Sequence[str]) -> Callable[[str], bool]:
    """Return whether e-mail addresses have a domain called as a text begins: "info@lanternclub.example"."""
    begun = {_letters(name)[:_ALIKE] for one in addresses for name in one.rpartition("@")[2].split(".")[:1]}
    homes = frozenset(name for name in begun if len(name) == _ALIKE)
    return lambda text: _letters(text)[:_ALIKE] in homes


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _share(is_so: Callable[[str], bool], values: Sequence[Cell]) -> float:
    return sum(is_so(text_of(value)) for value in values) / len(values)


def _given(worths: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return each field that gets a column, by their places; some get none."""
    width = len(worths[0])
    chosen = assigned([[*row, *[0.0] * len(worths)] for row in worths])
    return [(at, column) for at, column in enumerate(chosen) if column < width and worths[at][column] > 0]


def _worth(field: str, weight: float) -> float:
    """Return what it is worth that a column has a field, 0 where too little speaks for it."""
    return max(weight, _LITTLE) if weight >= _LEAST.get(field, _LEAST_OF_OTHERS) else 0.0


def _weight(field: str, heading: str, known: Set[str], look: str, values: Sequence[Cell]) -> float:
    """Return how much speaks for a field: words, values, and of an organisation what such are called."""
    words = min(judged(heading)[field], _MOST_IN_WORDS if field in known else _MOST_UNKNOWN)
    weight = words + weight_of_look(field, look) + (_BY_RULE if field in known else 0.0)
    if field not in NEEDED:
        return weight
    if look not in _LOOKS[field]:
        return weight - _FORCED
    weight += max(_LEAST_IN_WORDS, words) - words
    if field == "organisation":
        weight += _OF_KIND * _share(names_organisation, values)
        weight -= _OF_KIND * are_repeated(values)
    return weight
