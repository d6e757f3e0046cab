"""What merging two applications changes."""

from collections.abc import Sequence

from msgspec.structs import replace

from models.operation import Operation
from models.operations.applications.corrections import CorrectApplication, SetWithdrawn, changes_between
from models.operations.applications.several import ChangeApplications, Part
from models.values.application_fields import FIELD_WORDS, NOTHING, SLOTS, printed
from models.values.rows import ApplicationRow

MERGED_INTO = "merged into "
"""How the reason begins for which the other of two is withdrawn."""


def differing_fields(one: ApplicationRow, other: ApplicationRow) -> tuple[str, ...]:
    """Return the fields in which two applications differ, but for their references."""
    names = (name for name in FIELD_WORDS if name != "reference")
    return tuple(name for name in names if printed(one, name) != printed(other, name))


def merged(kept: ApplicationRow, other: ApplicationRow, fields: Sequence[str]) -> ApplicationRow:
    """Return the application that is kept, with some fields of the other one."""
    slots = [SLOTS.get(name, name) for name in fields]
    slots += ["received_has_time"] if "received_at" in fields else []
    return replace(kept, **{slot: getattr(other, slot) for slot in slots})


def merge_change(
    round_id: int, kept: ApplicationRow, other: ApplicationRow, fields: Sequence[str]
) -> Operation:
    """Return the one change that merges two: corrections of the kept one, and the other withdrawn."""
    changes = changes_between(kept, merged(kept, other, fields))
    away = SetWithdrawn(round_id, other.reference, is_withdrawn=True, reason=f"{MERGED_INTO}{kept.reference}")
    reason = f"merged with {other.reference}"
    parts: tuple[Part, ...] = (away,)
    if changes:
        parts = (
            CorrectApplication(round_id, kept.reference, changes, reason, judges_cap=True, judges_time=True),
            away,
        )
    return ChangeApplications(f"Merge {other.reference} into {kept.reference}", parts)


def merging_words(kept: ApplicationRow, other: ApplicationRow, fields: Sequence[str]) -> str:
    """Say what a merge does, value by value."""
    taken = [f"{FIELD_WORDS[name].lower()} {_quoted(other, name)}" for name in fields]
    values = f"with {', '.join(taken)} from {other.reference}" if taken else "with its own values throughout"
    return (
        f"{kept.reference} is kept, {values}. {other.reference} is withdrawn, “merged into "
        f"{kept.reference}”; its answers, gates, interests and marks stay with it, and what was submitted is "
        "kept of both."
    )


def _quoted(row: ApplicationRow, name: str) -> str:
    text = " ".join(printed(row, name).split())
    if text == NOTHING:
        return "left empty"
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
