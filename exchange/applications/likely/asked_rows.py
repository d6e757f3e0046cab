"""Find the heading row of a sheet by what its texts are like, where no rule knows enough of them."""

from collections.abc import Mapping, Sequence, Set
from itertools import islice

from exchange.applications.heading_rows import (
    LOOKED_BELOW,
    HeadingRows,
    Parts,
    Row,
    asked_fields,
    has_both,
    lower_row,
    names_something,
    options_of,
    searched_rows,
    shown_text,
    values_in,
)
from exchange.applications.likely.likeness import judged
from exchange.applications.likely.needed import with_needed
from exchange.reading.sheets import SheetTable

_MANY, _FEW = 5, 3
_PERHAPS = 1.0
_REPEATED = 0.5
"""How much a text that stands below again speaks against a heading."""


def find_questions(table: SheetTable, mapping: Mapping[str, str]) -> HeadingRows | None:
    """Return the row that reads most as the heading of applications, of those near the first that may be.

    What speaks for a row is how many fields it asks for; against it what is as values are, or stands below
    again.
    """
    rows = table.rows[: searched_rows(table)]
    best, most, last = None, 0.0, len(rows)
    for index, row in enumerate(rows):
        if index > last:
            break
        found = _at(table, index)
        below = table.rows[found.row :]
        known = asked_together(found.parts, mapping, below)
        if has_both(known) and (weight := len(set().union(*known)) - _against(row, below)) > most:
            best, most = found, weight
            last = min(last, index + LOOKED_BELOW)
    return best


def _at(table: SheetTable, index: int) -> HeadingRows:
    """Return a row as a heading, with the one below where that is its second row."""
    if both := lower_row(table, index):
        return HeadingRows(index + 2, 2, both)
    return HeadingRows(index + 1, 1, tuple(Parts("", shown_text(cell)) for cell in table.rows[index]))


def _against(row: Row, below: Sequence[Row]) -> float:
    """Return how much of a row is as values are."""
    near = list(islice(below, LOOKED_BELOW))
    filled = [(index, cell) for index, cell in enumerate(row) if cell is not None]
    return values_in(row) + _REPEATED * sum(
        any(other[index] == cell for other in near) for index, cell in filled
    )


def asks_for_application(texts: Sequence[str], mapping: Mapping[str, str]) -> bool:
    """Say whether questions ask for an organisation, an amount and more that applications say."""
    known = asked_together([Parts("", text) for text in texts], mapping)
    return has_both(known) and len(set().union(*known)) > _FEW


def fields_asked(text: str, mapping: Mapping[str, str]) -> Set[str]:
    """Return the fields that a question asks for."""
    part = Parts("", text)
    return asked_fields(part, options_of(part, mapping))


def asked_together(
    parts: Sequence[Parts], mapping: Mapping[str, str], rows: Sequence[Row] = ()
) -> list[Set[str]]:
    """Return the fields that each of the headings of one row asks for.

    Where they are many but not both that are needed, a column of mere names is those of the organisations,
    and one that is at all like the amount may be it, or what stands in the rows tells.
    """
    known = [asked_fields(part, options_of(part, mapping)) for part in parts]
    if has_both(known) or len(set().union(*known)) < _MANY:
        return known
    known = [fields or _perhaps(part.text) for part, fields in zip(parts, known, strict=True)]
    if not any("organisation" in fields for fields in known):
        known = [
            {"organisation"} if names_something(part.text) else fields
            for part, fields in zip(parts, known, strict=True)
        ]
    return with_needed([part.text for part in parts], known, rows)


def _perhaps(heading: str) -> Set[str]:
    """Return that a heading no rule knows may be the amount, where its words speak for it."""
    return {"amount_requested"} if judged(heading)["amount_requested"] >= _PERHAPS else set()
