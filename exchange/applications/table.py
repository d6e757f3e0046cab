"""Find the table of applications in a book: its sheet, its headings, the rows below.

found = find_table(book)
found.header_row        # the lower heading row, as the spreadsheet counts
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from exchange.applications.fields import are_repeated, is_blank, names_organisation, text_of
from exchange.applications.heading_rows import (
    LOOKED_BELOW,
    HeadingRows,
    Parts,
    Row,
    asked_fields,
    find_headings,
    has_both,
    is_label,
    lower_row,
    names_something,
    options_of,
    searched_rows,
    shown_text,
    values_in,
)
from exchange.applications.likeness import judged, look_of, weight_of_look
from exchange.applications.row_sorter import Kind, Point
from exchange.cells.values import read_money
from exchange.reading.cell_names import cell_name, column_name
from exchange.reading.sheet_scan import MAX_COLUMNS
from exchange.reading.sheets import Book, Cell, FormPlace, Place, SheetTable, filled
from models.trouble import Trouble
from models.values.applications import FIELDS
from scoring.written.amounts import Unit, unit_in
from scoring.written.text import readable

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
    held = {column: weights[at][column] for at, column in _given(freely).items()}
    for at in map(FIELDS.index, NEEDED):
        freely[at] = [
            worth + _FORCED if worth and worth >= held.get(column, worth) - _MOST_LESS else 0.0
            for column, worth in enumerate(freely[at])
        ]
    return {
        FIELDS[at]: order[column] for at, column in _given(freely).items() if freely[at][column] >= _FORCED
    }


def _at_home(addresses: Sequence[str]) -> Callable[[str], bool]:
    """Return whether e-mail addresses have a domain called as a text begins: "info@lanternclub.example"."""
    begun = {_letters(name)[:_ALIKE] for one in addresses for name in one.rpartition("@")[2].split(".")[:1]}
    homes = frozenset(name for name in begun if len(name) == _ALIKE)
    return lambda text: _letters(text)[:_ALIKE] in homes


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _share(is_so: Callable[[str], bool], values: Sequence[Cell]) -> float:
    return sum(is_so(text_of(value)) for value in values) / len(values)


def _given(worths: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return which column each field has: the pair that is worth most of all goes first."""
    pairs = (
        (worth, at, column) for at, row in enumerate(worths) for column, worth in enumerate(row) if worth
    )
    found: dict[int, int] = {}
    for _, at, column in sorted(pairs, key=lambda pair: -pair[0]):
        if at not in found and column not in found.values():
            found[at] = column
    return found


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


_MANY_QUESTIONS, _FEW = 5, 3
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
    if both := lower_row(table, index):
        return HeadingRows(index + 2, both)
    return HeadingRows(index + 1, tuple(Parts("", shown_text(cell)) for cell in table.rows[index]))


def _against(row: Row, below: Sequence[Row]) -> float:
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
    if has_both(known) or len(set().union(*known)) < _MANY_QUESTIONS:
        return known
    known = [
        fields or ({"amount_requested"} if judged(part.text)["amount_requested"] >= _PERHAPS else set())
        for part, fields in zip(parts, known, strict=True)
    ]
    if not any("organisation" in fields for fields in known):
        known = [
            {"organisation"} if names_something(part.text) else fields
            for part, fields in zip(parts, known, strict=True)
        ]
    for field, column in likeliest_needed([part.text for part in parts], known, rows).items():
        known[column] = {*known[column], field}
    return known


_ALL_IN = re.compile(
    r"\b(?:figures|amounts|values|sums|costs|budgets)(?: (?:shown|below|requested|stated|here))?(?: are)?"
    r"(?: all)?(?: shown| stated| given)? in\b.{1,40}",
    re.IGNORECASE,
)
_LONGEST_NOTE = 500

Finder = Callable[[SheetTable, Mapping[str, str]], HeadingRows | None]


class Heading(Struct, frozen=True):
    """A column of the table, `at` this place of a row; `text` is its heading in JSON, unlike any other's."""

    at: int
    text: str
    parts: Parts

    @property
    def column(self) -> int:
        """Return its number in the spreadsheet, from 1."""
        return self.at + 1


