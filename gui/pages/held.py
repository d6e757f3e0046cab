"""All that is held on one organisation or one person, asked for and written as a workbook."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from gui.dialogs.files import Kind
from gui.listed.acts import At, Save
from gui.listed.form import Asked, Choice, Form, Line
from gui.record.runner import Ticket
from models.clock import utc_now
from models.papers.order import HeldOn
from models.permissions.viewing import Viewer
from models.queries.retention.held_on_request import held_on_person
from models.queries.retention.people_named import PersonMeant, nobody_words, people_named
from models.role import ON_REQUEST
from scoring.written.names import file_name
from scoring.written.text import Refused

EVERYTHING = "everything about; all about; subject access request; subject access report;"
"""By what somebody asks for it in the search."""
WHAT_COMES = (
    "The workbook has what the record says of this person over all rounds: contacts, seats, declarations, "
    "marks, signatures and changes. Of texts about others it has only the words around the name."
)
SEVERAL = (
    "Several people have this name. Choose the one who is asking: what is held on the others is left out."
)
WRITTEN = "All that is held was written to “{}”. It is sensitive: keep it safe."


def writes_held(at: At[Any, Any]) -> bool:
    """Whether all that is held is written in the person's role."""
    return at.identity.role in ON_REQUEST


def export_held(query: Callable[..., HeldOn], name: str) -> Save:
    """Return what asks where to write all that is held, reads it, and writes it."""
    title, name = "Export all that is held", f"{file_name('Held on', name)}.xlsx"
    return Save(Kind.HELD, title, name, "Excel workbook (*.xlsx)", query, _written, WRITTEN, is_near=True)


def _written(held: HeldOn, path: Path, ticket: Ticket) -> Path:
    from exchange.papers.record_papers import write_held_book

    return write_held_book(held, utc_now(), path)


def ask_person(viewer: Viewer) -> Form:
    """Return what asks for whom `viewer` wants all that is held, by name or by e-mail."""
    wanted = "Type the person's name, or an e-mail that an application gave."
    return Form(
        title="All that is held on a person",
        sentences=(WHAT_COMES,),
        action="Look up",
        fields=(Line(name="who", words="Name or e-mail", wanted=wanted),),
        does=lambda who: Asked(partial(people_named, said=who), partial(_choose, viewer, who)),
        refused_at="who",
    )


def _choose(viewer: Viewer, said: str, found: tuple[PersonMeant, ...]) -> Form | Save:
    """Return what writes the one who goes by a name, or asks which of several is meant."""
    if not found:
        raise Refused(nobody_words(said))
    if len(found) == 1:
        return _export_person(viewer, found[0])
    which = Choice(name="which", words="Who asks", options=tuple((one.words, one) for one in found))
    return Form(
        title=f"Which {found[0].name}?",
        sentences=(SEVERAL,),
        action="Choose",
        fields=(which,),
        does=partial(_export_person, viewer),
    )


def _export_person(viewer: Viewer, which: PersonMeant) -> Save:
    return export_held(partial(held_on_person, one=which, viewer=viewer), which.name)
