"""What the last button of the import does, and what it is called."""

from exchange.applications.corrected import with_reason
from exchange.applications.draft import Draft
from exchange.applications.preview import Preview
from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import import_change, importing_words, round_key
from models.values.importing import ImportTarget


def import_words(found: Preview) -> str:
    """Return what the last button does: "Import 41 applications", "Import 1 application and change 2"."""
    return importing_words(len(found.taken), len(found.changes))


def import_operation(
    draft: Draft, target: ImportTarget, found: Preview, *, remembers: bool, reason: str = ""
) -> Operation:
    """Return the change that the last button makes; `reason` is why rows were corrected at the check."""
    taken = ImportApplications(
        round_key(target),
        found.taken,
        target.added(found.reading.areas),
        draft.file.path.name,
        draft.file.book.sha256,
        draft.recalled(target).matching(target, found.columns) if remembers else None,
        submitted=tuple(with_reason(one, reason) if reason else one for one in found.submitted),
    )
    file = draft.file.path.name
    return import_change(
        target, taken, [(one.before, one.after, one.why(file, reason)) for one in found.changes]
    )
