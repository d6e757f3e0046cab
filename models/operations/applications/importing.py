"""What an import and the merging of two applications change, each as one change."""

from collections.abc import Sequence

from msgspec.structs import replace

from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import (
    ChangeApplications,
    CorrectApplication,
    Part,
    SetWithdrawn,
    changes_between,
)
from models.values.applications import FIELD_WORDS, NOTHING, SLOTS, printed
from models.values.importing import MERGED_INTO, ImportTarget
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from scoring.counted import counted
from scoring.written.text import with_capital

Correction = tuple[ApplicationRow, ApplicationRow, str]
"""An application of the round as it is, and as it is to be, and why."""
"""How the reason begins for which the other of two is withdrawn."""


def importing_words(taken: int, changed: int) -> str:
    """Return what an import does: "Import 41 applications", "Import 1 application and change 2"."""
    words = [f"import {counted(taken, 'application')}"] if taken else []
    words += [f"change {changed:,}"] if changed else []
    return with_capital(" and ".join(words) or "import 0 applications")


def round_key(target: ImportTarget) -> RoundKey:
    """Return what the round is called."""
    return RoundKey(target.line.fund, target.line.year, target.line.name)


def import_change(
    target: ImportTarget, taken: ImportApplications, corrected: Sequence[Correction]
) -> Operation:
    """Return the change; with corrections it is several made as one, each with its reason."""
    if not corrected:
        return taken
    corrections = tuple(
        CorrectApplication(
            target.line.round_id,
            before.reference,
            changes_between(before, after),
            reason,
            judges_cap=True,
            judges_time=True,
        )
        for before, after, reason in corrected
    )
    parts: tuple[Part, ...] = (taken, *corrections) if taken.rows else corrections
    return ChangeApplications(importing_words(len(taken.rows), len(corrected)), parts)


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
