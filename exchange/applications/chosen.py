"""What a reader had to choose while it read a table: an officer checks each choice."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from msgspec import Struct

from exchange.applications.columns import Columns
from exchange.applications.fields import is_blank, text_of
from exchange.applications.heading_rows import Row
from exchange.applications.rivals import AMOUNT, says_otherwise
from exchange.applications.table import FoundTable, Heading
from exchange.cells.values import is_bent
from exchange.reading.cell_names import cell_name
from models.values.applications import FIELD_WORDS
from scoring.written.days import far_words, is_open
from scoring.written.text import listed, quoted

RECEIVED = "received_at"
_TEXTS = frozenset({"organisation", "project", "contact_name"})
_ENOUGH_TO_TELL = 500
ONCE = frozenset({AMOUNT, "minimum_amount", "total_cost", "match_funding"})
"""Amounts, which a cell merged over several rows gives to its first row alone."""


class Chosen(Struct, frozen=True):
    """One choice: what was `chosen` for a field, out of what, and why.

    `row` is the spreadsheet's number, 0 for a choice that holds for a whole column; `heading` is that of the
    column.
    """

    row: int
    field: str
    chosen: str
    among: tuple[str, ...]
    why: str
    heading: Heading


def of_columns(found: FoundTable, columns: Columns) -> Iterator[Chosen]:
    """Yield what was chosen for whole columns: which of several is a field, and what was left out."""
    for heading in columns.to_check:
        field = next(field for one, field in columns.mapped if one == heading)
        why = f"Only the values of {quoted(heading.text)} tell what it is."
        yield Chosen(0, field, heading.text, (heading.text,), why, heading)
    rivals = dict(columns.rivals)
    if columns.other_times:
        rivals.setdefault(RECEIVED, columns.other_times)
    for field, others in rivals.items():
        taken = columns.of(field)
        if taken is not None:
            names = tuple(one.text for one in (taken, *others))
            why = (
                f"{quoted(taken.text)} is taken for {FIELD_WORDS[field].lower()}. "
                f"{listed(list(map(quoted, names[1:])))} could be it too."
            )
            yield Chosen(0, field, taken.text, names, why, taken)
    for heading in columns.hidden:
        why = (
            f"The spreadsheet hides the column {quoted(heading.text)}, so it is left out. "
            "Choose it to take it in."
        )
        yield Chosen(0, "answers", "", (heading.text,), why, heading)


def odd_columns(found: FoundTable, columns: Columns) -> tuple[Heading, ...]:
    """Return the columns of texts, in which a date or a mere true is what a spreadsheet made of a text."""
    texts = [heading for heading, field in columns.mapped if field in _TEXTS]
    return tuple(one for one in (*texts, *columns.answers) if _is_of_texts(found, columns, one))


def _is_of_texts(found: FoundTable, columns: Columns, heading: Heading) -> bool:
    if any(one == heading for one, _ in columns.mapped):
        return True
    filled = (row[heading.at] for row in found.rows if not is_blank(row[heading.at]))
    cells = list(islice(filled, _ENOUGH_TO_TELL))
    bent = sum(map(is_bent, cells))
    return 0 < 2 * bent < len(cells)


def of_guessed(columns: Columns, number: int, row: Row, guessed: Sequence[Heading]) -> Iterator[Chosen]:
    """Yield the days of a row that could have the month first; `guessed` are the columns of such days."""
    for heading in guessed:
        text = text_of(row[heading.at])
        if is_open(text):
            why = f"{quoted(text)} is read with the day first; another column has the month first."
            yield Chosen(number, _field(columns, heading), text, (), why, heading)


def of_row(
    found: FoundTable,
    columns: Columns,
    number: int,
    row: Row,
    days: dict[Heading, date],
    today: date,
    odd: tuple[Heading, ...],
) -> Iterator[Chosen]:
    """Yield what was chosen of one row; `days` are those that were read in it, each below its heading."""
    yield from _rival_amounts(columns, number, row)
    for heading in odd:
        if is_bent(row[heading.at]):
            text = text_of(row[heading.at])
            why = f"{quoted(text)} stands among texts: a spreadsheet may have made it of what was written."
            yield Chosen(number, _field(columns, heading), text, (), why, heading)
    if found.carried:
        yield from _carried(found, columns, number, row)
    if found.struck or found.comments:
        yield from _marked(found, columns, number, row)
    for heading, day in days.items():
        if day > today and (far := far_words(day, today)):
            yield Chosen(number, _field(columns, heading), text_of(row[heading.at]), (), far, heading)


def _rival_amounts(columns: Columns, number: int, row: Row) -> Iterator[Chosen]:
    """Yield the amount requested, where another column of the row says another."""
    heading = columns.of(AMOUNT)
    if heading is None:
        return
    unlike = [one for one in columns.rivals.get(AMOUNT, ()) if says_otherwise(row, heading, one)]
    if unlike:
        said = [f"{quoted(one.text)} says {text_of(row[one.at])}" for one in unlike]
        why = f"{quoted(heading.text)} is taken, {text_of(row[heading.at])}; {listed(said)}."
        names = tuple(one.text for one in (heading, *unlike))
        yield Chosen(number, AMOUNT, heading.text, names, why, heading)


def _carried(found: FoundTable, columns: Columns, number: int, row: Row) -> Iterator[Chosen]:
    """Yield the values that come from the first row of a merged area."""
    for heading in found.headings:
        first = found.carried.get((number, heading.column))
        field = _field(columns, heading)
        if first is None or field in ONCE or heading in columns.hidden:
            continue
        place = cell_name(*first)
        why = f"The cell is part of the merged cell {place}, whose value is taken in this row too."
        yield Chosen(number, field, text_of(row[heading.at]), (place,), why, heading)


def _marked(found: FoundTable, columns: Columns, number: int, row: Row) -> Iterator[Chosen]:
    """Yield the cells that are crossed out, or have a comment, in the spreadsheet."""
    shown = [one for one in found.headings if one not in columns.hidden]
    struck = [one for one in shown if (number, one.column) in found.struck]
    if struck:
        places = tuple(cell_name(number, one.column) for one in struck)
        why = f"{listed(list(places))} {_are(places)} crossed out in the spreadsheet, and read all the same."
        yield Chosen(number, _field(columns, struck[0]), text_of(row[struck[0].at]), places, why, struck[0])
    for heading in shown:
        if (number, heading.column) in found.comments:
            place = cell_name(number, heading.column)
            why = f"{place} has a comment in the spreadsheet, which is not read here. Look at it there."
            yield Chosen(number, _field(columns, heading), text_of(row[heading.at]), (place,), why, heading)


def _are(places: tuple[str, ...]) -> str:
    return "is" if len(places) == 1 else "are"


def _field(columns: Columns, heading: Heading) -> str:
    """Return the field that a column holds, the heading itself of one kept as an answer."""
    return next((field for one, field in columns.mapped if one == heading), heading.text)
