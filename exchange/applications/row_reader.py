"""Read one row of a table as an application."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from exchange.applications.columns import ColumnReaders, Columns
from exchange.applications.fields import (
    LONGEST,
    READERS,
    YES_OR_NO,
    AreaNames,
    Reader,
    is_blank,
    problem_with_length,
    read_text,
    text_of,
)
from exchange.applications.heading_rows import Row
from exchange.applications.matching import name_half
from exchange.applications.row_sorter import Kind, Point, RowSorter
from exchange.applications.table import FoundTable, Heading
from exchange.cells.cell_names import cell_name
from exchange.cells.garbled import lost_letters
from exchange.cells.values import UNSAVED
from exchange.reading.sheets import Cell, NoSavedValue
from models.values.applications import SLOTS
from models.values.rows import SubmittedCell
from scoring.counted import counted, listed, noun
from scoring.money import pounds
from scoring.written.amounts import likely_amount
from scoring.written.days import Moment, full_day, likely_day
from scoring.written.text import Unreadable, cut_to, name_line, one_line, quoted

_DAYS_OF_PROJECT = ("start_on", "end_on")
_NOT_SUMMED = ("match_funding_pence",)
"""Amounts that no rule of any round sums."""
_MOST_NAMED = 10
"""Hidden rows named by their number."""


class Taken(Struct, frozen=True):
    """What a row holds: its reference, "" for none, and an application's other fields, or only problems.

    `cells` are those of the file that its fields were read from; `likely` the fields that are only the likely
    ones of their cells.
    """

    row: int
    reference: str
    fields: dict[str, Any] | None
    problems: tuple[Point, ...]
    cells: tuple[SubmittedCell, ...] = ()
    likely: tuple[str, ...] = ()


class RowReader:
    """Reads the rows of one table, from top to bottom."""

    def __init__(
        self,
        found: FoundTable,
        columns: Columns,
        areas: AreaNames,
        *,
        area_without_column: str,
        since: date | None = None,
        sums_total_cost: bool = False,
    ) -> None:
        special = {
            field: columns.of(field) for field in ("reference", "organisation", "area", "amount_requested")
        }
        organisation, amount = special["organisation"], special["amount_requested"]
        assert organisation is not None
        assert amount is not None
        self._organisation, self._amount = organisation, amount
        self._reference, self._area = special["reference"], special["area"]
        self._areas, self._without_column = areas, area_without_column
        self._found, self._since = found, since
        self._amounts = _NOT_SUMMED if sums_total_cost else (*_NOT_SUMMED, "total_cost_pence")
        self._readers = ColumnReaders(found, columns)
        self._read_pence = self._readers.amount(amount)
        self._optional: list[tuple[int, str, Reader, Heading]] = [
            (heading.column - 1, slot, read, heading)
            for heading, field in sorted(columns.mapped, key=_is_read_last)
            if field in READERS
            for slot, read in self._readers.of(heading, field)
        ]
        self._mapped = [
            (heading.column - 1, field, SLOTS.get(field, field), heading.text)
            for heading, field in columns.mapped
        ]
        self._answers = [(heading.column - 1, heading) for heading in columns.answers]
        self._sorter = RowSorter(
            {heading.column - 1: heading.parts for heading in found.headings},
            organisation.column - 1,
            amount.column - 1,
            self._reference.column - 1 if self._reference else None,
        )
        self._asked, self._asked_since_total = 0, 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Return how columns are read that say more than their cells do, each in a sentence."""
        lost = (heading.text for heading in self._found.headings if lost_letters(heading.text))
        of_headings = (
            f"Letters were lost in the heading {quoted(text)}; check what it says." for text in lost
        )
        return (*of_headings, *self._of_hidden_rows(), *self._found.notes, *self._readers.notes)

    def _of_hidden_rows(self) -> Iterator[str]:
        """Yield how many rows nobody sees in the spreadsheet that are read all the same."""
        rows = enumerate(self._found.rows, self._found.first_row)
        filled = [number for number, row in rows if number in self._found.hidden and any(row)]
        if filled:
            said = listed([f"{number:,}" for number in filled[:_MOST_NAMED]])
            more = f" and {len(filled) - _MOST_NAMED:,} more" if len(filled) > _MOST_NAMED else ""
            verb = "is" if len(filled) == 1 else "are"
            yield (
                f"{counted(len(filled), 'row')} that {verb} hidden or filtered out in the spreadsheet {verb} "
                f"read as well: {noun(len(filled), 'row')} {said}{more}."
            )

    def read(self, number: int, row: Row) -> Taken | None:
        """Return what row `number` of the sheet holds, or None for one that is passed over."""
        self._readers.see(row)
        pence, fault = self._read_amount(row[self._amount.column - 1])
        if not self._sorter.is_plain(row) and self._sorter.is_passed_over(
            row, (self._asked, self._asked_since_total), pence
        ):
            self._asked_since_total = 0 if pence else self._asked_since_total
            return None
        refused = self._refused(number, row, pence, fault)
        if refused:
            return Taken(number, "", None, refused)
        assert pence is not None
        self._asked += pence
        self._asked_since_total += pence
        return self._application(number, row, pence)

    def _read_amount(self, cell: Cell) -> tuple[int | None, str]:
        """Return the amount asked in pence, or None and why it cannot be taken."""
        if is_blank(cell):
            return None, "This row has no amount; write the exact amount requested."
        try:
            pence = self._read_pence(cell)
        except Unreadable as error:
            return None, str(error)
        if not pence:
            return None, "The amount requested is £0.00; write an amount above £0."
        return pence, ""

    def _refused(self, number: int, row: Row, pence: int | None, fault: str) -> tuple[Point, ...]:
        """Return the reasons why a row cannot be taken."""
        reasons = []
        name = row[self._organisation.column - 1]
        if is_blank(name):
            message = "This row has no organisation; write its name."
            reasons.append(self._problem(number, self._organisation, name, message, Kind.NOT_TAKEN))
        elif type(name) is not str:
            try:
                read_text(name)
            except Unreadable as error:
                reasons.append(self._problem(number, self._organisation, name, str(error), Kind.NOT_TAKEN))
        if pence is None:
            amount = row[self._amount.column - 1]
            reasons.append(self._problem(number, self._amount, amount, fault, Kind.NOT_TAKEN))
        return tuple(reasons)

    def _application(self, number: int, row: Row, pence: int | None) -> Taken:
        problems: list[Point] = []
        answers: list[tuple[int, str, str]] = []
        fields = self._optional_fields(number, row, problems, answers)
        reference = self._read_reference(number, row, problems, answers)
        area = self._read_area(number, row, problems, answers)
        name = name_line(text_of(row[self._organisation.column - 1]))
        name = self._fitting((number, self._organisation, "organisation"), name, problems, answers)
        are_out_of_order = bool(answers)
        for index, heading in self._answers:
            cell = row[index]
            if cell is None:
                continue
            if text := text_of(cell):
                answers.append((index, heading.text, text))
            elif isinstance(cell, NoSavedValue):
                problems.append(self._problem(number, heading, cell, UNSAVED))
        problems += self._lost_letters(number, row)
        if are_out_of_order:
            answers.sort()
        if problems:
            problems.sort(key=_by_column)
        fields["organisation"] = name
        fields["area"] = area
        fields["requested_pence"] = pence
        fields["answers"] = tuple([(heading, text) for _, heading, text in answers])
        likely = tuple(fields.pop("likely", ()))
        return Taken(number, reference, fields, tuple(problems), self._cells(row, fields), likely)

    def as_written(self, number: int, row: Row) -> Taken:
        """Return what a row holds, whether or not it can be taken: the amount is None where there is none."""
        self._readers.see(row)
        pence, _ = self._read_amount(row[self._amount.column - 1])
        return self._application(number, row, pence)

    def _cells(self, row: Row, fields: dict[str, Any]) -> tuple[SubmittedCell, ...]:
        """Return the cells in their order, empty ones too, with their own text where the field is another."""
        return tuple(
            SubmittedCell(field, heading, None if text == fields.get(slot) and field != "area" else text)
            for index, field, slot, heading in self._mapped
            for text in (text_of(row[index]),)
        )

    def taken_reference(self, taken: Taken, holder: str) -> Point:
        """Return the problem of a row whose reference another organisation has."""
        assert self._reference is not None
        message = (
            f"{taken.reference} is already the reference of {holder}; "
            "give this application its own reference."
        )
        return self._problem(taken.row, self._reference, taken.reference, message, Kind.CLASHING)

    def _optional_fields(
        self, number: int, row: Row, problems: list[Point], answers: list[tuple[int, str, str]]
    ) -> dict[str, Any]:
        """Return the optional fields that can be read; the text of one that cannot goes among the answers."""
        fields: dict[str, Any] = {}
        for index, slot, read, heading in self._optional:
            cell = row[index]
            if is_blank(cell):
                if slot in YES_OR_NO and (text := text_of(cell))[:1].isalnum():
                    answers.append((index, heading.text, text))  # "Not applicable" is an answer to a question
                continue
            try:
                value = read(cell)
            except Unreadable as error:
                likely = self._likely(slot, read, cell, fields)
                if likely is not None:
                    fields[slot] = likely
                    fields.setdefault("likely", []).append(slot)
                    shown = full_day(likely) if isinstance(likely, date) else pounds(likely)
                    words = f"{quoted(text_of(cell))} is read as {shown}; check it."
                    problems.append(self._problem(number, heading, cell, words, Kind.TO_CHECK))
                    answers.append((index, heading.text, text_of(cell)))
                    continue
                problems.append(self._problem(number, heading, cell, str(error)))
                if error.kept and not problem_with_length(slot, error.kept):
                    fields[slot] = error.kept
                elif text := text_of(cell):
                    answers.append((index, heading.text, text))
                continue
            if type(value) is Moment:
                fields["received_at"], fields["received_has_time"] = value
            elif value is not None:
                value = value if slot not in fields else _joined(slot, fields[slot], value)
                fields[slot] = self._fitting((number, heading, slot), value, problems, answers)
        return fields

    def _likely(self, slot: str, read: Reader, cell: Cell, fields: dict[str, Any]) -> Any:
        """Return what a cell in prose most likely says of a field that no sum needs; None for nothing.

        Computed costs need the beneficiaries, and in some rounds the total cost; offers and letters the least
        amount: those are asked about.
        """
        if not isinstance(cell, str):
            return None
        since = fields.get("start_on", self._since) if slot == "end_on" else self._since
        likely = likely_amount(cell) if slot in self._amounts else ""
        try:
            if slot in _DAYS_OF_PROJECT:
                return likely_day(cell, since, is_end=slot == "end_on")
            return read(likely) if likely else None
        except Unreadable:
            return None

    def _fitting(
        self,
        at: tuple[int, Heading, str],
        value: Any,
        problems: list[Point],
        answers: list[tuple[int, str, str]],
    ) -> Any:
        """Return a value as a paper's line can hold it; of one that is longer all is kept as an answer."""
        number, heading, field = at
        if type(value) is not str or not (words := problem_with_length(field, value)):
            return value
        message = f"{words} Its beginning is taken, and all of it is kept as an answer."
        problems.append(self._problem(number, heading, value, message))
        answers.append((heading.column - 1, heading.text, value))
        return cut_to(value, LONGEST[field])

    def _read_reference(
        self, number: int, row: Row, problems: list[Point], answers: list[tuple[int, str, str]]
    ) -> str:
        """Return the reference as written, "" where there is none."""
        if self._reference is None:
            return ""
        cell = row[self._reference.column - 1]
        if is_blank(cell):
            return ""
        try:
            found = self._readers.reference.read(cell)
            return str(self._fitting((number, self._reference, "reference"), found, problems, answers))
        except Unreadable as error:
            problems.append(self._problem(number, self._reference, cell, str(error)))
            if text := text_of(cell):
                answers.append((self._reference.column - 1, self._reference.text, text))
            return ""

    def _read_area(
        self, number: int, row: Row, problems: list[Point], answers: list[tuple[int, str, str]]
    ) -> str | None:
        """Return the area by its own name, None for a blank one; without a column, the only one there is."""
        if self._area is None:
            return self._without_column
        cell = row[self._area.column - 1]
        if is_blank(cell):
            message = "This row has no area; the application is incomplete until one is chosen."
            problems.append(self._problem(number, self._area, cell, message))
            return None
        try:
            written = one_line(read_text(cell))
            written = str(self._fitting((number, self._area, "area"), written, problems, answers))
        except Unreadable as error:
            problems.append(self._problem(number, self._area, cell, str(error)))
            return None
        name, known = self._areas.match(written)
        if not known:
            then = (
                "it is kept as written until one is chosen" if self._areas.are_all else "it is set up as one"
            )
            message = f"“{written}” is not one of the areas here; {then}."
            found = self._problem(number, self._area, cell, message, Kind.OUT_OF_AREA)
            problems.append(replace(found, is_new_area=not self._areas.are_all))
            if self._areas.are_all:
                answers.append((self._area.column - 1, self._area.text, written))
                return None
        return name

    def _lost_letters(self, number: int, row: Row) -> Iterator[Point]:
        """Yield the cells of which letters were lost, or garbled so that nobody can tell them."""
        for heading in self._found.headings:
            cell = row[heading.column - 1]
            if type(cell) is str and (word := lost_letters(cell)):
                shown = quoted(word.strip("“”‘’"))
                message = f"Letters were lost in {shown} before this file was saved; type what was written."
                yield self._problem(number, heading, cell, message)

    def _problem(
        self, number: int, heading: Heading, cell: Cell, message: str, kind: Kind = Kind.UNREADABLE
    ) -> Point:
        at = cell_name(number, heading.column)
        return Point(at, heading.text, text_of(cell), message, kind, is_check=kind is Kind.TO_CHECK)


def _joined(slot: str, before: Any, value: Any) -> Any:
    """Return what several columns say of one field: both names of a person, each line of an address once."""
    if slot != "address":
        return f"{before} {value}"
    text = str(before).rstrip(" ,")
    lines = {line.strip().casefold() for line in text.split(",")}
    return text if str(value).casefold() in lines else f"{text}, {value}"


def _is_read_last(mapped: tuple[Heading, str]) -> bool:
    """Put a last name after the first one, and the last day after the first, wherever their columns stand.

    The order is else the sheet's.
    """
    half = name_half(mapped[0].parts.text) if mapped[1] == "contact_name" else None
    return mapped[1] == "end_on" or (half is not None and not half.is_first)


def _by_column(problem: Point) -> tuple[int, str]:
    """Order the problems of one row from left to right: column Z comes before column AA."""
    return len(problem.cell), problem.cell
