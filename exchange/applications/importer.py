"""Import applications from a spreadsheet: the one door to finding, mapping and reading.

reading = read_applications(Path("round 3.xlsx"), Setting("ACF", areas))
reading.applications     # the new ones
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from exchange.applications.chosen import Chosen, of_columns
from exchange.applications.columns import KEEP, Columns, map_headings
from exchange.applications.fields import READERS, AreaNames, problem_with_length, read_sum, text_of
from exchange.applications.headings import collapsed
from exchange.applications.layouts import find_applications
from exchange.applications.row_reader import ReadRow, RowReader, Setting
from exchange.applications.row_sorter import Kind, Known, Point, References, sameness
from exchange.applications.table import FoundTable, no_table
from exchange.cells.garbled import with_letters
from exchange.reading.sheets import Book, Tick, read_book
from models.store.private_files import read_regular
from models.trouble import Trouble
from models.values.applications import FIELD_WORDS, FIELDS, SLOTS, Correction, value_of, written_in
from models.values.rows import ApplicationRow, AsSubmitted, SubmittedCell
from scoring import money
from scoring.written.days import Moment, exact_clock, read_day
from scoring.written.names import is_same_spelling
from scoring.written.text import Refused, Unreadable, figures_line, listed, quoted, readable

_MOST_BYTES = 1_000_000


def read_mapping(path: Path) -> Mapping[str, str]:
    """Return headings with the field each is mapped to; "answers" keeps a heading as an answer.

    Raises `Trouble` when the file cannot be read, `Refused` for a field that there is not.
    """
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > _MOST_BYTES):
            raise OSError(path)
        content = tomllib.loads(read_regular(path).decode("utf-8-sig"))
    except RecursionError as error:
        raise _not_toml(path, "is nested too deep") from error
    except (OSError, ValueError) as error:
        if isinstance(error, tomllib.TOMLDecodeError):
            raise _not_toml(path, f"could not be read ({error})") from error
        if isinstance(error, UnicodeDecodeError):
            raise _not_toml(path, "is not plain text") from error
        raise Trouble(
            f'The mapping file "{path.name}" could not be read; check its name. Nothing was imported.'
        ) from error
    return {collapsed(heading): _field(path, heading, field) for heading, field in content.items()}


def _not_toml(path: Path, what: str) -> Trouble:
    return Trouble(
        f'The mapping file "{path.name}" {what}; '
        'write each line as "Heading as in the file" = "field". Nothing was imported.'
    )


def _field(path: Path, heading: str, field: object) -> str:
    if isinstance(field, str) and (field in FIELDS or field == KEEP):
        return field
    raise Refused(
        f'The mapping file "{path.name}" maps "{heading}" to {field!r}, which is not a field. '
        f"The fields are {', '.join(FIELDS)}; {KEEP} keeps a heading as an answer. Nothing was imported."
    )


_TICK_EVERY = 500


class Reading(Struct, frozen=True):
    """What a file holds: the new applications, and everything to say about the rest.

    `areas` are those of the new applications, the fund's usual ones first. `sha256` is the sum of the file's
    bytes as they were read. `notes` say of columns how they were read otherwise than their cells say alone.
    """

    table: FoundTable
    columns: Columns
    rows: tuple[ReadRow, ...]
    areas: tuple[str, ...] = ()
    sha256: str = ""
    notes: tuple[str, ...] = ()

    @property
    def mapped(self) -> tuple[tuple[str, str], ...]:
        return tuple((heading.text, field) for heading, field in self.columns.mapped)

    @property
    def kept_as_answers(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self.columns.answers)

    @property
    def to_check(self) -> tuple[Chosen, ...]:
        """Return all that the reader chose: of whole columns, then of rows that are new."""
        of_rows = (one for row in self.rows if row.application is not None for one in row.chosen)
        return (*of_columns(self.table, self.columns), *of_rows)

    @property
    def duplicates(self) -> tuple[ReadRow, ...]:
        return tuple(row for row in self.rows if row.same_as)

    @property
    def applications(self) -> tuple[ApplicationRow, ...]:
        return tuple(row.application for row in self.rows if row.application is not None)

    @property
    def submitted(self) -> tuple[AsSubmitted, ...]:
        """Return what the file says of the new applications in its own cells."""
        return tuple(told for row in self.rows if (told := row.submitted) is not None)

    @property
    def problems(self) -> tuple[Point, ...]:
        """Return what could not be read or taken; what was read and chosen is no problem."""
        points = (problem for row in self.rows for problem in row.problems)
        return tuple(point for point in points if point.kind is not Kind.CHOSEN)


def read_rows(found: FoundTable, columns: Columns, setting: Setting, tick: Tick | None = None) -> Reading:
    """Return the applications of a table that are not in the round yet.

    Raises nothing but what `tick` raises: rows that cannot be taken are among the problems.
    """
    reader = RowReader(found, columns, setting)
    known, rows = Known(setting.existing), list[ReadRow]()
    taken = (application.reference for application in setting.existing)
    references = References(setting.fund_code, [*_used_references(found, columns), *taken])
    for number, cells in enumerate(found.rows):
        if tick and number % _TICK_EVERY == 0:
            tick(number, len(found.rows))
        if row := reader.read(found.first_row + number, cells):
            rows.append(_sifted(row, reader, known, references))
    if tick:
        tick(len(found.rows), len(found.rows))
    reading = Reading(found, columns, tuple(rows), notes=reader.notes)
    return replace(reading, areas=_areas_in_order(reading.applications, setting.areas))


def _sifted(row: ReadRow, reader: RowReader, known: Known, references: References) -> ReadRow:
    """Return a row as a new application, as one that is here already, or with why it cannot be taken."""
    fields = row.fields
    if fields is None:
        return row
    same, organisation = row.reference, fields["organisation"]
    if not row.reference:
        alike = sameness(organisation, fields.get("project", ""), fields["requested_pence"])
        same = known.alike(alike) or ""
    elif (holder := known.holder(row.reference)) is None:
        same = ""
    elif not is_same_spelling(holder, organisation):
        return reader.taken_reference(row, holder)
    if same:
        return replace(row, same_as=same, problems=())
    application = ApplicationRow(reference=row.reference or references.give(), **fields)
    known.add(application)
    return replace(row, application=application)


def _used_references(found: FoundTable, columns: Columns) -> list[str]:
    heading = columns.of("reference")
    if heading is None:
        return []
    return [figures_line(text_of(cell)) for row in found.rows if (cell := row[heading.at]) is not None]


def _areas_in_order(applications: Sequence[ApplicationRow], names: AreaNames) -> tuple[str, ...]:
    present = dict.fromkeys(application.area for application in applications if application.area)
    usual = [name for name in names.order if name in present]
    return (*usual, *(name for name in present if name not in usual))


def read_applications(
    path: Path, setting: Setting, mapping: Mapping[str, str] | None = None, sheet: str | None = None
) -> Reading:
    """Return the applications of a file that are not in the round yet.

    Nothing is written. Raises `Trouble` when the file cannot be read or has no table of applications.
    """
    return applications_in(with_letters(read_book(path)), setting, mapping, sheet, path.name)


def applications_in(
    book: Book,
    setting: Setting,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    name: str | None = None,
    with_hidden: Sequence[str] = (),
) -> Reading:
    """Return the new applications of a book already read; `name` is what to call the file in a refusal.

    Of the columns that the spreadsheet hides those `with_hidden` headings are read; raises `Refused` for
    another name.
    """
    book, found = find_applications(book, file_name=name, sheet=sheet, mapping=mapping)
    found = _with_hidden(found, with_hidden)
    columns = map_headings(found, {**book.fields, **(mapping or {})}, setting.areas)
    if columns.of("organisation") is None or columns.of("amount_requested") is None:
        raise no_table(name or book.name, sheet)
    return replace(read_rows(found, columns, setting), sha256=book.sha256)


def _with_hidden(found: FoundTable, names: Sequence[str]) -> FoundTable:
    """Return a table of which the hidden columns with these headings are read as all others."""
    hidden = {one.text.casefold(): one.column for one in found.headings if one.column in found.hidden_columns}
    unknown = [name for name in names if collapsed(name).casefold() not in hidden]
    if unknown:
        known = listed([one.text for one in found.headings if one.column in found.hidden_columns])
        raise Refused(
            f"The sheet {found.sheet} hides no column {quoted(unknown[0])}. "
            f"{f'It hides {known}' if hidden else 'It hides none'}. Nothing was imported."
        )
    opened = {hidden[collapsed(name).casefold()] for name in names}
    return replace(found, hidden_columns=found.hidden_columns - opened)


YES_NO = ("previously_funded", "bank_account_held", "constitution_held", "safeguarding_policy")
DAYS = {"start_on": False, "end_on": False, "received_at": True}
"""The fields that are days, and whether a day without a year is a past one."""
CHECK_IT = "To check: it is only read from these words. Saving says that you looked."
NEEDED = {
    "organisation": "Type the name of the organisation.",
    "amount_requested": "Type the amount requested, such as 4500 or £4,500.00.",
    "reference": "Give the application its own reference.",
}


def typed(row: ApplicationRow, field: str) -> str:
    """Return a field as it is typed into its box: amounts plain, dates day first."""
    value = value_of(row, field)
    if value is None:
        return ""
    if field in SLOTS and isinstance(value, int):
        return money.plain_pounds(value).removesuffix(".00")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return _moment(Moment(value, row.received_has_time))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def submitted_notes(
    row: ApplicationRow, cells: Sequence[SubmittedCell], corrected: Iterable[Correction]
) -> dict[str, str]:
    """Return by field what was submitted where its box says something else, and who corrected it and why."""
    found = {}
    by_slot = {one.field: one for one in corrected}
    for field in FIELD_WORDS:
        slot = SLOTS.get(field, field)
        written = [words for words in written_in(cells, slot) if words]
        if (one := by_slot.get(slot)) is not None:
            by = f"Corrected by {one.by}: {one.reason}"
            found[field] = f"Submitted as {one.was}. {CHECK_IT if one.is_to_check else by}"
        elif written and written != [typed(row, field)]:
            found[field] = f"Submitted as {', '.join(f'“{words}”' for words in written)}."
    return found


def in_full(field: str, text: str) -> str:
    """Return a day as its box shows it once it is left, with its year; any other text as it is."""
    if field not in DAYS or not text.strip():
        return text
    value = readable(partial(_read, field), text)
    if value is None:
        return text
    return _moment(value) if isinstance(value, Moment) else f"{value:%d/%m/%Y}"


def problem_with(field: str, text: str) -> str:
    """Return why a box cannot be read as its field, "" when it can."""
    if not text.strip():
        return NEEDED.get(field, "")
    try:
        _read(field, text)
    except Unreadable as error:
        return str(error)
    return problem_with_length(field, text)


def with_typed(row: ApplicationRow, texts: Mapping[str, str]) -> ApplicationRow:
    """Return the application with what was typed; every text must be readable as its field."""
    values: dict[str, Any] = {}
    for field, text in texts.items():
        if text.strip() == typed(row, field):
            continue
        value = _read(field, text) if text.strip() else None
        slot = SLOTS.get(field, field)
        if isinstance(value, Moment):
            values["received_at"], values["received_has_time"] = value
        elif value is None and isinstance(getattr(row, slot), str) and field != "area":
            values[slot] = ""
        else:
            values[slot] = value
    return replace(row, **values)


def _moment(value: Moment) -> str:
    """Return a time to its second, so that one that is left alone stays what it is."""
    return f"{value.at:%d/%m/%Y} {exact_clock(value.at)}" if value.has_time else f"{value.at:%d/%m/%Y}"


def _read(field: str, text: str) -> Any:
    if field == "amount_requested":
        return read_sum(text)
    if field in DAYS:
        return _read_day(field, text)
    if field in READERS:
        return READERS[field](text)
    assert field in FIELD_WORDS, "a box is of a field"
    return " ".join(text.split())


def _read_day(field: str, text: str) -> Any:
    """Read a day as a file has it, or as a person types it: "25 Nov"."""
    try:
        return READERS[field](text)
    except Unreadable:
        day = read_day(text, date.today(), is_past=DAYS[field])
    assert day is not None, "an empty box is not read"
    return Moment(datetime.combine(day, time()), False) if field == "received_at" else day
