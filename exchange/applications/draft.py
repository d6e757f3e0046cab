"""What the wizard holds while nothing is written: the file as read, and all that the officer decided."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from exchange.applications.column_options import all_options
from exchange.applications.columns import KEEP, ColumnReaders, Columns, map_headings
from exchange.applications.fields import DAYS, YES_OR_NO, AreaNames, area_key, is_blank, text_of
from exchange.applications.heading_rows import Parts, may_be_organisation, names_something, options_of
from exchange.applications.headings import Option
from exchange.applications.layouts import find_applications
from exchange.applications.row_reader import Setting
from exchange.applications.table import FoundTable, Heading, table_below
from exchange.cells.garbled import with_letters
from exchange.cells.values import cell_text
from exchange.reading.sheets import Book, SheetTable, Tick, filled, read_book
from models.reference.defaults import UsualArea
from models.trouble import Trouble
from models.values.importing import Correction, ImportTarget, Matching, correction_key
from scoring.money import pounds
from scoring.written.amounts import IN_ALL, read_money
from scoring.written.days import exact_clock, full_day, read_moment
from scoring.written.text import one_line, readable

FIRST_ROWS = 12
_IMPERSONAL = YES_OR_NO | {
    *("amount_requested", "minimum_amount", "total_cost", "match_funding", "beneficiaries"),
    *("start_on", "end_on", "received_at", "charity_number", "company_number", "area"),
}
NEW_AREA = "\n"
"""What an officer chooses in place of an area for a text that is to be one; no area has such a name."""


class ReadFile(Struct, frozen=True):
    """A file as read, or several as one book under the path of the first."""

    path: Path
    book: Book


class Decided(Struct, frozen=True, kw_only=True):
    """What an officer decided of a file. Rows and columns are the spreadsheet's, counted from 1.

    `fields` says what was matched by hand, by heading; `spellings` which area a text is, and `new_areas`
    which texts are areas that the round is to have: any other text makes no area. Rows `left_out` are not
    taken, whatever they hold; of the rows in `changed` what they say otherwise of an application of the round
    is taken. `one_area` is the area of all rows where the file names none, "" for none yet, None where nobody
    was asked.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    new_areas: frozenset[str] = frozenset()
    left_out: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()
    one_area: str | None = None


