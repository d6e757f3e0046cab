"""Every row of the file as it would be imported: what is new, what is here already, what needs a look."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from exchange.applications.checks import Changed, Check, changes_of, checks, look_alikes
from exchange.applications.chosen import of_columns
from exchange.applications.columns import KEEP, Columns
from exchange.applications.draft import NEW_AREA, Draft
from exchange.applications.fields import is_blank, text_of
from exchange.applications.heading_rows import Row
from exchange.applications.importer import Reading
from exchange.applications.row_reader import ReadRow, RowReader
from exchange.applications.row_sorter import Kind, Point
from exchange.applications.table import FoundTable, Heading
from models.values.applications import CHOICE_WORDS, FIELD_WORDS, Correction, corrections_on_import, suggested
from models.values.importing import ImportTarget
from models.values.rows import ApplicationRow, AsSubmitted
from scoring.money import short_pounds
from scoring.written.amounts import read_money
from scoring.written.names import spelling_key
from scoring.written.text import listed, one_line, quoted, readable

MOST_SPELLINGS = 40
NEEDED = ("organisation", "amount_requested")


class Matched(Struct, frozen=True):
    """What the step shows: the table, its columns, what was remembered, and areas to match.

    `written` are texts that are no area by themselves, each with what the officer said it is, "" nothing yet;
    `by_hand` are the headings that the officer chose a field for in this import. `notes` say which
    columns are read otherwise than their cells say alone.
    """

    found: FoundTable
    columns: Columns
    remembered: Mapping[str, str]
    written: Mapping[str, str]
    areas: tuple[str, ...]
    rows: int
    names_an_area: bool
    by_hand: frozenset[str]
    notes: tuple[str, ...]

    def field_of(self, heading: Heading) -> str:
        """Return what a heading goes to: a field, an answer, "" for a hidden column that is left out."""
        return "" if heading in self.columns.hidden else self.fields.get(heading.text, KEEP)

    def is_hidden(self, heading: Heading) -> bool:
        """Whether the spreadsheet does not show a column."""
        return heading.column in self.found.hidden_columns

    @property
    def unknown_areas(self) -> int:
        return sum(not said for said in self.written.values())

    @property
    def fields(self) -> dict[str, str]:
        return {heading.text: field for heading, field in self.columns.mapped}

    def is_laid_as(self, other: "Matched") -> bool:
        """Whether the step has the same lines to choose in."""
        mine, its = (
            (one.found.headings, tuple(one.written), one.areas, one.found.rows) for one in (self, other)
        )
        return mine == its


def matched(draft: Draft, target: ImportTarget) -> Matched:
    """Return how the headings of a draft are matched."""
    columns = draft.columns(target)
    known = target.remembered.fields(heading.text for heading in draft.found.headings)
    numbers = applications_of(draft, target, columns)
    written = _written(draft, target, columns, numbers)
    return Matched(
        draft.found,
        columns,
        known,
        written,
        target.known_areas,
        len(numbers),
        not numbers or _names_an_area(draft, target, columns, numbers),
        frozenset(draft.fields),
        (*(_reader(draft, target, columns).notes if is_matched(columns) else ()), *_chosen(draft, columns)),
    )


def _chosen(draft: Draft, columns: Columns) -> Iterator[str]:
    """Yield what was chosen for whole columns, in a sentence each; the lines mark what their values tell."""
    told = (one for one in of_columns(draft.table, columns) if one.heading not in columns.to_check)
    return (one.why for one in told)


def _names_an_area(draft: Draft, target: ImportTarget, columns: Columns, numbers: frozenset[int]) -> bool:
    """Say whether a row has an area that is known, or the officer has said which area all are of."""
    heading = columns.of("area")
    if draft.one_area is not None or (heading is None and len(target.areas) == 1):
        return True
    if heading is None:
        return False
    names, said = draft.areas(target), {*draft.spellings, *draft.new_areas}
    texts = set(_area_texts(draft, heading, numbers))
    return any(text in said or names.match(text)[1] for text in texts) or not texts


def _area_texts(draft: Draft, heading: Heading, numbers: frozenset[int]) -> list[str]:
    cells = (row[heading.at] for number, row in draft.table.numbered if number in numbers)
    return [one_line(text_of(cell)) for cell in cells if not is_blank(cell)]


def _written(draft: Draft, target: ImportTarget, columns: Columns, numbers: frozenset[int]) -> dict[str, str]:
    """Return the first texts in the column of areas that are none, with what they were said to be."""
    heading = columns.of("area")
    if heading is None:
        return {}
    names = draft.areas(target)
    texts = dict.fromkeys(_area_texts(draft, heading, numbers))
    said = {**draft.spellings, **dict.fromkeys(draft.new_areas, NEW_AREA)}
    found = (text for text in texts if text in said or not names.match(text)[1])
    return {text: said.get(text, "") for text in islice(found, MOST_SPELLINGS)}


def missing_words(columns: Columns) -> str:
    """Return which columns are still to be matched before any row can be read, "" for none."""
    missing = [FIELD_WORDS[name].lower() for name in NEEDED if columns.of(name) is None]
    return f"Choose a column for {listed(missing)}." if missing else ""


def is_matched(columns: Columns) -> bool:
    return all(columns.of(name) is not None for name in NEEDED)


def applications_of(draft: Draft, target: ImportTarget, columns: Columns) -> frozenset[int]:
    """Return the rows that are not left out or passed over: no blanks, notes, totals or headings again."""
    numbered = [one for one in draft.table.numbered if one[0] not in draft.left_out]
    if not is_matched(columns):
        return frozenset(number for number, row in numbered if any(cell is not None for cell in row))
    reader = _reader(draft, target, columns)
    return frozenset(number for number, row in numbered if reader.read(number, row) is not None)


def _reader(draft: Draft, target: ImportTarget, columns: Columns) -> RowReader:
    return RowReader(draft.table, columns, draft.setting(target))


class State(StrEnum):
    """What becomes of a row."""

    NEW = "New"
    CHANGED = "Changed"
    PROBLEM = "Problem"
    CHECK = "Check"
    SAME = "Already here"
    TWICE = "Twice in file"
    NOT_TAKEN = "Not imported"
    LEFT_OUT = "Left out"


HERE = (State.SAME, State.TWICE)
"""Rows of which nothing is wanted: their application is here, or comes with another row."""


class PreviewRow(Struct, frozen=True):
    """One row of the sheet; `application` is what would be imported, None when nothing would.

    `changed` is what it says otherwise of an application of the round, taken where `is_change_taken`.
    `suggested` are the lines of the fund's lists that its own words name, each after its list. `like` is the
    application of the round that it may be, "" for none. `submitted` is what the file says of an application
    in its own cells, and what was corrected of it. `file` is the form that it was read from, "" of a sheet.
    """

    number: int
    organisation: str
    project: str
    area: str
    asked: str
    state: State
    points: tuple[Point, ...] = ()
    application: ApplicationRow | None = None
    changed: Changed | None = None
    is_change_taken: bool = False
    suggested: tuple[str, ...] = ()
    like: str = ""
    submitted: AsSubmitted | None = None
    file: str = ""

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Return what was typed or matched in the place of what was submitted."""
        if self.application is None or self.submitted is None:
            return ()
        return corrections_on_import((self.application,), (self.submitted,))

    @property
    def place(self) -> str:
        """Return where it stands, in words: "Row 3", or of a form its file too."""
        return f"Row {self.number}, {self.file}" if self.file else f"Row {self.number}"

    @property
    def needs_look(self) -> bool:
        """Whether a key that goes to the next problem stops here."""
        is_told = any(point.kind is not Kind.HERE for point in self.points)
        return is_told and self.state is not State.LEFT_OUT

    @property
    def spoken(self) -> str:
        """Return the row in full words."""
        said = [
            self.place,
            self.organisation or "no organisation",
            f"amount requested {self.asked}",
        ]
        return ", ".join([*said, self.state.lower(), *(point.words for point in self.points)])


