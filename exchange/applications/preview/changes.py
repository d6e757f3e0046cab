"""What a row says otherwise than the application that is already in the round."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from models.values.application_fields import FIELD_WORDS, NOTHING, SLOTS, printed
from models.values.importing.import_target import ImportTarget
from models.values.rows import ApplicationRow
from scoring.written.names import spelling_key
from scoring.written.text import one_line


class FieldChange(Struct, frozen=True):
    """One field as it is here and as the file has it, both as printed."""

    field: str
    here: str
    there: str

    @property
    def words(self) -> str:
        """Return what people call the field."""
        return FIELD_WORDS[self.field]


class Changed(Struct, frozen=True):
    """An application of the round and as a row of the file has it, with the fields that differ.

    A row `is_typed` of which a cell was typed over, so that it no longer says what the file says.
    """

    before: ApplicationRow
    after: ApplicationRow
    fields: tuple[FieldChange, ...]
    is_typed: bool = False

    def why(self, file: str, reason: str = "") -> str:
        """Return the reason of the correction; of what was typed with what was given for that."""
        if not self.is_typed:
            return f"from the file {file}"
        typed = f"typed at the import of {file}"
        return f"{reason} ({typed})" if reason else typed


def changes_of(target: ImportTarget) -> Callable[[Mapping[str, Any], str], Changed | None]:
    """Return what compares a row with the application it repeats; it gives None where nothing differs."""
    existing = {spelling_key(row.reference): row for row in target.existing}
    submitted = {row.reference: row for row in target.submitted}

    def compare(fields: Mapping[str, Any], same_as: str) -> Changed | None:
        here = existing.get(spelling_key(same_as))
        if here is None:
            return None
        names = tuple(_differing(fields, here, submitted[here.reference], frozenset(target.areas)))
        if not names:
            return None
        values = {slot: fields[slot] for name in names for slot in _slots(name)}
        after = replace(here, **values)
        return Changed(here, after, tuple(_change(name, here, after) for name in names))

    return compare


def _differing(
    fields: Mapping[str, Any], here: ApplicationRow, submitted: ApplicationRow, areas: frozenset[str]
) -> Iterator[str]:
    """Yield the fields that the row fills and says otherwise, both than in force and than submitted.

    The names are the same but for case and spaces, or the row would be of another application.
    """
    for name in (name for name in FIELD_WORDS if name not in ("reference", "organisation")):
        slot = SLOTS.get(name, name)
        value = fields.get(slot)
        if value in (None, "") or (name == "area" and value not in areas):
            continue
        if not any(_is_same(value, getattr(row, slot)) for row in (here, submitted)):
            yield name


def _slots(name: str) -> tuple[str, ...]:
    return ("received_at", "received_has_time") if name == "received_at" else (SLOTS.get(name, name),)


def _change(name: str, here: ApplicationRow, after: ApplicationRow) -> FieldChange:
    was = printed(here, name)
    return FieldChange(name, "nothing" if was == NOTHING else was, printed(after, name))


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one_line(one) == one_line(other)
    return one == other
