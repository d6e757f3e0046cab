"""One sheet of a round workbook as rows with named columns, noting faults where they are found."""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from exchange.cells.values import cell_text, exact, is_financial_year, local_moment, read_money
from exchange.forms import FaultList, read_cell
from exchange.reading.cell_names import column_name
from exchange.reading.sheets import Book, Cell, NoSavedValue, SheetTable
from exchange.round_workbook.layout import (
    COLUMNS,
    LAYOUT,
    LONG_TEXTS,
    OTHER_NAMES,
    REST,
    SHEETS,
    folded,
)
from scoring.round import ChairDecisionKind, Eligibility, InterestKind
from scoring.scheme import Allocation, Combine, RankedBy
from scoring.written.amounts import not_exact, not_money, read_figure
from scoring.written.days import is_in_reach
from scoring.written.text import Unreadable

Word = TypeVar("Word", bound=StrEnum)

LONGEST_SHOWN = 60
LONGEST_NUMBER = 24
MOST_WHOLE = 10**9
PLACES_OF_WEIGHT = 4

_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[-+][0-9]{2}:?[0-9]{2})?)?"
)


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text(cell: Cell) -> str:
    """Return a cell as trimmed text; a whole number has no ".0", a date is in ISO form."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds" if cell.second else "minutes")
    return cell_text(cell)


def shown(cell: Cell) -> str:
    """Return a cell as a fault quotes it: one line, shortened, text within quotation marks."""
    words = " ".join(text(cell).split())
    if len(words) > LONGEST_SHOWN:
        words = words[: LONGEST_SHOWN - 1] + "…"
    return f'"{words}"' if isinstance(cell, str) else words


def number(cell: Cell) -> Decimal:
    """Return an exact number; a spreadsheet's own is taken at 15 significant digits."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return exact(cell)
    if isinstance(cell, str) and len(cell.strip()) <= LONGEST_NUMBER and _NUMBER.fullmatch(cell.strip()):
        return Decimal(cell.strip().replace(",", ""))
    raise Unreadable(f"{shown(cell)} is not a number.")


def number_up_to(high: int | None = None) -> Callable[[Cell], Decimal]:
    """Return a reader of numbers from 0 up to `high`, both included."""

    def read(cell: Cell) -> Decimal:
        value = number(cell)
        if value < 0 or (high is not None and value > high):
            raise Unreadable(f"{shown(cell)} is not a number {_span(0, high)}.")
        return value

    return read


def whole_within(low: int, high: int | None = None) -> Callable[[Cell], int]:
    """Return a reader of whole numbers from `low` up to `high`, both included; "4" and 4.0 are whole."""
    top = MOST_WHOLE if high is None else high

    def read(cell: Cell) -> int:
        try:
            value = number(cell)
        except Unreadable:
            value = None
        if value is None or value != int(value) or not low <= value <= top:
            raise Unreadable(f"{shown(cell)} is not a whole number {_span(low, high)}.")
        return int(value)

    return read


def weight(cell: Cell) -> int:
    """Return a weight above 0 in ten-thousandths; more than four decimal places are refused."""
    value = number(cell)
    if value <= 0:
        raise Unreadable(f"{shown(cell)} is not above 0; a weight is a share of 100.")
    scaled = value.scaleb(PLACES_OF_WEIGHT)
    if scaled != int(scaled):
        raise Unreadable(f"{shown(cell)} has more than four decimal places.")
    return int(scaled)


def figure(cell: Cell) -> Decimal:
    """Return a bound of a criterion, £0 or more: a number, or text like "£4,500.00"."""
    value = read_figure(cell) if isinstance(cell, str) else number(cell)
    if value < 0:
        raise not_money(text(cell))
    return value


def money_from_nought(cell: Cell) -> int:
    """Return an amount of £0.00 or more, in pence."""
    pence = read_money(cell, is_plain=True)
    if pence is None:
        raise not_exact(text(cell))
    return pence


def money_above_nought(cell: Cell) -> int:
    """Return an amount above £0, in pence."""
    pence = money_from_nought(cell)
    if not pence:
        raise Unreadable(f"{shown(cell)} is not above £0.")
    return pence