class Preview(Struct, frozen=True):
    """All rows of a file, and the reading that they come from; `table` has the cells as typed over."""

    reading: Reading
    table: FoundTable
    rows: tuple[PreviewRow, ...]
    areas: tuple[str, ...] = ()

    @property
    def columns(self) -> Columns:
        return self.reading.columns

    @property
    def area_column(self) -> int:
        """Return the number of the column of the areas, from 1, 0 without one."""
        heading = self.columns.of("area")
        return 0 if heading is None else heading.column

    @property
    def taken(self) -> tuple[ApplicationRow, ...]:
        return tuple(row.application for row in self.rows if row.application is not None)

    @property
    def submitted(self) -> tuple[AsSubmitted, ...]:
        """Return what the file says of these in its own cells, and what was corrected of them."""
        taken = (row for row in self.rows if row.application is not None)
        return tuple(row.submitted for row in taken if row.submitted is not None)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        return tuple(one for row in self.rows for one in row.corrections)

    @property
    def changes(self) -> tuple[Changed, ...]:
        return tuple(row.changed for row in self.rows if row.changed is not None and row.is_change_taken)

    @property
    def left_out(self) -> tuple[PreviewRow, ...]:
        """Return the rows of which nothing is taken, though they are not here already."""
        return tuple(row for row in self.rows if row.state in (State.NOT_TAKEN, State.LEFT_OUT))

    @property
    def may_be_here(self) -> tuple[PreviewRow, ...]:
        """Return the rows that may be an application of the round under another reference."""
        return tuple(row for row in self.rows if row.like)

    def without_possible_duplicates(self) -> "Preview":
        """Return the same import without the rows that may be here already."""
        left = {row.number for row in self.may_be_here}
        rows = tuple(
            replace(row, state=State.LEFT_OUT, application=None) if row.number in left else row
            for row in self.rows
        )
        read = tuple(
            replace(row, application=None) if row.number in left else row for row in self.reading.rows
        )
        return replace(self, rows=rows, reading=replace(self.reading, rows=read))

    def sentence(self, verb: str) -> str:
        """Return what becomes of the rows: "46 read: 41 added, 3 already here, 2 left out"."""
        twice = self.counts[State.TWICE]
        here = len(self.rows) - len(self.taken) - len(self.changes) - len(self.left_out) - twice
        perhaps = sum(row.application is not None for row in self.may_be_here)
        more = (
            (len(self.changes), "to change" if verb == "to add" else "changed"),
            (here, "already here"),
            (twice, "twice in this file"),
            (len(self.left_out), "left out"),
        )
        taken = f"{len(self.taken):,} {verb}{f' ({perhaps:,} may be here already)' if perhaps else ''}"
        words = ", ".join((taken, *(f"{count:,} {what}" for count, what in more if count)))
        return f"{len(self.rows):,} read: {words}"

    @property
    def suggestions(self) -> Counter[str]:
        return Counter(line for row in self.rows for line in row.suggested)

    @property
    def counts(self) -> Counter[State]:
        return Counter(row.state for row in self.rows)


