"""What was decided by hand of one file, carried to another file or sheet that is chosen in its place."""

from collections import Counter, defaultdict, deque

from msgspec.structs import replace

from exchange.applications.fields import text_of
from exchange.applications.preview.draft import Draft
from exchange.applications.table import FoundTable
from scoring.counted import counted

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
            text = text_of(before.found.rows[number - before.found.first_row][column - 1])
            row = rows.get(number) or _only_row(new.found, at, text)
            found |= {} if row is None else {(row, at): typed}
    return found


def _only_row(found: FoundTable, column: int, text: str) -> int | None:
    """Return the one row that has a text in a column, None where several or none has."""
    having = [
        number
        for number, row in enumerate(found.rows, found.first_row)
        if text and text_of(row[column - 1]) == text
    ]
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
    columns = [one.column - 1 for one in sorted(found.headings, key=lambda one: one.text)]
    return [
        (number, tuple(text_of(row[column]) for column in columns))
        for number, row in enumerate(found.rows, found.first_row)
    ]