def moment(cell: Cell) -> tuple[datetime, bool]:
    """Return when something came in, and whether a time was given; one of another zone in local time."""
    when, has_time = _moment(cell)
    if not is_in_reach(when.date()):
        raise Unreadable(f"{shown(cell)} is not a day from 1900 to 2199; check the year.")
    return when, has_time


def _moment(cell: Cell) -> tuple[datetime, bool]:
    if isinstance(cell, datetime):
        when = _whole_second(cell)
        return when, when.time() != datetime.min.time()
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day), False
    match = _ISO.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if isinstance(cell, str) and match is not None:
        with suppress(ValueError):
            return local_moment(datetime.fromisoformat(cell.strip())), match["time"] is not None
    raise Unreadable(f"{shown(cell)} is not a date; use an Excel date or the form 2026-11-20.")


def day(cell: Cell) -> date:
    """Return a date; a time beside it is left off."""
    return moment(cell)[0].date()


def yes_no(cell: Cell) -> bool:
    """Return a yes or no, in any case, or the spreadsheet's own TRUE or FALSE."""
    if isinstance(cell, bool):
        return cell
    word = cell.strip().casefold() if isinstance(cell, str) else ""
    if word not in ("yes", "no", "true", "false"):
        raise Unreadable(f"{shown(cell)} is not yes or no.")
    return word in ("yes", "true")


def one_of(words: type[Word]) -> Callable[[Cell], Word]:
    """Return a reader of one of the words of a list, spelt exactly."""

    def read(cell: Cell) -> Word:
        try:
            return words(text(cell))
        except ValueError:
            raise Unreadable(f"{shown(cell)} is not one of {', '.join(words)}.") from None

    return read


def financial_year(cell: Cell) -> str:
    """Return a financial year as "2026/27", the second year following the first."""
    if not is_financial_year(text(cell)):
        raise Unreadable(f"{shown(cell)} is not a financial year like 2026/27.")
    return text(cell)


def _whole_second(when: datetime) -> datetime:
    if when.microsecond == 0:
        return when
    return (when + timedelta(microseconds=500_000)).replace(microsecond=0)


def _span(low: int, high: int | None) -> str:
    return f"from {low} to {high}" if high is not None else f"from {low}"


def _eligibility(cell: Cell) -> Eligibility:
    if isinstance(cell, bool):
        return Eligibility.YES if cell else Eligibility.NO
    try:
        return Eligibility(text(cell).casefold())
    except ValueError:
        raise Unreadable(f"{shown(cell)} is not one of {', '.join(Eligibility)}.") from None


WORD_KINDS: Mapping[str, type[StrEnum]] = {
    "combine": Combine,
    "ranked by": RankedBy,
    "allocation": Allocation,
    "interest": InterestKind,
    "chair decision": ChairDecisionKind,
}
"""The words of which one stands in a column, by what that holds."""
READERS: Mapping[str, Callable[[Cell], Any]] = {
    "text": text,
    "role": text,
    "pounds": money_above_nought,
    "pounds or none": money_from_nought,
    "count": whole_within(0),
    "number": number_up_to(),
    "percent": number_up_to(100),
    "moment": moment,
    "day": day,
    "year": financial_year,
    "yes or no": yes_no,
    "eligible": _eligibility,
    **{kind: one_of(words) for kind, words in WORD_KINDS.items()},
}
"""How a cell is read, by what stands in its column; of other kinds rules of their own are asked."""

Value = TypeVar("Value")
Absent = TypeVar("Absent")

NOWHERE = 1 << 30
Key = tuple[object, ...]


