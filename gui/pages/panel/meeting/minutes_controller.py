"""Write the minutes of a meeting as a PDF or a Word document, and tell where they are."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.pages.panel.meeting.controller import MeetingController
from gui.record.runner import Ticket
from models.clock import utc_now
from models.issuing import annex_order
from models.papers.order import PaperOrder, PaperValue
from models.papers.status import PaperStatus
from models.permissions.viewing import prints_closed
from models.queries.panel.meeting_figures import MeetingFigures
from models.queries.papers.papers import draft_status, paper_value
from scoring.written.names import file_name, round_names

FORMS = "PDF (*.pdf);;Word document (*.docx)"
_Made = tuple[str, PaperValue, PaperStatus]


class MinutesController(QObject):
    """Ask where, write in the work queue, tell the result."""

    def __init__(self, tools: PageTools, controller: MeetingController, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._controller = controller

    def ask(self, area: str | None, order: tuple[str, ...]) -> None:
        """Ask for a file and write the minutes of an area there, unless an item is closed to who asks."""
        figures, facts = self._controller.figures, self._tools.workspace.facts
        if figures is None or facts is None:
            return
        if closed := prints_closed(figures.rows.sight, order):
            self._tools.hint(closed)
            return
        name = facts.folder / suggested_name(figures, area)
        path = self._tools.dialogs.files.save(Kind.PAPERS, "Write the minutes", name, FORMS)
        if path is not None:
            self.write(path, area)

    def write(self, path: Path, area: str | None) -> None:
        """Write the minutes of an area."""
        figures = self._controller.figures
        if figures is None:
            return
        made = partial(_made, round_id=figures.rows.line.round_id, area=area)
        self._tools.workspace.ask(made, partial(self._write, path))

    def _write(self, path: Path, made: tuple[_Made, ...]) -> None:
        beside = ", the annex of marks beside them" if len(made) > 1 else ""
        words = f"The minutes are written as “{{}}”{beside}. The record is unchanged."
        self._tools.write(path, partial(_write, made, path), words)


def suggested_name(figures: MeetingFigures, area: str | None) -> str:
    """Return the name of the file with its ending."""
    line = figures.rows.line
    return file_name(*round_names(line.fund, line.name, line.year), area or "", "minutes") + ".pdf"


def _made(session: Any, round_id: int, area: str | None) -> tuple[_Made, ...]:
    """Return the minutes of an area, with their annex if any, and what each draft says about itself."""
    order = PaperOrder("minutes", utc_now(), round_id, area)
    value = paper_value(session, order)
    found: tuple[_Made, ...] = ((order.kind, value, draft_status(session, order, value)),)
    annex = annex_order(order, value)
    if annex is not None:
        marks = paper_value(session, annex)
        found += ((annex.kind, marks, draft_status(session, annex, marks)),)
    return found


def _write(made: tuple[_Made, ...], path: Path, ticket: Ticket) -> Path:
    """Write the files. The writers are imported here: they load libraries that would slow the start."""
    from exchange.papers.drawing import annex_place
    from exchange.papers.paper_writing import write_paper

    minutes, *annex = made
    for one in annex:
        write_paper(*one, annex_place(path), ticket.tick)
    return write_paper(*minutes, path, ticket.tick)
