"""Every row of the file as it would be taken in: what is new, what is here already, what needs a look."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from exchange.applications.areas import FORCE_WIDE
from exchange.applications.columns import Columns
from exchange.applications.fields import text_of
from exchange.applications.reading import Reading, Tick, read_rows
from exchange.applications.row_reader import RowReader, Taken
from exchange.cells.values import cell_name, column_number
from gui.pages.applications.importing.changes import Changed, changes_of
from gui.pages.applications.importing.draft import Draft
from models.queries.applications.alike import alike
from models.queries.applications.importing import ImportTarget
from models.queries.applications.in_time import received_in_time
from models.values.rows import ApplicationRow
from scoring import money

FEWEST_POSTCODES = 5
"""How many postcodes of an area there are to be before another can be called unusual."""


class State(StrEnum):
    """What becomes of a row."""

    NEW = "New"
    CHANGED = "Changed"
    PROBLEM = "Problem"
    CHECK = "Check"
    SAME = "Already here"
    NOT_TAKEN = "Not imported"
    LEFT_OUT = "Left out"


@dataclass(frozen=True, slots=True)
class Point:
    """Something to look at: at a cell ("F17", "" for the whole row); a check is no fault."""

    cell: str
    heading: str
    value: str
    words: str
    is_check: bool = False


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the sheet; `application` is what would be taken in, None when nothing would.

    `changed` is what it says otherwise of an application of the round, taken where `is_change_taken`.
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

    @property
    def needs_look(self) -> bool:
        """Whether a key that goes to the next problem stops here."""
        return bool(self.points) and self.state is not State.LEFT_OUT

    @property
    def spoken(self) -> str:
        """Return the row in full words."""
        said = [
            f"Row {self.number}",
            self.organisation or "no organisation",
            f"amount requested {self.asked}",
        ]
        return ", ".join([*said, self.state.lower(), *(point.words for point in self.points)])


@dataclass(frozen=True, slots=True)
class Preview:
    """All rows of a file, and the reading that they come from."""

    reading: Reading
    columns: Columns
    rows: tuple[PreviewRow, ...]
    areas: tuple[str, ...] = ()

    @property
    def area_heading(self) -> str:
        """Return the heading of the areas, "" without one."""
        heading = self.columns.of("area")
        return "" if heading is None else heading.text

    @property
    def taken(self) -> tuple[ApplicationRow, ...]:
        """Return the applications that would be taken in."""
        return tuple(row.application for row in self.rows if row.application is not None)

    @property
    def changes(self) -> tuple[Changed, ...]:
        """Return what would be corrected in applications of the round."""
        return tuple(row.changed for row in self.rows if row.changed is not None and row.is_change_taken)

    @property
    def left_out(self) -> tuple[PreviewRow, ...]:
        """Return the rows of which nothing is taken, though they are not here already."""
        return tuple(row for row in self.rows if row.state in (State.NOT_TAKEN, State.LEFT_OUT))

    def sentence(self, verb: str) -> str:
        """Return what becomes of the rows: "46 read: 41 added, 3 already here, 2 left out"."""
        here = len(self.rows) - len(self.taken) - len(self.changes) - len(self.left_out)
        words = [f"{len(self.taken):,} {verb}"]
        words += (
            [f"{len(self.changes):,} {'to change' if verb == 'to add' else 'changed'}"]
            if self.changes
            else []
        )
        words += [f"{here:,} already here"] if here else []
        words += [f"{len(self.left_out):,} left out"] if self.left_out else []
        return f"{len(self.rows):,} read: {', '.join(words)}"

    @property
    def counts(self) -> Counter[State]:
        """Return how many rows come to what."""
        return Counter(row.state for row in self.rows)


def preview(draft: Draft, target: ImportTarget, tick: Tick | None = None) -> Preview:
    """Read the rows as they stand in the draft; nothing is written."""
    mine, draft = draft.edits, draft.recalled(target)
    columns = draft.columns(target)
    reading = read_rows(draft.table, columns, draft.setting(target), tick)
    rows = [_recalled(row, draft, mine) for row in _rows(draft, target, columns, reading)]
    areas = tuple(area.name for area in target.line.areas) or tuple(area.name for area in target.usual_areas)
    return Preview(reading, columns, tuple(rows), areas)


def applications_of(draft: Draft, target: ImportTarget, columns: Columns) -> frozenset[int]:
    """Return the rows that are not passed over: no blanks, notes, totals or headings again."""
    if not is_matched(columns):
        filled = enumerate(draft.table.rows, draft.found.first_row)
        return frozenset(number for number, row in filled if any(cell is not None for cell in row))
    return frozenset(_read(draft, target, columns))


def _recalled(row: PreviewRow, draft: Draft, mine: Mapping[tuple[int, int], str]) -> PreviewRow:
    """Return a row with the cells that were corrected as they were before, each to be looked at."""
    cells = [at for at in draft.edits if at[0] == row.number and at not in mine]
    if row.state not in (State.NEW, State.CHECK, State.PROBLEM):
        return row
    headings = {heading.column: heading.text for heading in draft.found.headings}
    points = []
    for number, column in cells:
        was = text_of(draft.found.rows[number - draft.found.first_row][column - 1])
        typed = draft.edits[number, column]
        words = f"“{was}” is read as “{typed}”, as you corrected it before"
        points.append(Point(cell_name(number, column), headings.get(column, ""), typed, words, is_check=True))
    state = State.CHECK if points and row.state is State.NEW else row.state
    return replace(row, points=(*row.points, *points), state=state)


def is_matched(columns: Columns) -> bool:
    """Whether the two columns are matched without which no row can be read."""
    return columns.of("organisation") is not None and columns.of("amount_requested") is not None


def _rows(draft: Draft, target: ImportTarget, columns: Columns, reading: Reading) -> Iterator[PreviewRow]:
    read = _read(draft, target, columns)
    kept = _kept(read, columns, reading)
    compare = changes_of(target)
    points = _problems(reading)
    same = {one.row: one.same_as for one in reading.duplicates}
    checks = _checks(target, kept, partial(_at, draft, columns))
    for index in range(len(draft.found.rows)):
        number = draft.found.first_row + index
        told = _told(columns, draft, index)
        if number in draft.left_out:
            yield PreviewRow(number, *told, State.LEFT_OUT)
        elif number in same and (changed := compare(read[number], same[number])) is not None:
            is_taken = number in draft.changed
            yield _changed(PreviewRow(number, *told, State.CHANGED, (), None, changed, is_taken))
        elif number in same:
            here = Point("", "", "", f"already here as {same[number]}", is_check=True)
            yield PreviewRow(number, *told, State.SAME, (here,))
        elif number in kept:
            found = (*points[number], *checks[number])
            yield PreviewRow(number, *told, _state(found), found, kept[number])
        elif points[number]:
            yield PreviewRow(number, *told, State.NOT_TAKEN, tuple(points[number]))


def _state(points: Sequence[Point]) -> State:
    if any(not point.is_check for point in points):
        return State.PROBLEM
    return State.CHECK if points else State.NEW


def _changed(row: PreviewRow) -> PreviewRow:
    """Return a row with what it says otherwise in words, as something to look at."""
    assert row.changed is not None, "some values differ"
    reference = row.changed.before.reference
    words = f"already here as {reference}; " + "; ".join(
        f"{one.words.lower()}: {one.here} here, {one.there} in the file" for one in row.changed.fields
    )
    return replace(row, points=(Point("", "", "", words, is_check=True),))


def _read(draft: Draft, target: ImportTarget, columns: Columns) -> dict[int, Taken]:
    """Return what each row holds, by its number, but for rows that are passed over."""
    names = draft.setting(target).round_areas
    only = names[0] if len(names) == 1 else FORCE_WIDE
    table = draft.table
    reader = RowReader(table, columns, draft.areas(target), area_without_column=only)
    taken = [reader.read(table.first_row + n, row) for n, row in enumerate(table.rows)]
    return {one.row: one for one in taken if one is not None}


def _kept(read: Mapping[int, Taken], columns: Columns, reading: Reading) -> dict[int, ApplicationRow]:
    """Return the applications by the row they are on: the rows that can be read, less those set aside."""
    aside = {one.row for one in reading.duplicates} | _clashes(columns, reading)
    numbers = [one.row for one in read.values() if one.fields is not None and one.row not in aside]
    return dict(zip(numbers, reading.applications, strict=True))


def _clashes(columns: Columns, reading: Reading) -> set[int]:
    """Return the rows that are not taken because another organisation has their reference."""
    heading = columns.of("reference")
    if heading is None:
        return set()
    own = {cell_name(row, heading.column) for row in map(_row_of, (p.cell for p in reading.problems))}
    return {
        _row_of(problem.cell)
        for problem in reading.problems
        if problem.cell in own and "is already the reference of" in problem.message
    }


def _problems(reading: Reading) -> Mapping[int, list[Point]]:
    found: dict[int, list[Point]] = defaultdict(list)
    for problem in reading.problems:
        point = Point(problem.cell, problem.heading, problem.value, problem.message)
        found[_row_of(problem.cell)].append(point)
    return found


def _at(draft: Draft, columns: Columns, number: int, field: str, words: str) -> Point:
    """Return a check at the cell of its field, of the whole row where the file has no column for it."""
    heading = columns.of(field)
    if heading is None:
        return Point("", "", "", words, is_check=True)
    value = text_of(draft.table.rows[number - draft.found.first_row][heading.column - 1])
    return Point(cell_name(number, heading.column), heading.text, value, words, is_check=True)


def _checks(
    target: ImportTarget, kept: Mapping[int, ApplicationRow], at: Callable[[int, str, str], Point]
) -> Mapping[int, list[Point]]:
    """Return what is worth a look in rows that would be taken in, none of it a fault."""
    found: dict[int, list[Point]] = defaultdict(list)
    stages = {area.name: area.stage for area in target.line.areas}
    asked: Counter[str] = Counter()
    for number, row in kept.items():
        found[number] += [at(number, field, words) for field, words in _own_checks(target, row, stages)]
        name = row.organisation.casefold()
        asked[name] += row.requested_pence
        before = _before(target, row, asked[name])
        found[number] += [Point("", "", "", one, is_check=True) for one in before]
    numbers = {row.reference: number for number, row in kept.items()}
    for pair in alike([*target.existing, *kept.values()]):
        for one, other in (pair.pair, pair.pair[::-1]):
            if one in numbers:
                where = f"row {numbers[other]}" if other in numbers else other
                found[numbers[one]].append(
                    Point("", "", "", f"perhaps the same as {where}: {pair.words}", is_check=True)
                )
    return found


def _own_checks(
    target: ImportTarget, row: ApplicationRow, stages: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what is worth a look in one row, with the field that would mend it."""
    cap = target.cap_per_award_pence
    if cap is not None and row.requested_pence > cap:
        words = f"{money.short_pounds(row.requested_pence)} is over the {money.short_pounds(cap)} cap"
        yield "amount_requested", f"{words} (a check, not a fault)"
    verdict = received_in_time(row, target.dates)
    if verdict is not None and verdict[0] == "fail":
        yield "received_at", f"{verdict[1]} (a check, not a fault)"
    if row.area is not None and stages.get(row.area, "intake") != "intake":
        stage = stages[row.area]
        yield "area", f"{row.area} has moved on to {stage}: leave the row out, or have the chair move it back"
    usual = [_letters(one.postcode) for one in target.existing if one.postcode and one.area == row.area]
    if row.postcode and len(usual) >= FEWEST_POSTCODES and _letters(row.postcode) not in usual:
        known = ", ".join(sorted(set(usual)))
        yield "postcode", f"{row.postcode} is unlike the other postcodes of {row.area}, which begin {known}"