class Row(Struct, frozen=True):
    """One row of a sheet; `number` is the spreadsheet's own, counting from 1."""

    sheet: str
    number: int
    cells: tuple[Cell, ...]
    columns: Mapping[str, int]
    faults: FaultList

    def cell(self, column: str) -> Cell:
        """Return the cell under a heading, None when it is blank or the column is not there."""
        index = self.columns.get(folded(column), NOWHERE)
        return None if index >= len(self.cells) or is_blank(self.cells[index]) else self.cells[index]

    def place(self, index: int) -> tuple[str, int, int]:
        """Return the sheet, row and column, from 1, of the cell in a column counted from 0."""
        return self.sheet, self.number, index + 1

    def fault(self, column: str, words: str) -> None:
        self.faults.add_cell(*self.place(self.columns[folded(column)]), words)

    def take(self, column: str, read: Callable[[Cell], Value], absent: Absent) -> Value | Absent:
        """Return the value under a heading; `absent` when it is blank, or is at fault, which is noted."""
        return self.take_at(self.columns.get(folded(column), NOWHERE), read, absent)

    def take_at(self, index: int, read: Callable[[Cell], Value], absent: Absent) -> Value | Absent:
        """Return the value in a column counted from 0, as `take` does."""
        cell = self.cells[index] if index < len(self.cells) else None
        if is_blank(cell):
            return absent
        return read_cell(cell, read, absent, self.faults, self.place(index))

    def read(self, blank: object) -> dict[str, Any]:
        """Return what stands in the columns by their field, else that of `blank`; what lacks is a fault."""
        columns = [one for one in LAYOUT[self.sheet] if one.field and one.kind in READERS]
        takes = ((self.need if one.is_needed else self.take, one) for one in columns)
        return {
            one.field: take(one.heading, READERS[one.kind], getattr(blank, one.field)) for take, one in takes
        }

    def look_up(self, column: str, said: str, listed: Container[str] | None, what: str) -> None:
        """Note what another sheet does not list as a fault; `listed` is None where that could not be read."""
        if said and listed is not None and said not in listed:
            self.fault(column, f'"{said}" is not {what} sheet.')

    def need(self, column: str, read: Callable[[Cell], Value], absent: Absent) -> Value | Absent:
        """Return the value under a heading as `take` does; a blank is a fault."""
        if self.cell(column) is None and folded(column) in self.columns:
            self.fault(column, f"{column} is blank.")
        return self.take(column, read, absent)


def kept(
    read: Iterable[tuple[Row, Value]], fields: Sequence[str], column: str, twice: str
) -> tuple[Value, ...]:
    """Return what rows say, told apart by some fields, of which none is blank.

    One that is there already is a fault in a column, in these words about it.
    """
    found: dict[Key, Value] = {}
    for row, value in read:
        key = tuple(getattr(value, name) for name in fields)
        if key in found:
            row.fault(column, twice.format(value))
        elif all(key):
            found[key] = value
    return tuple(found.values())


class Table(Struct, frozen=True):
    """One sheet: its rows that are not blank, and the columns that the format does not know."""

    sheet: str
    columns: Mapping[str, int]
    others: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]

    def has(self, column: str) -> bool:
        return folded(column) in self.columns


class Source(Struct, frozen=True):
    """A workbook being read, with what has been found wrong or odd in it so far."""

    book: Book
    faults: FaultList = field(default_factory=partial(FaultList, SHEETS, most=None))
    warnings: list[str] = field(default_factory=list)

    def open_table(
        self, sheet: str, *, also: Sequence[str] = (), needs: Sequence[str] = (), keeps_others: bool = False
    ) -> Table | None:
        """Return a sheet with its known columns found, or None when there is none of that name.

        `also` names columns beyond those of the format, `needs` those of them that must be there.
        Headings stand in the first row that is not blank. A required column that is missing and a
        known heading given twice are faults. A row that is blank under every heading that counts is
        left out: all headings where the others are kept as answers, the known ones elsewhere, where
        the others give a warning.
        """
        found = find_sheet(self.book, sheet)
        if found is None:
            return None
        start = _heading_row(found)
        header = found.rows[start] if start < len(found.rows) else ()
        columns, others = self._columns(sheet, start + 1, header, (*COLUMNS[sheet], *also))
        for column in (*(c.heading for c in LAYOUT[sheet] if c.is_needed or c.is_required), *needs):
            if folded(column) not in columns:
                self.faults.add_sheet(sheet, f"the column {column} is missing.")
        body = found.rows[start + 1 :]
        others += _unnamed(body, {*columns.values(), *(index for index, _ in others)})
        if others and not keeps_others:
            self.warnings.append(f"{sheet}: ignored the columns {', '.join(name for _, name in others)}.")
        counted = {*columns.values(), *((index for index, _ in others) if keeps_others else ())}
        rows = tuple(
            Row(sheet, number, cells, columns, self.faults)
            for number, cells in enumerate(body, start + 2)
            if any(not is_blank(cells[index]) for index in counted if index < len(cells))
        )
        return Table(sheet, columns, tuple(others), rows)

    def rows(self, sheet: str, *, also: Sequence[str] = (), needs: Sequence[str] = ()) -> tuple[Row, ...]:
        """Return the rows of a sheet as `open_table` does, none where it is not there."""
        table = self.open_table(sheet, also=also, needs=needs)
        return () if table is None else table.rows

    def _columns(
        self, sheet: str, row: int, header: Sequence[Cell], names: Sequence[str]
    ) -> tuple[dict[str, int], list[tuple[int, str]]]:
        known = {folded(name): name for name in names}
        columns: dict[str, int] = {}
        others: list[tuple[int, str]] = []
        for index, cell in enumerate(header):
            key = _key(cell)
            if key in columns:
                self.faults.add_cell(sheet, row, index + 1, f"the column {known[key]} is there twice.")
            elif key in known:
                columns[key] = index
            elif key:
                others.append((index, text(cell)))
        return columns, others


