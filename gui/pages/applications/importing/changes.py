"""What a row says otherwise than the application that is already in the round."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from exchange.applications.row_reader import Taken
from gui.pages.applications.field_words import FIELD_WORDS, SLOTS, printed
from gui.text import NOTHING
from models.queries.applications.importing import ImportTarget
from models.values.rows import ApplicationRow


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as it is here and as the file has it, both as printed."""

    words: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An application of the round and as a row of the file has it, with the fields that differ."""

    before: ApplicationRow
    after: ApplicationRow
    fields: tuple[FieldChange, ...]


def changes_of(target: ImportTarget) -> Callable[[Taken, str], Changed | None]:
    """Return what compares a row with the application it repeats; it gives None where nothing differs."""
    existing = {_plain(row.reference): row for row in target.existing}
    submitted = {row.reference: row for row in target.submitted}
    areas = frozenset(area.name for area in target.line.areas)

    def compare(taken: Taken, same_as: str) -> Changed | None:
        here = existing.get(_plain(same_as))
        if here is None or taken.fields is None:
            return None
        names = tuple(_differing(taken.fields, here, submitted[here.reference], areas))
        if not names:
            return None
        values = {slot: taken.fields[slot] for name in names for slot in _slots(name, taken.fields)}
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
        if not any(_same(value, getattr(row, slot)) for row in (here, submitted)):
            yield name


def _slots(name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
    if name == "received_at":
        return ("received_at", "received_has_time")
    return (SLOTS.get(name, name),)


def _change(name: str, here: ApplicationRow, after: ApplicationRow) -> FieldChange:
    was = printed(here, name)
    return FieldChange(FIELD_WORDS[name], "nothing" if was == NOTHING else was, printed(after, name))


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()) == " ".join(other.split())
    return one == other


def _plain(reference: str) -> str:
    return "".join(reference.split()).casefold()