class FoundTable(Struct, frozen=True):
    """A table of applications; `rows` are those below the heading, from `first_row` of the sheet.

    `unit` is that of all amounts, where a note above the heading, or alone in its row, says so: "All figures
    in £000s". `hidden` rows and `hidden_columns` are not shown by the spreadsheet; `struck` cells have a line
    through them, `comments` a comment beside them, `carried` the value of a merged area's first row. What
    stands beyond `width` cells of a row has no heading. `notes` say what else is to be told of the sheet.
    `places` are those of rows that are forms, () of a sheet's.
    """

    sheet: str
    header_row: int
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    other_sheets: tuple[str, ...] = ()
    unit: Unit | None = None
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[Place] = frozenset()
    comments: frozenset[Place] = frozenset()
    carried: Mapping[Place, Place] = {}
    width: int = MAX_COLUMNS
    notes: tuple[str, ...] = ()
    places: tuple[FormPlace, ...] = ()

    @property
    def first_row(self) -> int:
        """Return the spreadsheet's number of the first row below the heading."""
        return self.header_row + 1

    @property
    def numbered(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Return the rows with the spreadsheet's numbers."""
        return enumerate(self.rows, self.first_row)

    def row(self, number: int) -> tuple[Cell, ...]:
        return self.rows[number - self.first_row]

    def row_name(self, number: int) -> str:
        """Return what a row is called among others: the file of a form, "row 7" of a sheet."""
        return self.file(number) or f"row {number}"

    def label(self, number: int, heading: Heading) -> str:
        """Return what is asked of a cell: the heading, or what the row's own form calls it."""
        return self.places[number - self.first_row].labels[heading.at] if self.places else heading.text

    def file(self, number: int) -> str:
        """Return the file that a row was read from as a form, "" of a sheet's."""
        return self.places[number - self.first_row].file if self.places else ""

    def point(
        self, number: int, heading: Heading, value: str, words: str, kind: Kind, *, is_check: bool = True
    ) -> Point:
        """Return something to look at, at a cell whose value is that."""
        place, label = self.file(number) or cell_name(number, heading.column), self.label(number, heading)
        return Point(place, label, value, words, kind, is_check, column=heading.column)


def find_table(
    book: Book,
    *,
    file_name: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> FoundTable:
    """Return the table of the named sheet, or of the visible one with most applications.

    A hidden sheet is taken only when named or when no visible one has a table. Raises `Trouble` without any.
    """
    known = {heading.casefold(): field for heading, field in (mapping or {}).items()}
    file_name = file_name or book.name
    tables = list(_tables(book.sheets, known, find_headings)) or list(
        _tables(book.sheets, known, find_questions)
    )
    chosen = _named(book, tables, file_name, sheet) if sheet is not None else _largest(tables, known)
    if chosen is None:
        raise no_table(file_name, sheet)
    others = tuple(found.sheet for _, found in tables if found is not chosen)
    return replace(chosen, other_sheets=others)


def _tables(
    sheets: Sequence[SheetTable], mapping: Mapping[str, str], find: Finder
) -> Iterator[tuple[SheetTable, FoundTable]]:
    for sheet in sheets:
        table = filled(sheet)
        headings = find(table, mapping)
        if headings:
            yield sheet, table_below(table, headings.row, headings.parts)


def table_below(table: SheetTable, row: int, parts: Sequence[Parts]) -> FoundTable:
    """Return the table of a sheet below a row of headings, of which `parts` are the words."""
    rows = table.rows[row:]
    width = _width_of(table, row, parts)
    return FoundTable(
        table.name,
        row,
        tuple(one for one in named_columns(parts, rows) if one.at < width),
        rows,
        unit=unit_noted((*table.rows[:row], *(one for one in rows if len({*one, None}) == 2))),
        hidden=frozenset(table.hidden),
        hidden_columns=frozenset(table.hidden_columns),
        struck=table.struck,
        comments=table.comments,
        carried=table.carried,
        width=width,
        notes=table.notes,
        places=table.places,
    )


def _width_of(table: SheetTable, row: int, parts: Sequence[Parts]) -> int:
    """Return how many cells of a row have a heading: in a text file those of the row of headings.

    In a spreadsheet a column beyond the last heading counts where most rows fill it: a list of notes.
    """
    if table.widths:
        return table.widths[row - 1]
    rows = [cells for cells in table.rows[row:] if any(cell is not None for cell in cells)]
    width = max((at + 1 for at, part in enumerate(parts) if part.text), default=0)
    beyond = range(width, len(parts))
    return max(
        (at + 1 for at in beyond if 2 * sum(cells[at] is not None for cells in rows) > len(rows)),
        default=width,
    )


def unit_noted(rows: Sequence[Row]) -> Unit | None:
    """Return the unit that a note says all amounts are in: "All figures in £000s"."""
    texts = (cell for row in rows for cell in row if isinstance(cell, str) and len(cell) <= _LONGEST_NOTE)
    units = (unit_in(note[0]) for note in map(_ALL_IN.search, texts) if note)
    return next(filter(None, units), None)


def named_columns(parts: Sequence[Parts], rows: Sequence[Row]) -> Iterator[Heading]:
    """Name every column: repeats get " (2)", blank ones with values "Column H", empty ones are left out."""
    named = [
        (index, part.text or f"Column {column_name(index + 1)}", part)
        for index, part in enumerate(parts)
        if part.text or any(row[index] is not None for row in rows)
    ]
    for (index, _, part), text in zip(named, unlike([text for _, text, _ in named]), strict=True):
        yield Heading(index, text, part)


def unlike(texts: Sequence[str]) -> Iterator[str]:
    """Yield headings of which no two are alike: one that stands before, or as it is itself, gets " (2)"."""
    taken, own = set[str](), {*texts}
    for text in texts:
        one, number = text, 1
        while one in taken or (number > 1 and one in own):
            number += 1
            one = f"{text} ({number})"
        taken.add(one)
        yield one


def _named(
    book: Book, tables: list[tuple[SheetTable, FoundTable]], file_name: str, name: str
) -> FoundTable | None:
    names = [sheet.name for sheet in book.sheets]
    if name not in names:
        same = [known for known in names if known.casefold().strip() == name.casefold().strip()]
        if not same:
            listed = ", ".join(f'"{known}"' for known in names[:8])
            raise Trouble(f'"{file_name}" has no sheet "{name}"; it has {listed}. Nothing was imported.')
        name = same[0]
    return next((found for sheet, found in tables if sheet.name == name), None)


def _largest(tables: list[tuple[SheetTable, FoundTable]], mapping: Mapping[str, str]) -> FoundTable | None:
    shown = [found for sheet, found in tables if sheet.visible] or [found for _, found in tables]
    if len(shown) < 2:
        return shown[0] if shown else None
    counts = [_count(found, mapping) for found in shown]
    return shown[counts.index(max(counts))]


def _count(found: FoundTable, mapping: Mapping[str, str]) -> int:
    """Count the rows with an organisation and an amount, near enough to tell which sheet has most."""
    names = _columns_for("organisation", found, mapping)
    amounts = _columns_for("amount_requested", found, mapping)
    return sum(
        any(isinstance(row[i], str) and not is_label(str(row[i])) for i in names)
        and any(readable(read_money, row[i]) for i in amounts)
        for row in found.rows
    )


def _columns_for(field: str, found: FoundTable, mapping: Mapping[str, str]) -> list[int]:
    return [
        heading.at
        for heading in found.headings
        if any(option.field == field for option in options_of(heading.parts, mapping))
    ]


def no_table(file_name: str, sheet: str | None) -> Trouble:
    """Say that a file or one sheet of it has no applications."""
    where = f'The sheet "{sheet}" of "{file_name}"' if sheet is not None else f'"{file_name}"'
    return Trouble(
        "This is not an application workbook. "
        f"{where} has no column that looks like an organisation or an amount. Head one column "
        "Organisation and one Amount requested, in one row. Nothing was imported."
    )
