"""The one change that an import makes: new applications, and corrections of those already there."""

from collections.abc import Sequence

from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import CorrectApplication, changes_between
from models.operations.applications.several import ChangeApplications, Part
from models.operations.set_up.round_key import RoundKey
from models.values.importing.import_target import ImportTarget
from models.values.rows import ApplicationRow
from scoring.counted import counted
from scoring.written.text import with_capital

Correction = tuple[ApplicationRow, ApplicationRow, str]
"""An application of the round as it is, and as it is to be, and why."""


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
