"""Read one row of a table as an application."""

from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from exchange.applications.chosen import ONCE, Chosen, odd_columns, of_guessed, of_row
from exchange.applications.columns import ColumnReaders, Columns
from exchange.applications.fields import (
    FITS_EVERYWHERE,
    LONGEST,
    MAY_BE_NOUGHT,
    READERS,
    YES_OR_NO,
    AreaNames,
    Reader,
    address_in,
    is_bare_answer,
    is_blank,
    is_nil,
    postcode_of,
    problem_with_length,
    read_text,
    text_of,
)
from exchange.applications.heading_rows import Parts, Row
from exchange.applications.matching import name_half
from exchange.applications.rivals import AMOUNT
from exchange.applications.row_sorter import Kind, Point, RowSorter
from exchange.applications.table import FoundTable, Heading
from exchange.cells.garbled import PutRight, as_filed, lost_in, lost_letters
from exchange.cells.values import UNSAVED, is_bent
from exchange.reading.cell_names import cell_name
from exchange.reading.sheets import Cell, NoSavedValue
from exchange.written_text import template_lines
from models.values.applications import ANSWER, AREA, FIELDS, SLOTS, as_read
from models.values.rounds import FORCE_WIDE
from models.values.rows import ApplicationRow, AsSubmitted, SubmittedCell
from scoring.money import pounds
from scoring.written.amounts import amount_about, likely_amount
from scoring.written.days import Moment, ends_before_start, full_day, is_open, last_day, likely_day
from scoring.written.text import Unreadable, cut_to, name_line, one_line, quoted, says_nothing

_DAYS_OF_PROJECT = ("start_on", "end_on")
_NOT_SUMMED = ("match_funding_pence",)
"""Amounts that no rule of any round sums."""
_ROW = "This row"
_COUNTS_ONCE = "The amount is part of the merged cell {0}, which counts once; write this row's own amount."
BEYOND_HEADINGS = (
    "This row has more cells than there are headings, so its values may stand in the wrong columns. Put "
    "quotation marks round each text or amount that has a comma in it, and choose the file again."
)
_FIELDS = {SLOTS.get(field, field): field for field in FIELDS}
"""By a value's name in the record, the field that it is."""
_MOST_NAMED = 10
"""Hidden rows named by their number."""


class Setting(Struct, frozen=True):
    """What the round already has: the fund's code, its applications and areas.

    A month without a year is the first that is not over on the day `since`, None where that is not known.
    Where the round `sums_total_cost` a total cost in prose is asked about.
    """

    fund_code: str
    areas: AreaNames
    existing: tuple[ApplicationRow, ...] = ()
    round_areas: tuple[str, ...] = ()
    since: date | None = None
    sums_total_cost: bool = False

    @property
    def only_area(self) -> str:
        """Return the area of all rows where a file has no column for it."""
        return self.round_areas[0] if len(self.round_areas) == 1 else FORCE_WIDE


