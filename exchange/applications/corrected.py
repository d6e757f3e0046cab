"""The rows as they stand in a draft; what was typed or matched is a correction of what the file says."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from exchange.applications.columns import Columns
from exchange.applications.draft import Draft
from exchange.applications.fields import text_of
from exchange.applications.importer import read_rows
from exchange.applications.preview import Preview, PreviewRow, State, preview
from exchange.applications.row_reader import ReadRow, RowReader
from exchange.applications.row_sorter import Kind
from exchange.applications.table import FoundTable, Heading
from exchange.reading.sheets import Tick
from models.values.applications import AREA, AS_READ, CORRECTABLE, SLOTS, as_read
from models.values.applications import text_of as json_of
from models.values.importing import ImportTarget, Remembered
from models.values.rows import ApplicationRow, AsSubmitted, Replaced
from scoring.written.text import counted, one_line

KEPT = "What you matched, corrected and left out before is kept."

Cells = tuple[str, ...]


def carried(before: Draft, new: Draft) -> Draft:
    """Return a new draft with what was decided before, for every heading and row that it has as well.

    A row is the same where all its cells are; a cell typed over is also the same where no other row has that
    text under that heading, as after the file was corrected elsewhere. How an area is spelt holds anywhere.
    """
    rows = _same_rows(before.found, new.found)
    headings = {heading.text: heading.column for heading in new.found.headings}
    return replace(
        new,
        fields={heading: field for heading, field in before.fields.items() if heading in headings},
        spellings=before.spellings,
        new_areas=before.new_areas,
        edits=_edits(before, new, rows, headings),
        left_out=frozenset(rows[number] for number in before.left_out if number in rows),
        changed=frozenset(rows[number] for number in before.changed if number in rows),
    )


def kept_words(before: Draft, new: Draft) -> str:
    """Return what of the work by hand another file or sheet took over; "" where there was none."""
    if not before.holds_work:
        return ""
    lost = len(before.edits) - len(new.edits) + len(before.left_out) - len(new.left_out)
    if not lost:
        return KEPT
    of = counted(lost, "correction or row left out is", "corrections or rows left out are")
    return f"{KEPT.removesuffix('.')}; {of} not in this one."


def _edits(
    before: Draft, new: Draft, rows: dict[int, int], headings: dict[str, int]
) -> dict[tuple[int, int], str]:
    named = {heading.column: heading.text for heading in before.found.headings}
    found: dict[tuple[int, int], str] = {}
    for (number, column), typed in before.edits.items():
        at = headings.get(named.get(column, ""))
        if at is not None:
            text = text_of(before.found.row(number)[column - 1])
            row = rows.get(number) or _only_row(new.found, at, text)
            found |= {} if row is None else {(row, at): typed}
    return found


def _only_row(found: FoundTable, column: int, text: str) -> int | None:
    """Return the one row that has a text in a column, None where several or none has."""
    having = [number for number, row in found.numbered if text and text_of(row[column - 1]) == text]
    return having[0] if len(having) == 1 else None


def _same_rows(before: FoundTable, new: FoundTable) -> dict[int, int]:
    """Return the number of each row of one table in the other, where both have the same texts."""
    if Counter(one.text for one in before.headings) != Counter(one.text for one in new.headings):
        return {}
    waiting: dict[Cells, deque[int]] = defaultdict(deque)
    for number, cells in _texts(new):
        waiting[cells].append(number)
    return {number: waiting[cells].popleft() for number, cells in _texts(before) if waiting.get(cells)}


def _texts(found: FoundTable) -> list[tuple[int, Cells]]:
    """Return the number of each row with its texts in the order of their headings' names."""
    columns = [one.at for one in sorted(found.headings, key=lambda one: one.text)]
    return [(number, tuple(text_of(row[column]) for column in columns)) for number, row in found.numbered]


TYPED = "typed at the import of {}"
MATCHED = "matched at the import of {}"
AS_BEFORE = "as corrected before, at the import of {}"


def preview_of(draft: Draft, target: ImportTarget, tick: Tick | None = None) -> Preview:
    """Read the rows as they stand in the draft; nothing is written."""
    whole = draft.recalled(target)
    reading = read_rows(whole.table, whole.columns(target), whole.setting(target), tick)
    found = preview(reading, whole.typed, target, draft)
    by_hand = _ByHand(whole, target, found.columns, draft)
    rows = (by_hand.corrected(_recalled(row, whole, draft.edits)) for row in found.rows)
    return replace(found, rows=tuple(rows))


