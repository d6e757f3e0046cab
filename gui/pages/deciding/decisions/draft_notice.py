"""Printing the notice of a new decision on what is decided, for signature before it is recorded."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from models.clock import utc_now
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.paper_kind import in_its_form
from models.papers.status import PaperStatus
from models.queries.papers.notices.notice import NewLine, notice_anew
from models.queries.papers.papers import draft_status
from models.values.recommending import LineDecision
from models.values.rounds import RoundLine
from scoring.written.names import file_name, round_names

FORMS = "PDF (*.pdf);;Word document (*.docx)"
WRITTEN = "The notice is written as “{}”, to be signed. The record is unchanged."


class DraftNotice(QObject):
    """Asks where, and writes the notice of a round's new decision there."""

    def __init__(self, tools: PageTools, line: RoundLine, lines: Sequence[LineDecision]) -> None:
        super().__init__()
        self._tools, self._line = tools, line
        self._lines = tuple(
            NewLine(one.application, one.outcome, one.amount_pence, one.reason, one.change_reason)
            for one in lines
        )

    def ask(self, number: str) -> None:
        """Ask for a file, and write the notice under this number, "" where it has none yet."""
        facts = self._tools.workspace.facts
        if facts is None:
            return
        of = ", ".join(one.application for one in self._lines)
        named = file_name(
            *round_names(self._line.fund, self._line.name, self._line.year), of, "notice to sign"
        )
        place = facts.folder / f"{named}.pdf"
        path = self._tools.dialogs.files.save(Kind.PAPERS, "Write the notice to sign", place, FORMS)
        if path is not None:
            self.write(path, number)

    def write(self, path: Path, number: str) -> None:
        """Write the notice, or say why there is none."""
        query = partial(_made, round_id=self._line.round_id, lines=self._lines, number=number.strip())
        self._tools.workspace.ask(query, partial(self._write, path))

    def _write(self, path: Path, made: tuple[NoticeOfDecision, PaperStatus]) -> None:
        self._tools.write(path, partial(_write, *made, path), WRITTEN)


def _made(
    session: Any, round_id: int, lines: Sequence[NewLine], number: str
) -> tuple[NoticeOfDecision, PaperStatus]:
    """Return the notice, and what the draft says about itself."""
    order = PaperOrder("notice", utc_now(), round_id, notice=number)
    value = in_its_form(partial(notice_anew, session, order, lines))
    return value, draft_status(session, order, value)


def _write(value: NoticeOfDecision, status: PaperStatus, path: Path, ticket: Ticket) -> Path:
    """Write the file. The writers are imported here: they load libraries that would slow the start."""
    from exchange.papers.paper_writing import write_paper

    return write_paper("notice", value, status, path, ticket.tick)
