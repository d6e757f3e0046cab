"""How the headings of a draft are matched: what still waits for a column, and which texts are no area yet."""

from collections.abc import Mapping
from itertools import islice

from msgspec import Struct

from exchange.applications.columns import Columns
from exchange.applications.fields import is_blank, text_of
from exchange.applications.preview.draft import NEW_AREA, Draft
from exchange.applications.row_reader import RowReader
from exchange.applications.table import FoundTable, Heading
from models.values.application_fields import FIELD_WORDS
from models.values.importing.import_target import ImportTarget
from models.values.round_line import FORCE_WIDE
from scoring.counted import listed
from scoring.written.text import one_line

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
    rows: int = 0
    names_an_area: bool = True
    by_hand: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def unknown_areas(self) -> int:
        """Return how many texts are still to match."""
        return sum(not said for said in self.written.values())

    @property
    def fields(self) -> dict[str, str]:
        """Return the field of each heading that goes to one."""
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
        notes_of(draft, target, columns),
    )


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
    first = draft.found.first_row
    cells = (
        row[heading.column - 1] for number, row in enumerate(draft.table.rows, first) if number in numbers
    )
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
    """Whether the two columns are matched without which no row can be read."""
    return all(columns.of(name) is not None for name in NEEDED)


def applications_of(draft: Draft, target: ImportTarget, columns: Columns) -> frozenset[int]:
    """Return the rows that are not passed over: no blanks, notes, totals or headings again."""
    table = draft.table
    numbered = list(enumerate(table.rows, table.first_row))
    if not is_matched(columns):
        return frozenset(number for number, row in numbered if any(cell is not None for cell in row))
    reader = _reader(draft, target, columns)
    return frozenset(number for number, row in numbered if reader.read(number, row) is not None)


def notes_of(draft: Draft, target: ImportTarget, columns: Columns) -> tuple[str, ...]:
    """Return which columns are read otherwise than their cells say alone."""
    return _reader(draft, target, columns).notes if is_matched(columns) else ()


def _reader(draft: Draft, target: ImportTarget, columns: Columns) -> RowReader:
    return RowReader(draft.table, columns, draft.areas(target), area_without_column=FORCE_WIDE)