def preview(reading: Reading, table: FoundTable, target: ImportTarget, draft: Draft | None = None) -> Preview:
    """Return what would become of each row of a table, as it was read with rows left out blank."""
    return Preview(reading, table, tuple(_rows(reading, table, target, draft)), target.known_areas)


def _rows(
    reading: Reading, table: FoundTable, target: ImportTarget, draft: Draft | None
) -> Iterator[PreviewRow]:
    left_out = frozenset[int]() if draft is None else draft.left_out
    read = {row.number: row for row in reading.rows}
    kept = {row.number: row.application for row in reading.rows if row.application is not None}
    rows_of = {
        spelling_key(row.reference): table.file(number) or f"row {number} of this file"
        for number, row in kept.items()
    }
    alike = look_alikes(target, kept, table.row_name)
    found = checks(target, kept, alike, partial(_at, table, reading.columns))
    here = {row.reference for row in target.existing}
    like = {number: of for (number, _), others in alike.items() for of in others if of in here}
    compare = changes_of(target, kept.values())
    for number, cells in table.numbered:
        row = read.get(number)
        if number not in left_out and row is None:
            continue
        said = PreviewRow(
            number,
            *_identifying_texts(reading.columns, cells),
            State.LEFT_OUT,
            file=table.file(number),
        )
        told = _as_read(said, row)
        if number in left_out or row is None:
            yield told
        elif row.same_as:
            is_taken = draft is not None and number in draft.changed
            yield _repeated(told, row, compare(row), rows_of, is_taken=is_taken)
        else:
            judged = _judged(told, row, found.get(number, ()))
            suggestions = _suggested(judged.application, target)
            yield replace(judged, suggested=suggestions, like=like.get(number, ""), submitted=row.submitted)


