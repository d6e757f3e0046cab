"""All that is held on one organisation or one person, asked for and written as a workbook."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from gui.dialogs.files import Kind
from gui.file_names import with_ending
from gui.pages.page import PageTools
from gui.pages.retention.dialogs import PersonDialog, WhichPersonDialog
from gui.record.runner import Ticket
from models.clock import utc_now
from models.papers.held import HeldOn
from models.queries.retention.held_on_request import held_on, held_on_person
from models.queries.retention.people_named import PersonMeant, nobody_words, people_named
from scoring.written.names import file_name

EXCEL = "Excel workbook (*.xlsx)"
Ask = Callable[..., HeldOn]


class HeldExport(QObject):
    """It asks who is meant and where to write, reads all that is held, and writes it."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask_organisation(self, organisation_id: int, name: str) -> None:
        """Ask where to write all that is held on an organisation."""
        self.ask_where(partial(held_on, organisation_id=organisation_id), name)

    def ask_person(self) -> None:
        """Ask for whom all that is held is wanted."""
        box = PersonDialog(self._tools.look, self._tools.dialogs.window)
        box.asked.connect(partial(self._look_up, box))
        self._tools.dialogs.show(box)

    def ask_where(self, query: Ask, name: str) -> None:
        """Ask where to write it."""
        facts = self._tools.workspace.facts
        if facts is None:
            return
        near = facts.folder / (file_name(facts.stem, "held on", name) + ".xlsx")
        path = self._tools.dialogs.files.save(Kind.HELD, "Export all that is held", near, EXCEL)
        if path is not None:
            self.export(query, with_ending(path, ".xlsx"))

    def export(self, query: Ask, path: Path) -> None:
        """Read all that is held, then write it."""
        self._tools.workspace.ask(query, partial(self._write, path))

    def _look_up(self, box: PersonDialog, said: str) -> None:
        self._tools.workspace.ask(partial(people_named, said=said), partial(self._choose, box, said))

    def _choose(self, box: PersonDialog, said: str, found: tuple[PersonMeant, ...]) -> None:
        if not found:
            box.refuse(nobody_words(said), box.who)
            return
        box.accept()
        if len(found) == 1:
            self._ask_where_for(found[0])
            return
        which = WhichPersonDialog(self._tools.look, found, self._tools.dialogs.window)
        which.agreed.connect(self._ask_where_for)
        self._tools.dialogs.show(which)

    def _ask_where_for(self, one: PersonMeant) -> None:
        self.ask_where(partial(held_on_person, one=one), one.name)

    def _write(self, path: Path, held: HeldOn) -> None:
        words = "All that is held was written to “{}”. It is sensitive: keep it safe."
        self._tools.write(path, partial(_written, path, held), words)


def held_of(session: Any, round_id: int, reference: str) -> HeldOn:  # the window may not name the session
    """Return all that is held on the organisation of an application."""
    from models.queries.retention.held_on_request import organisation_of

    number = organisation_of(session, round_id, reference)
    assert number is not None, "the line is of an application"
    return held_on(session, number)


def _written(path: Path, held: HeldOn, ticket: Ticket) -> Path:
    from exchange.papers.record_papers import write_held_book

    return write_held_book(held, utc_now(), path)
