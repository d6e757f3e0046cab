"""The rows as they stand in a draft; what was typed or matched is a correction of what the file says."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from exchange.applications.columns import Columns
from exchange.applications.fields import text_of
from exchange.applications.preview.draft import Draft
from exchange.applications.preview.preview import Choice, Preview, PreviewRow, State, preview
from exchange.applications.problems import Kind, Point
from exchange.applications.reading import Tick, read_rows
from exchange.applications.row_reader import RowReader, Taken
from exchange.applications.table import Heading
from exchange.cells.values import cell_name
from models.values.application_fields import SLOTS
from models.values.importing.correction import AREA, AS_READ, CORRECTABLE, as_read
from models.values.importing.correction import text_of as json_of
from models.values.importing.import_target import ImportTarget
from models.values.importing.matchings import Remembered
from models.values.rows import ApplicationRow, AsSubmitted, Replaced
from scoring.written.text import one_line

TYPED = "typed at the import of {}"
MATCHED = "matched at the import of {}"
AS_BEFORE = "as corrected before, at the import of {}"


def preview_of(draft: Draft, target: ImportTarget, tick: Tick | None = None) -> Preview:
    """Read the rows as they stand in the draft; nothing is written."""
    whole = draft.recalled(target)
    reading = read_rows(whole.table, whole.columns(target), whole.setting(target), tick)
    found = preview(reading, whole.typed, target, Choice(draft.left_out, draft.changed))
    by_hand = _ByHand(whole, target, found.columns, draft)
    rows = (by_hand.corrected(_recalled(row, whole, draft.edits)) for row in found.rows)
    return replace(found, rows=tuple(rows))


def _recalled(row: PreviewRow, draft: Draft, mine: Mapping[tuple[int, int], str]) -> PreviewRow:
    """Return a row with the cells that were corrected as they were before, each to be looked at."""
    cells = [at for at in draft.edits if at[0] == row.number and at not in mine]
    if not cells or row.state not in (State.NEW, State.CHECK, State.PROBLEM):
        return row
    headings = {heading.column: heading.text for heading in draft.found.headings}
    points = []
    for number, column in cells:
        was = text_of(draft.found.rows[number - draft.found.first_row][column - 1])
        typed = draft.edits[number, column]
        words = f"“{was}” is read as “{typed}”, because you corrected it before"
        cell = cell_name(number, column)
        heading = headings.get(column, "")
        points.append(Point(cell, heading, typed, words, Kind.CORRECTED_BEFORE, is_check=True))
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
        setting = draft.setting(target)
        self._reader = RowReader(
            draft.found,
            columns,
            plain,
            area_without_column=setting.only_area,
            since=setting.since,
            sums_total_cost=setting.sums_total_cost,
        )
        self._edited = {number for number, _ in draft.edits}

    def corrected(self, row: PreviewRow) -> PreviewRow:
        """Return a row with what was submitted of it, itself where nothing was typed or matched."""
        if row.changed is not None and row.number in self._edited:
            return replace(row, changed=replace(row.changed, is_typed=True))
        cells = self._draft.found.rows[row.number - self._draft.found.first_row]
        heading = self._columns.of(AREA)
        area = "" if heading is None else one_line(text_of(cells[heading.column - 1]))
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

    def _replaced(self, number: int, stands: ApplicationRow, taken: Taken) -> Iterator[Replaced]:
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