class Draft(Decided, frozen=True):
    """One import in the making; `edits` are cells typed over, by row and column."""

    file: ReadFile
    found: FoundTable
    edits: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def holds_work(self) -> bool:
        """Whether an officer decided anything by hand that leaving would lose."""
        return any((self.fields, self.spellings, self.new_areas, self.edits, self.left_out, self.changed))

    def columns(self, target: ImportTarget) -> Columns:
        """Return which heading holds which field."""
        mapping = self.mapping(target)
        if not any(_may_be_organisation(heading, mapping) for heading in self.found.headings) and not any(
            Option("organisation", sure=True) in offered for offered in all_options(self.found).values()
        ):
            return Columns((), self.found.headings)
        return map_headings(self.table, mapping, self.areas(target))

    def mapping(self, target: ImportTarget) -> dict[str, str]:
        """Return what was remembered of this form, under what the officer chose now."""
        headings = [heading.text for heading in self.found.headings]
        return {**self.file.book.fields, **target.remembered.fields(headings), **self.fields}

    def areas(self, target: ImportTarget) -> AreaNames:
        """Return the areas with every spelling known: the fund's, remembered ones, and those matched now."""
        remembered = (one for one in target.remembered.spellings if one[0] not in self.spellings)
        spelt = (*self.spellings.items(), *remembered)  # before what the fund calls so
        usual = [*(UsualArea(area, (written,)) for written, area in spelt), *target.usual_areas]
        known = AreaNames(usual, target.known_areas)
        new = (known.match(written)[0] for written in sorted(self.new_areas))  # as the fund calls it
        return AreaNames(usual, dict.fromkeys((*target.known_areas, *new)), are_all=True)

    def spelt(self, written: str, area: str) -> "Draft":
        """Return the draft with a text said to be an area, a new one (`NEW_AREA`), or "" none yet."""
        spellings = {text: of for text, of in self.spellings.items() if text != written}
        new = self.new_areas - {written}
        if area == NEW_AREA:
            return replace(self, spellings=spellings, new_areas=new | {written})
        if area:
            spellings[written] = area
        return replace(self, spellings=spellings, new_areas=new)

    def setting(self, target: ImportTarget) -> Setting:
        """Return what the round already has."""
        only = (self.one_area,) if self.one_area else target.areas
        areas, sums = self.areas(target), target.sums_total_cost
        return Setting(target.line.fund_code, areas, target.existing, only, target.since, sums)

    def all_of(self, area: str, written: Iterable[str]) -> "Draft":
        """Return the draft with one area for all rows, whatever each has written, "" for none yet."""
        spelt = dict.fromkeys(written, area) if area else {}
        return replace(self, one_area=area, spellings={**self.spellings, **spelt})

    def corrected(self, target: ImportTarget, number: int, column: int, text: str) -> "Draft":
        """Return the draft with a cell typed over.

        An area that is known is so for all rows written alike, unless they name another that the round has.
        """
        columns = self.columns(target)
        cell = self.found.row(number)[column - 1]
        was = "" if is_blank(cell) else one_line(cell_text(cell))
        area, is_known = self.areas(target).match(text)
        names_one = area_key(was) in map(area_key, target.known_areas)
        for one, name in columns.mapped:
            if one.column == column:
                if name == "area" and was and is_known and not names_one:
                    return self.spelt(was, area)
                if name in DAYS:
                    text = _day_in_letters(text)
                elif ColumnReaders(self.table, columns).is_in_doubt(one, text):
                    text = _in_all(text)
        return replace(self, edits={**self.edits, (number, column): text})

    def recalled(self, target: ImportTarget) -> "Draft":
        """Return the draft with the cells typed over that were so for the same applicant before."""
        corrections = target.remembered.corrections(heading.text for heading in self.found.headings)
        organisation = self.columns(target).of("organisation")
        if not corrections or organisation is None:
            return self
        found = {}
        for number, row in self.found.numbered:
            name = cell_text(row[organisation.at])
            for heading in self.found.headings:
                key = correction_key(name, cell_text(row[heading.at]))
                if (key, heading.text) in corrections:
                    found[number, heading.column] = corrections[key, heading.text]
        return replace(self, edits={**found, **self.edits})

    def matched(self, target: ImportTarget, heading: str, name: str) -> "Draft":
        """Return the draft with a heading matched to a field; another heading of that field gives way.

        A hidden column without a field, "", is left out again.
        """
        if not name:
            rest = {text: field for text, field in self.fields.items() if text != heading}
            return replace(self, fields=rest)
        fields = dict(self.fields)
        before = self.columns(target).of(name)
        if before is not None and name != KEEP:
            fields[before.text] = KEEP
        return replace(self, fields={**fields, heading: name})

    @property
    def typed(self) -> FoundTable:
        """Return the table with cells typed over."""
        rows = list(self.found.rows)
        for (number, column), text in self.edits.items():
            row = list(rows[number - self.found.first_row])
            row[column - 1] = text or None
            rows[number - self.found.first_row] = tuple(row)
        return replace(self.found, rows=tuple(rows)) if self.edits else self.found

    @property
    def table(self) -> FoundTable:
        """Return the table with cells typed over and without the rows left out."""
        if not self.left_out:
            return self.typed
        out, numbered = self.left_out, self.typed.numbered
        rows = ((None,) * len(row) if number in out else row for number, row in numbered)
        return replace(self.found, rows=tuple(rows))

    def matching(self, target: ImportTarget, columns: Columns) -> Matching:
        """Return what is to be remembered of this form."""
        fields = [(heading.text, name) for heading, name in columns.mapped]
        fields += [(heading.text, KEEP) for heading in columns.answers]
        headings = tuple(heading.text for heading in self.found.headings)
        spellings = tuple(sorted(self.spellings.items()))
        return Matching(headings, tuple(fields), spellings, tuple(self._corrections(columns)))

    def _corrections(self, columns: Columns) -> Iterator[Correction]:
        """Yield the figures, dates and answers of yes or no typed over; nothing that tells of a person."""
        organisation = columns.of("organisation")
        headings = {heading.column: heading.text for heading, field in columns.mapped if field in _IMPERSONAL}
        for (number, column), typed in sorted(self.edits.items()):
            row = self.found.row(number)
            if organisation is not None and column in headings:
                key = correction_key(cell_text(row[organisation.at]), cell_text(row[column - 1]))
                yield key, headings[column], typed


def _day_in_letters(text: str) -> str:
    """Return a day as an officer types it, day first, so that no order of its column can turn it."""
    moment = readable(read_moment, text)
    if moment is None:
        return text
    at, has_time = moment
    return f"{full_day(at)}, {exact_clock(at)}" if has_time else full_day(at)


