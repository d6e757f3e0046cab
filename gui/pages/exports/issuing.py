"""Issue a version of the schedule: say what it does, keep it in the record, then write both papers."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.dialogs.confirm import ConfirmDialog
from gui.export_desk import Writing
from gui.exporting import Wanted, suggested_name, write_papers
from gui.pages.exports.asking import Prepared
from gui.pages.exports.words import CHANGED, confirm_words
from gui.pages.page import PageTools
from gui.runner import Ticket
from gui.theme.tokens import Tone
from gui.widgets.notice_bar import Notice
from models.issuing import issued_paper, next_issue
from models.operation import Outcome
from models.operations.issues import IssueSchedule
from models.record import utc_now
from scoring.schedule import Paper


class IssueDesk(QObject):
    """Carry one schedule from the question to its files; `outdated` when the record moved on meanwhile."""

    outdated = Signal()

    def __init__(self, tools: PageTools, writing: Writing, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._writing = writing

    def ask(self, prepared: Prepared, version: int, folder: Path) -> None:
        """Ask whether the schedule on show is to be issued as this version."""
        look, dialogs = self._tools.look, self._tools.dialogs
        words = confirm_words(prepared, version, str(folder))
        deed = f"Issue version {version}"
        dialog = ConfirmDialog(look, f"{deed}?", words, deed, dialogs.window)
        dialog.agreed.connect(partial(self._check_place, prepared, folder))
        dialogs.show(dialog)

    def write(self, prepared: Prepared, wanted: Wanted) -> None:
        """Write the papers of a schedule as it is, a draft or an issued version."""
        schedule = prepared.schedule
        schedule = replace(schedule, paper=replace(schedule.paper, generated_at=utc_now()))
        name = suggested_name(prepared.figures, wanted.area, schedule.paper.version)
        self._writing.start(partial(write_papers, schedule, name, wanted))

    def _check_place(self, prepared: Prepared, folder: Path) -> None:
        """Let no version be issued for a folder into which nothing can be written."""
        then = partial(self._ask_operation, prepared, folder)
        self._tools.workspace.work(partial(_require_folder, folder), then)

    def _ask_operation(self, prepared: Prepared, folder: Path, nothing: object) -> None:
        round_id = prepared.figures.line.round_id
        query = partial(next_issue, round_id=round_id, schedule=prepared.schedule)
        self._tools.workspace.ask(query, partial(self._issue, prepared, folder))

    def _issue(self, prepared: Prepared, folder: Path, operation: IssueSchedule | None) -> None:
        if operation is None or operation.after_row != prepared.row:
            self._tools.notices.tell(Notice("export", Tone.WARNING, CHANGED))
            self.outdated.emit()
        else:
            self._tools.workspace.perform(operation, partial(self._ask_paper, prepared, folder))

    def _ask_paper(self, prepared: Prepared, folder: Path, outcome: Outcome) -> None:
        line, area = prepared.figures.line, prepared.schedule.area or ""
        query = partial(issued_paper, round_id=line.round_id, area=area, at=utc_now())
        self._tools.workspace.ask(query, partial(self._write_issued, prepared, folder))

    def _write_issued(self, prepared: Prepared, folder: Path, paper: Paper | None) -> None:
        assert paper is not None, "a version was issued"
        issued = replace(prepared, schedule=replace(prepared.schedule, paper=paper))
        self.write(issued, Wanted(folder, prepared.schedule.area, has_xlsx=True, has_pdf=True))


def _require_folder(folder: Path, ticket: Ticket) -> None:
    from exchange.atomic import require_place

    require_place(folder / "schedule.pdf")
