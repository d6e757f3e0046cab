"""An import that was left before its end: what was decided of a file by hand, kept as text to go on with."""

import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from exchange.applications.fields import text_of
from exchange.applications.preview.draft import Draft, ReadFile, begun, with_header
from exchange.applications.table import FoundTable
from models.trouble import Trouble

OTHER_ROWS = "{} has other rows than when you left it: its matching is kept, corrections of rows are not."


class KeptImport(Struct, frozen=True):
    """A draft without its file: which one it is, what its rows were, and all that was decided of them.

    `step` is where the import was left. `edits` are row, column and text; rows are those of the spreadsheet.
    """

    path: str
    step: int
    sheet: str
    header_row: int
    rows: str
    fields: dict[str, str]
    spellings: dict[str, str]
    new_areas: tuple[str, ...]
    edits: tuple[tuple[int, int, str], ...]
    left_out: tuple[int, ...]
    changed: tuple[int, ...]
    one_area: str | None

    @property
    def name(self) -> str:
        """Return what the file is called."""
        return Path(self.path).name


def kept_text(draft: Draft, step: int) -> str:
    """Return what is kept of a draft, as text."""
    kept = KeptImport(
        str(draft.file.path),
        step,
        draft.found.sheet,
        draft.found.header_row,
        _rows_mark(draft.found),
        dict(draft.fields),
        dict(draft.spellings),
        tuple(sorted(draft.new_areas)),
        tuple((row, column, text) for (row, column), text in draft.edits.items()),
        tuple(sorted(draft.left_out)),
        tuple(sorted(draft.changed)),
        draft.one_area,
    )
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
        new_areas=frozenset(kept.new_areas),
        one_area=kept.one_area,
    )
    if _rows_mark(draft.found) != kept.rows:
        return new, OTHER_ROWS.format(kept.name) if kept.edits or kept.left_out or kept.changed else ""
    edits = {(row, column): text for row, column, text in kept.edits}
    return replace(new, edits=edits, left_out=frozenset(kept.left_out), changed=frozenset(kept.changed)), ""


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