def _recalled(row: PreviewRow, draft: Draft, mine: Mapping[tuple[int, int], str]) -> PreviewRow:
    """Return a row with the cells that were corrected as they were before, each to be looked at."""
    cells = [at for at in draft.edits if at[0] == row.number and at not in mine]
    if not cells or row.state not in (State.NEW, State.CHECK, State.PROBLEM):
        return row
    headings = {heading.column: heading for heading in draft.found.headings}
    points = []
    for number, column in cells:
        was = text_of(draft.found.row(number)[column - 1])
        typed = draft.edits[number, column]
        words = f"“{was}” is read as “{typed}”, because you corrected it before"
        points.append(draft.found.point(number, headings[column], typed, words, Kind.CORRECTED_BEFORE))
    state = State.CHECK if row.state is State.NEW else row.state
    return replace(row, points=(*row.points, *points), state=state)


def corrects_now(found: Preview) -> bool:
    """Whether something is typed or matched in the place of what was submitted, and not only as before."""
    is_typed = any(one.is_typed for one in found.changes)
    return is_typed or any(not _is_by_itself(one.reason) for one in found.corrections)


def with_reason(submitted: AsSubmitted, reason: str) -> AsSubmitted:
    """Return what was submitted of an application, with why it is corrected now."""
    told = (
        one if _is_by_itself(one.reason) else replace(one, reason=f"{reason} ({one.reason})")
        for one in submitted.corrected
    )
    return replace(submitted, corrected=tuple(told))


def _is_by_itself(reason: str) -> bool:
    return reason == AS_READ or reason.startswith(AS_BEFORE.format(""))


class _ByHand:
    """Reads rows as the applicants wrote them, and compares."""

    def __init__(self, draft: Draft, target: ImportTarget, columns: Columns, mine: Draft) -> None:
        self._draft, self._columns, self._mine = draft, columns, mine
        self._spelt = {**dict(target.remembered.spellings), **draft.spellings}
        plain = replace(draft, spellings={}).areas(replace(target, remembered=Remembered()))
        self._reader = RowReader(draft.found, columns, replace(draft.setting(target), areas=plain))
        self._edited = {number for number, _ in draft.edits}

    def corrected(self, row: PreviewRow) -> PreviewRow:
        """Return a row with what was submitted of it, itself where nothing was typed or matched."""
        if row.changed is not None and row.number in self._edited:
            return replace(row, changed=replace(row.changed, is_typed=True))
        cells = self._draft.found.row(row.number)
        heading = self._columns.of(AREA)
        area = "" if heading is None else one_line(text_of(cells[heading.at]))
        if row.application is None or not (row.number in self._edited or area in self._spelt):
            return row
        taken = self._reader.as_written(row.number, cells)
        assert taken.fields is not None
        answers = self._answers(row.number, row.application, taken.fields["answers"])
        stands = replace(row.application, answers=answers)
        typed = {
            SLOTS.get(name, name) for one, name in self._columns.mapped if self._is_typed(row.number, one)
        }
        given = {name: value for name, value in taken.fields.items() if name not in typed & {*taken.likely}}
        corrected = (
            *self._replaced(row.number, stands, replace(taken, fields=given)),
            *as_read(stands, (name for name in taken.likely if name not in typed)),
        )
        submitted = AsSubmitted(stands.reference, taken.cells, corrected)
        return replace(row, application=stands, submitted=submitted)

    def _is_typed(self, number: int, heading: Heading) -> bool:
        return (number, heading.column) in self._draft.edits

    def _answers(self, number: int, stands: ApplicationRow, submitted: Any) -> tuple[tuple[str, str], ...]:
        """Return the answers as submitted, but for a cell of theirs that was typed over."""
        typed = {one.text for one in self._columns.answers if self._is_typed(number, one)}
        kept = tuple(answer for answer in submitted if answer[0] not in typed)
        return (*kept, *(answer for answer in stands.answers if answer[0] in typed))

    def _replaced(self, number: int, stands: ApplicationRow, taken: ReadRow) -> Iterator[Replaced]:
        fields = {"reference": stands.reference, **(taken.fields or {})}
        reference = self._columns.of("reference")
        if reference is not None and self._is_typed(number, reference):
            fields["reference"] = taken.reference
        blank = ApplicationRow("", "")
        for field in (*sorted(CORRECTABLE), "answers", "reference"):
            before = fields.get(field, getattr(blank, field))
            if before != getattr(stands, field):
                yield Replaced(field, json_of(before), self._why(number, field))

    def _why(self, number: int, field: str) -> str:
        is_mine = any(at == number for at, _ in self._mine.edits)
        if field == AREA:
            is_mine = is_mine or bool(self._mine.spellings)
        words = (MATCHED if field == AREA else TYPED) if is_mine else AS_BEFORE
        return words.format(self._draft.file.path.name)