def _in_all(text: str) -> str:
    """Return an amount as an officer types it, in pounds whatever its column says."""
    pence = readable(read_money, text)
    return text if pence is None else f"{pounds(pence)}{IN_ALL}"


def read_file(path: Path, tick: Tick | None = None) -> ReadFile:
    """Read a file; raises `Trouble` when it cannot be read."""
    book = with_letters(read_book(path, tick=tick))
    return ReadFile(path, book)


def begun(file: ReadFile, sheet: str | None = None) -> Draft:
    """Return a draft on the table that is found; a sheet without one begins at its first filled row."""
    try:
        book, found = find_applications(file.book, file_name=file.path.name, sheet=sheet)
        return Draft(replace(file, book=book), found)
    except Trouble:
        wanted = [one for one in file.book.sheets if one.name == sheet] or [
            one for one in file.book.sheets if one.visible and one.rows
        ]
        if not wanted or not wanted[0].rows:
            raise
        filled = (n for n, row in enumerate(wanted[0].rows, 1) if sum(c is not None for c in row) > 1)
        return Draft(file, table_at(wanted[0], next(filled, 1)))


def with_header(draft: Draft, row: int) -> Draft:
    """Return the draft with another row as the heading; what was decided below it starts anew."""
    sheet = next(one for one in draft.file.book.sheets if one.name == draft.found.sheet)
    return Draft(draft.file, replace(table_at(sheet, row), other_sheets=draft.found.other_sheets))


def table_at(sheet: SheetTable, row: int) -> FoundTable:
    """Return the table of a sheet whose heading is that row, as the officer says."""
    whole = filled(sheet)
    parts = [Parts("", one_line(cell_text(cell))) for cell in whole.rows[row - 1]]
    return table_below(whole, row, parts)


def _may_be_organisation(heading: Heading, mapping: Mapping[str, str]) -> bool:
    offered = options_of(heading.parts, mapping)
    return may_be_organisation(heading.parts, offered) or names_something(heading.parts.text)


OTHER_ROWS = "{} has other rows than when you left it: its matching is kept, corrections of rows are not."


class KeptImport(Decided, frozen=True):
    """A draft without its file: its table, what its rows were, and all that was decided of them.

    `edits` are row, column and text.
    """

    sheet: str
    header_row: int
    rows: str
    edits: tuple[tuple[int, int, str], ...]


def kept_text(draft: Draft) -> str:
    """Return what is kept of a draft, as text."""
    found = draft.found
    edits = tuple((row, column, text) for (row, column), text in draft.edits.items())
    decided = {name: getattr(draft, name) for name in Decided.__struct_fields__}
    kept = KeptImport(found.sheet, found.header_row, _rows_mark(found), edits, **decided)
    return msgspec.json.encode(kept).decode()


def kept_from(text: str) -> KeptImport | None:
    """Return what was kept, None where it is not understood."""
    try:
        return msgspec.json.decode(text, type=KeptImport)
    except msgspec.MsgspecError:
        return None


def resumed(kept: KeptImport, file: ReadFile) -> tuple[Draft, str]:
    """Return the draft as it was left, of the file as it is now, and what of it could not be kept.

    Where the file's rows changed, matching and spellings hold and what was decided of single rows does not.
    """
    draft = _at_table(kept, file)
    headings = {heading.text for heading in draft.found.headings}
    new = replace(
        draft,
        fields={heading: field for heading, field in kept.fields.items() if heading in headings},
        spellings=kept.spellings,
        new_areas=kept.new_areas,
        one_area=kept.one_area,
    )
    if _rows_mark(draft.found) != kept.rows:
        return new, OTHER_ROWS.format(file.path.name) if kept.edits or kept.left_out or kept.changed else ""
    edits = {(row, column): text for row, column, text in kept.edits}
    return replace(new, edits=edits, left_out=kept.left_out, changed=kept.changed), ""


def _at_table(kept: KeptImport, file: ReadFile) -> Draft:
    """Return a draft on the table that was chosen, else on the one that is found."""
    try:
        draft = begun(file, kept.sheet)
        is_same = draft.found.header_row == kept.header_row
        return draft if is_same else with_header(draft, kept.header_row)
    except (Trouble, IndexError, StopIteration):
        return begun(file)


def _rows_mark(found: FoundTable) -> str:
    """Return what tells a table's rows from all others."""
    told = hashlib.sha256()
    for row in (tuple(heading.text for heading in found.headings), *found.rows):
        told.update(repr(tuple(text_of(cell) for cell in row)).encode())
    return told.hexdigest()