def _suggested(row: ApplicationRow | None, target: ImportTarget) -> tuple[str, ...]:
    if row is None or target.rules is None:
        return ()
    return tuple(f"{CHOICE_WORDS[one.kind]}: {one.words}" for one in suggested(row, target.rules))


def _as_read(told: PreviewRow, row: ReadRow | None) -> PreviewRow:
    """Return a row with the area and the amount that were read in it, in place of its cells' own words."""
    if row is None or row.fields is None:
        return told
    area, pence = row.fields["area"] if row.same_as else None, row.fields["requested_pence"]
    is_turned = readable(read_money, told.asked) not in (None, pence)  # in another unit, such as thousands
    asked = short_pounds(pence) if row.same_as or is_turned else told.asked
    return replace(told, area=area or told.area, asked=asked)


def _judged(told: PreviewRow, row: ReadRow, own: Sequence[Point]) -> PreviewRow:
    """Return a row that repeats none: new with what is to be said, or not taken."""
    if row.application is None:
        return replace(told, state=State.NOT_TAKEN, points=row.problems)
    is_faulty = any(not (point.is_check or point.is_new_area) for point in row.problems)
    state = State.PROBLEM if is_faulty else State.CHECK if row.problems or own else State.NEW
    return replace(told, state=state, points=(*row.problems, *own), application=row.application)


def _repeated(
    told: PreviewRow,
    row: ReadRow,
    otherwise: tuple[Changed | None, tuple[str, ...]],
    rows_of: Mapping[str, str],
    *,
    is_taken: bool,
) -> PreviewRow:
    """Return a row that is here already, or twice in the file, and what it says otherwise.

    `rows_of` says by reference which row of the file would become it.
    """
    changed, answers = otherwise
    reference = row.same_as if changed is None else changed.before.reference
    in_file = rows_of.get(spelling_key(reference))
    words = [f"the same as {in_file}" if in_file else f"already here as {reference}"]
    where, there = ("there", "here") if in_file else ("here", "in the file")
    fields = () if changed is None else changed.fields
    words += [f"{one.words.lower()}: {one.here} {where}, {one.there} {there}" for one in fields]
    words += [f"other answers, which are not taken: {listed(list(map(quoted, answers)))}"] if answers else []
    kind = Kind.CHANGED if words[1:] else Kind.HERE
    state = State.TWICE if in_file else State.SAME if changed is None else State.CHANGED
    new = replace(told, state=state, points=(Point("", "", "", "; ".join(words), kind, is_check=True),))
    return new if in_file else replace(new, changed=changed, is_change_taken=is_taken)


def _at(table: FoundTable, columns: Columns, number: int, check: Check) -> Point:
    """Return a check at the cell of its field, of the whole row where the file has no column for it."""
    heading = columns.of(check.field) if check.field else None
    if heading is None:
        return Point("", "", "", check.words, check.kind, is_check=True)
    value = text_of(table.row(number)[heading.at])
    return table.point(number, heading, value, check.words, check.kind)


def _identifying_texts(columns: Columns, cells: Row) -> tuple[str, str, str, str]:
    headings = [columns.of(field) for field in ("organisation", "project", "area", "amount_requested")]
    said = [one_line(text_of(cells[one.at])) if one is not None else "" for one in headings]
    return said[0], said[1], said[2], said[3]