def _letters(postcode: str) -> str:
    return postcode[:2].rstrip("0123456789")


def _before(target: ImportTarget, row: ApplicationRow, asked_pence: int) -> Iterator[str]:
    known, cap = target.organisation(row), target.cap_per_organisation_pence
    if known is not None and known.funded_pence:
        yield f"{money.short_pounds(known.funded_pence)} recommended to this organisation before"
    year = asked_pence + (known.year_pence if known is not None else 0)
    if cap is not None and year > cap:
        yield (
            f"{money.short_pounds(year)} this year for this organisation is over the "
            f"{money.short_pounds(cap)} cap (a check, not a fault)"
        )


def _told(columns: Columns, draft: Draft, index: int) -> tuple[str, str, str, str]:
    """Return what a row says in the columns that tell it apart."""
    number = draft.found.first_row + index
    said = []
    for field in ("organisation", "project", "area", "amount_requested"):
        heading = columns.of(field)
        text = ""
        if heading is not None:
            typed = draft.edits.get((number, heading.column))
            text = typed if typed is not None else text_of(draft.found.rows[index][heading.column - 1])
        said.append(" ".join(text.split()))
    return said[0], said[1], said[2], said[3]


def _row_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def column_of(cell: str) -> int:
    """Return the column of a cell's name, counted from 1."""
    return column_number(cell.rstrip("0123456789"))