def with_long_texts(source: Source) -> Source:
    """Return the source with each text made whole whose rest stands on the sheet Long texts.

    A rest that is not there, and one that no text says it has, are faults: nothing is lost unseen.
    """
    rests, used = _rests(source), set[int]()

    def whole(sheet: str, row: int, column: int, cell: Cell) -> Cell:
        found = REST.search(cell) if isinstance(cell, str) and LONG_TEXTS in cell else None
        if not isinstance(cell, str) or found is None:
            return cell
        numbers = range(int(found[1]), int(found[2] or found[1]) + 1)
        if not numbers or not all(number in rests for number in numbers):
            source.faults.add_cell(sheet, row, column, f"the rest is not on the sheet {LONG_TEXTS}.")
            return cell
        used.update(numbers)
        return cell[: found.start()] + "".join(rests[number][1] for number in numbers)

    def joined(sheet: SheetTable) -> SheetTable:
        name = known.get(folded(sheet.name))
        if name is None:
            return sheet
        lines = enumerate(sheet.rows, 1)
        rows = (tuple(whole(name, y, x, cell) for x, cell in enumerate(row, 1)) for y, row in lines)
        return replace(sheet, rows=tuple(rows))

    known = {folded(name): name for name in SHEETS if name != LONG_TEXTS}
    sheets = tuple(map(joined, source.book.sheets))
    for number in rests.keys() - used:
        rests[number][0].fault("Number", _UNUSED.format(number=number))
    return replace(source, book=replace(source.book, sheets=sheets))


_UNUSED = (
    "no text ends with the note that its rest is number {number} here. Put the note back at its end, or "
    "delete this row if the rest is no longer wanted."
)


def _rests(source: Source) -> dict[int, tuple[Row, str]]:
    """Return each row of Long texts by its number, with its text as it stands, outer spaces and all."""
    found: dict[int, tuple[Row, str]] = {}
    for row in source.rows(LONG_TEXTS):
        number = row.need("Number", whole_within(1), 0)
        if number in found:
            row.fault("Number", f"the number {number} is there twice.")
        index = row.columns.get(folded("Text"), NOWHERE)
        cell = row.cells[index] if index < len(row.cells) else None
        found[number] = row, cell if isinstance(cell, str) else row.take("Text", text, "")
    found.pop(0, None)
    return found


def find_sheet(book: Book, name: str) -> SheetTable | None:
    """Return the sheet of that name, compared as spreadsheet programs do, without case."""
    return next((s for s in book.sheets if folded(s.name) == folded(name)), None)


def _heading_row(sheet: SheetTable) -> int:
    rows = enumerate(sheet.rows)
    return next((index for index, row in rows if not all(map(is_blank, row))), len(sheet.rows))


def _key(cell: Cell) -> str:
    heading = "" if isinstance(cell, NoSavedValue) else folded(text(cell))
    return folded(OTHER_NAMES.get(heading, heading))


def _unnamed(body: Sequence[Sequence[Cell]], named: set[int]) -> list[tuple[int, str]]:
    return [
        (index, f"Column {column_name(index + 1)}")
        for index in range(max(map(len, body), default=0))
        if index not in named and any(index < len(row) and not is_blank(row[index]) for row in body)
    ]