class ReadRow(Struct, frozen=True):
    """A row that is not passed over: a new application, one that repeats another, or only problems.

    `reference` is its own, "" for none, `fields` are the others, None where it cannot be taken; `cells` are
    those that they were read from, and `likely` the fields that are only the likely ones of a cell in prose.
    `chosen` is what the reader chose where the file says more than one thing.
    """

    number: int
    reference: str = ""
    fields: dict[str, Any] | None = None
    problems: tuple[Point, ...] = ()
    cells: tuple[SubmittedCell, ...] = ()
    likely: tuple[str, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    application: ApplicationRow | None = None
    same_as: str = ""

    @property
    def submitted(self) -> AsSubmitted | None:
        """Return what a new application's file says of it in its own cells, None of any other row."""
        if self.application is None:
            return None
        return AsSubmitted(self.application.reference, self.cells, as_read(self.application, self.likely))


class _Beside:
    """What a row has beside its fields: its problems, and what is kept as answers, each by its column."""

    def __init__(self, number: int, found: FoundTable) -> None:
        self.number, self._found = number, found
        self.problems: list[Point] = []
        self.chosen: list[Chosen] = []
        self.answers: list[tuple[int, str, str]] = []

    def note(
        self,
        heading: Heading,
        cell: Cell,
        words: str,
        kind: Kind = Kind.UNREADABLE,
        *,
        is_new_area: bool = False,
    ) -> None:
        is_check = kind is Kind.TO_CHECK
        point = self._found.point(self.number, heading, text_of(cell), words, kind, is_check=is_check)
        self.problems.append(replace(point, is_new_area=is_new_area))

    def choose(self, one: Chosen, cell: Cell) -> None:
        """Note what was chosen at a cell."""
        self.chosen.append(one)
        point = self._found.point(self.number, one.heading, text_of(cell), one.why, Kind.CHOSEN)
        self.problems.append(point)

    def note_figure(self, heading: Heading, cell: Cell, words: str, kind: Kind, sign: str = "£") -> None:
        """Note a figure of a form that cannot be read, and which it most likely is: a count has no sign."""
        said = text_of(cell)
        likely = amount_about(said) or likely_amount(said) if self._found.places else ""
        offered = f" Most likely it is {sign}{likely.removeprefix('£')}; write that if it is right."
        self.note(heading, cell, f"{words}{offered if likely else ''}", kind)

    @property
    def whose(self) -> str:
        """Return what the application stands in, as a sentence begins."""
        return "This form" if self._found.places else _ROW

    def keep(self, heading: Heading, text: str) -> None:
        if text:
            self.answers.append((heading.column, self._found.label(self.number, heading), text))

    def fitting(self, heading: Heading, field: str, value: Any) -> Any:
        """Return a value as a paper's line can hold it; of one that is longer all is kept as an answer."""
        if type(value) is not str or len(value) <= FITS_EVERYWHERE:
            return value
        if not (words := problem_with_length(field, value)):
            return value
        self.note(heading, value, f"{words} Its beginning is taken, and all of it is kept as an answer.")
        self.keep(heading, value)
        return cut_to(value, LONGEST[field])


class RowReader:
    """Reads the rows of one table, from top to bottom."""

    def __init__(self, found: FoundTable, columns: Columns, setting: Setting) -> None:
        organisation, amount = columns.of("organisation"), columns.of("amount_requested")
        assert organisation is not None
        assert amount is not None
        self._organisation, self._amount = organisation, amount
        self._reference, self._area = columns.of("reference"), columns.of("area")
        self._found, self._columns, self._setting = found, columns, setting
        self._amounts = _NOT_SUMMED if setting.sums_total_cost else (*_NOT_SUMMED, "total_cost_pence")
        self._readers = ColumnReaders(found, columns)
        self._read_pence = self._readers.amount(amount)
        self._optional: list[tuple[str, Reader, Heading]] = [
            (slot, read, heading)
            for heading, field in sorted(columns.mapped, key=_is_read_last)
            if field in READERS
            for slot, read in self._readers.of(heading, field, is_form=bool(found.places))
        ]
        self._answers = columns.answers
        self._mapped = [
            (heading, field, SLOTS.get(field, field), self._said_by_field(heading, field))
            for heading, field in columns.mapped
        ]
        self._sorter = RowSorter(
            {heading.at: heading.parts for heading in found.headings},
            organisation.at,
            amount.at,
            self._reference.at if self._reference else None,
        )
        self._odd = odd_columns(found, columns)
        self._odd_places = [heading.at for heading in self._odd]
        self._today, self._guessed = date.today(), self._readers.guessed_dates
        self._near = self._today + timedelta(days=366)
        marked = found.carried, found.struck, found.comments, columns.rivals.get(AMOUNT)
        self._says_one_thing = not any(marked)
        self._days = [(heading, field) for heading, field in columns.mapped if field in _DAYS_OF_PROJECT]
        self._asked, self._asked_since_total = 0, 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Return how columns are read that say more than their cells do, each in a sentence."""
        found, taken = self._found, self._columns.of("received_at")
        hidden = [f"{n:,}" for n, row in found.numbered if n in found.hidden and any(row)]
        told = template_lines(
            "forms/notes",
            lost=[heading.text for heading in found.headings if lost_letters(heading.text)],
            taken=taken and taken.text,
            others=[quoted(heading.text) for heading in self._columns.other_times],
            hidden=hidden,
            hidden_first=hidden[:_MOST_NAMED],
            hidden_more=len(hidden[_MOST_NAMED:]),
            of_sheet=found.notes,
            **self._readers.told,
        )
        return tuple(told)

    def read(self, number: int, row: Row) -> ReadRow | None:
        """Return what row `number` of the sheet holds, or None for one that is passed over."""
        self._readers.see(row)
        pence, fault = self._read_amount(row[self._amount.at])
        if first := self._found.carried.get((number, self._amount.column)):
            fault = _COUNTS_ONCE.format(cell_name(*first))
        is_plain = bool(self._found.places) or self._sorter.is_plain(row)
        if not is_plain and self._sorter.is_passed_over(row, (self._asked, self._asked_since_total), pence):
            self._asked_since_total = 0 if pence else self._asked_since_total
            return None
        beside = _Beside(number, self._found)
        self._refuse(beside, row, fault)
        if beside.problems:
            return ReadRow(number, problems=tuple(beside.problems))
        assert pence is not None
        self._asked += pence
        self._asked_since_total += pence
        return self._application(beside, row, pence)

    def _read_amount(self, cell: Cell) -> tuple[int | None, str]:
        if is_blank(cell):
            return None, f"{_ROW} has no amount; write the exact amount requested."
        try:
            pence = self._read_pence(cell)
        except Unreadable as error:
            return None, str(error)
        if not pence:
            return None, "The amount requested is £0.00; write an amount above £0."
        return pence, ""

    def _refuse(self, beside: _Beside, row: Row, fault: str) -> None:
        if any(cell is not None for cell in row[self._found.width :]):
            cells = Heading(self._found.width, "", Parts("", ""))
            beside.note(cells, row[self._found.width], BEYOND_HEADINGS, Kind.NOT_TAKEN)
            return
        name = row[self._organisation.at]
        if is_blank(name) or says_nothing(text_of(name)) or is_bare_answer(name):
            beside.note(
                self._organisation,
                name,
                f"{beside.whose} has no organisation; write its name.",
                Kind.NOT_TAKEN,
            )
        else:
            try:
                read_text(name)
            except Unreadable as error:
                beside.note(self._organisation, name, str(error), Kind.NOT_TAKEN)
        if fault:
            words = fault.replace(_ROW, beside.whose)
            beside.note_figure(self._amount, row[self._amount.at], words, Kind.NOT_TAKEN)

    def _application(self, beside: _Beside, row: Row, pence: int | None) -> ReadRow:
        fields = self._optional_fields(beside, row)
        reference, area = self._read_reference(beside, row), self._read_area(beside, row)
        name = name_line(text_of(row[self._organisation.at]))
        fields["organisation"] = beside.fitting(self._organisation, "organisation", name)
        are_out_of_order = bool(beside.answers)
        for heading in self._answers:
            cell = row[heading.at]
            if cell is None:
                continue
            if text := text_of(cell):
                beside.keep(heading, text)
            elif isinstance(cell, NoSavedValue):
                beside.note(heading, cell, UNSAVED)
        self._note_lost_letters(beside, row)
        self._note_choices(beside, row, fields)
        if are_out_of_order:
            beside.answers.sort()
        if beside.problems:
            beside.problems.sort(key=attrgetter("column"))
        fields["area"] = area
        fields["requested_pence"] = pence
        fields["answers"] = tuple([(heading, text) for _, heading, text in beside.answers])
        likely = tuple(fields.pop("likely", ()))
        cells = self._cells(beside.number, row, fields)
        chosen = tuple(beside.chosen)
        return ReadRow(beside.number, reference, fields, tuple(beside.problems), cells, likely, chosen)

    def _note_choices(self, beside: _Beside, row: Row, fields: dict[str, Any]) -> None:
        """Note what was chosen where the file says more than one thing, or something far from likely."""
        days = {heading: day for heading, slot in self._days if (day := fields.get(slot)) is not None}
        is_near = not days or max(days.values()) <= self._near
        is_guessed = any(is_open(text_of(row[one.at])) for one in self._guessed)
        is_odd = is_guessed or any(map(is_bent, [row[at] for at in self._odd_places]))
        if self._says_one_thing and is_near and not is_odd:
            return
        found, columns = self._found, self._columns
        for one in of_guessed(columns, beside.number, row, self._guessed):
            beside.choose(one, row[one.heading.at])
        for one in of_row(found, columns, beside.number, row, days, self._today, self._odd):
            beside.choose(one, row[one.heading.at])

    def as_written(self, number: int, row: Row) -> ReadRow:
        """Return what a row holds, whether or not it can be taken: the amount is None where there is none."""
        self._readers.see(row)
        pence, _ = self._read_amount(row[self._amount.at])
        return self._application(_Beside(number, self._found), row, pence)

    def _cells(self, number: int, row: Row, fields: dict[str, Any]) -> tuple[SubmittedCell, ...]:
        """Return the cells in their order, empty ones too, with their own text where the field is another.

        Then those of answers whose letters were put right.
        """
        cells = []
        for heading, field, slot, same in self._mapped:
            cell, value = row[heading.at], fields.get(slot)
            if same is not None and type(cell) is str and cell == value:
                cells.append(same)
                continue
            text = text_of(as_filed(cell))
            is_field = text == value and field != AREA
            label = self._found.label(number, heading)
            cells.append(SubmittedCell(field, label, None if is_field else text))
        for heading in self._answers:
            cell = row[heading.at]
            if isinstance(cell, PutRight):
                cells.append(SubmittedCell(ANSWER, heading.text, text_of(cell.was)))
        return tuple(cells)

    def _said_by_field(self, heading: Heading, field: str) -> SubmittedCell | None:
        """Return the cell of every row whose own text is the field, None where it is none for all rows."""
        return None if self._found.places or field == AREA else SubmittedCell(field, heading.text, None)

    def taken_reference(self, row: ReadRow, holder: str) -> ReadRow:
        """Return a row whose reference another organisation has as one that cannot be taken."""
        assert self._reference is not None
        beside = _Beside(row.number, self._found)
        words = (
            f"{row.reference} is already the reference of {holder}; give this application its own reference."
        )
        beside.note(self._reference, row.reference, words, Kind.CLASHING)
        return ReadRow(row.number, problems=tuple(beside.problems))

    def _optional_fields(self, beside: _Beside, row: Row) -> dict[str, Any]:
        """Return the optional fields that can be read; the text of one that cannot goes among the answers."""
        fields: dict[str, Any] = {}
        carried = self._found.carried
        for slot, read, heading in self._optional:
            cell = row[heading.at]
            if cell is None:
                continue
            if carried and (first := carried.get((beside.number, heading.column))) and _FIELDS[slot] in ONCE:
                beside.note(heading, cell, _COUNTS_ONCE.format(cell_name(*first)))
                continue
            if slot in MAY_BE_NOUGHT and is_nil(slot, cell):
                fields[slot] = 0
                continue
            if is_blank(cell):
                if slot in YES_OR_NO and (text := text_of(cell))[:1].isalnum():
                    beside.keep(heading, text)  # "Not applicable" is an answer to a question
                continue
            try:
                value = read(cell)
            except Unreadable as error:
                likely = self._likely(slot, read, cell, fields)
                if likely is not None:
                    fields[slot] = likely
                    fields.setdefault("likely", []).append(slot)
                    shown = _shown(likely)
                    why = f"{quoted(text_of(cell))} is read as {shown}; check it."
                    beside.note(heading, cell, why, Kind.TO_CHECK)
                    said = (text_of(cell),)
                    beside.chosen.append(Chosen(beside.number, _FIELDS[slot], shown, said, why, heading))
                elif slot == "beneficiaries" or slot.endswith("_pence"):
                    sign = "" if slot == "beneficiaries" else "£"
                    beside.note_figure(heading, cell, str(error), Kind.UNREADABLE, sign)
                else:
                    beside.note(heading, cell, str(error))
                if likely is None and error.kept and not problem_with_length(slot, error.kept):
                    fields[slot] = error.kept
                else:
                    beside.keep(heading, text_of(cell))
                continue
            if type(value) is Moment:
                fields["received_at"], fields["received_has_time"] = value
            elif value is not None:
                value = value if slot not in fields else _joined(slot, fields[slot], value)
                fields[slot] = beside.fitting(heading, slot, value)
        if "postcode" not in fields:
            fields["postcode"] = postcode_of(fields.get("address", ""))
        self._note_end_before_start(beside, row, fields)
        return fields

    def _note_end_before_start(self, beside: _Beside, row: Row, fields: dict[str, Any]) -> None:
        starts, ends, heading = fields.get("start_on"), fields.get("end_on"), self._columns.of("end_on")
        if heading is not None and (words := ends_before_start(starts, ends)):
            beside.note(heading, row[heading.at], f"The project {words}; check both.", Kind.TO_CHECK)

    def _likely(self, slot: str, read: Reader, cell: Cell, fields: dict[str, Any]) -> Any:
        """Return what a cell in prose most likely says of a field that no sum needs; None for nothing.

        Computed costs need the beneficiaries, and in some rounds the total cost; offers and letters the least
        amount: those are asked about.
        """
        if not isinstance(cell, str):
            return None
        try:
            if slot in _DAYS_OF_PROJECT:
                started, is_end = fields.get("start_on"), slot == "end_on"
                day = likely_day(cell, started or self._setting.since, is_end=is_end)
                return day or (last_day(cell, started) if is_end and started else None)
            if slot == "email":
                return address_in(cell)
            likely = likely_amount(cell) if slot in self._amounts else ""
            return read(likely) if likely else None
        except Unreadable:
            return None

    def _read_reference(self, beside: _Beside, row: Row) -> str:
        """Return the reference as written, "" where there is none."""
        if self._reference is None or is_blank(cell := row[self._reference.at]):
            return ""
        try:
            found = self._readers.reference.read(cell)
            if self._found.places and not any(map(str.isdigit, found)):
                beside.keep(self._reference, found)  # what a form says there beside is no reference
                return ""
            return str(beside.fitting(self._reference, "reference", found))
        except Unreadable as error:
            beside.note(self._reference, cell, str(error))
            beside.keep(self._reference, text_of(cell))
            return ""

    def _read_area(self, beside: _Beside, row: Row) -> str | None:
        """Return the area by its own name, None for a blank one; without a column, the only one there is."""
        if self._area is None:
            return self._setting.only_area
        cell, areas = row[self._area.at], self._setting.areas
        if is_blank(cell):
            words = f"{beside.whose} has no area; the application is incomplete until one is chosen."
            beside.note(self._area, cell, words)
            return None
        try:
            written = str(beside.fitting(self._area, "area", one_line(read_text(cell))))
        except Unreadable as error:
            beside.note(self._area, cell, str(error))
            return None
        name, known = areas.match(written)
        if known:
            return name
        then = "it is kept as written until one is chosen" if areas.are_all else "it is set up as one"
        words = f"“{written}” is not one of the areas here; {then}."
        beside.note(self._area, cell, words, Kind.OUT_OF_AREA, is_new_area=not areas.are_all)
        if areas.are_all:
            beside.keep(self._area, written)
            return None
        return name

    def _note_lost_letters(self, beside: _Beside, row: Row) -> None:
        """Note the cells of which letters were lost, or garbled so that nobody can tell them."""
        lost = lost_in(row)
        for heading in self._found.headings if lost else ():
            if word := lost.get(heading.at, ""):
                shown = quoted(word.strip("“”‘’"))
                words = f"Letters were lost in {shown} before this file was saved; type what was written."
                beside.note(heading, row[heading.at], words)


def _shown(likely: date | int | str) -> str:
    if isinstance(likely, str):
        return likely
    return full_day(likely) if isinstance(likely, date) else pounds(likely)


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
