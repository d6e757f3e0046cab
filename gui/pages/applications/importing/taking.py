"""The one change that an import makes: new applications, and corrections of those already there."""

from gui.pages.applications.importing.draft import Draft
from gui.pages.applications.importing.preview import Preview
from gui.text import counted
from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import CorrectApplication, changes_between
from models.operations.applications.several import ChangeApplications, Part
from models.operations.set_up.round_key import RoundKey
from models.queries.applications.importing import ImportTarget


def taking_words(found: Preview) -> str:
    """Return what the last button does: "Take in 41 applications", "Take in 1 application and change 2"."""
    words = [f"import {counted(len(found.taken), 'application', 'applications')}"] if found.taken else []
    words += [f"change {len(found.changes):,}"] if found.changes else []
    whole = " and ".join(words) or "import 0 applications"
    return whole[:1].upper() + whole[1:]


def new_areas(target: ImportTarget, found: Preview) -> tuple[str, ...]:
    """Return the areas of what is taken in that the round has not got yet."""
    there = {area.name for area in target.line.areas}
    return tuple(area for area in found.reading.areas if area not in there)


def round_words(target: ImportTarget) -> str:
    """Return the round as a sentence names it."""
    return RoundKey(target.line.fund, target.line.year, target.line.name).words


def taking_in(draft: Draft, target: ImportTarget, found: Preview, *, remembers: bool) -> Operation:
    """Return the change; with corrections it is several made as one."""
    line, name = target.line, draft.file.path.name
    taken = ImportApplications(
        RoundKey(line.fund, line.year, line.name),
        found.taken,
        new_areas(target, found),
        name,
        draft.file.book.sha256,
        draft.recalled(target).matching(target, found.columns) if remembers else None,
        judges_cap=True,
        judges_time=True,
    )
    if not found.changes:
        return taken
    corrections = tuple(
        CorrectApplication(
            line.round_id,
            one.before.reference,
            changes_between(one.before, one.after),
            f"from the file {name}",
            judges_cap=True,
            judges_time=True,
        )
        for one in found.changes
    )
    parts: tuple[Part, ...] = (taken, *corrections) if found.taken else corrections
    return ChangeApplications(taking_words(found), parts)
