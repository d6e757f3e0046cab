"""What is said of the files of an import: the forms read, the e-mails, and what becomes of each file."""

from collections.abc import Iterator, Sequence

from cli.frame.output import Json, lines, told
from exchange.incoming.placing import Keeping
from exchange.incoming.reading import Taken


def files_document(taken: Taken, found: Sequence[Keeping]) -> Json:
    """Return the files of an import as JSON values; nothing for one list alone."""
    if not (found or taken.gathered.faults or taken.gathered.notes):
        return {}
    whose = {one.name: one.placed for one in found}
    return {
        "forms": [
            {"file": form.name, "applications": list(whose[form.name].references)} | told(form, "notes why?")
            for form in taken.forms
        ],
        "messages": [
            {"file": name, "applications": list(one.references)}
            | told(one.file.message, "from=sender subject received words notes")
            for name, one in whose.items()
            if one.file.message is not None
        ],
        "attachments": [
            told(one, "file=name application kept.name kept.kind kept.size kept.sha256")
            | told(one, "received=kept.received_at state")
            for one in found
            if one.application
        ],
        "unplaced": [told(one, "file=name message=placed.why state") for one in found if not one.application],
        "not_read": list(taken.gathered.faults),
        "passed_over": list(taken.gathered.notes),
    }


def files_lines(taken: Taken, found: Sequence[Keeping]) -> Iterator[str]:
    """Return what each file is and what becomes of it; nothing for one list alone."""
    return lines("incoming", files=found, faults=list(taken.faults), notes=list(taken.notes))
