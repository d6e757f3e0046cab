"""Issue a version of a paper: say what it does, keep it in the record, then write it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.pages.papers.exporting import write_forms
from gui.pages.papers.exports.kinds import FORMS
from gui.pages.papers.exports.make_preview import Ready
from gui.pages.papers.exports.naming import suggested_file
from gui.pages.papers.exports.query import Chosen
from gui.pages.papers.exports.sources import PaperSource
from gui.pages.papers.exports.words import CHANGED, DRAWING, confirm_words, schedule_warning
from gui.pages.papers.exports.writing import Writing
from gui.record.runner import Ticket
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.operation import Outcome
from models.papers.issuing import NextIssue
from models.papers.status import PaperStatus
from models.record import utc_now
from models.values.round_line import RoundLine
from scoring.schedule.values import AwardSchedule

if TYPE_CHECKING:
    from exchange.papers.drawing import Drawn


@dataclass(frozen=True, slots=True)
class Job:
    """A paper, what was chosen about it, and in which forms it goes where."""

    ready: Ready
    chosen: Chosen
    line: RoundLine
    folder: Path
    forms: tuple[str, ...]
    own_name: str = ""

    def path(self, version: int | None) -> Path:
        """Return the path of the files without an ending; letters have a folder of their own there.

        A name that a person typed gets the version that is about to be issued.
        """
        if not self.own_name:
            return self.folder / suggested_file(self.chosen, self.line, version)
        is_new = version is not None and self.ready.source.version is None
        return self.folder / (f"{self.own_name} v{version}" if is_new else self.own_name)


class IssueController(QObject):
    """Carry one paper from the question to its files; `outdated` when the record moved on meanwhile."""

    outdated = Signal()

    def __init__(self, tools: PageTools, writing: Writing, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._writing = writing

    def ask(self, job: Job, version: int) -> None:
        """Ask whether the paper on show is to be issued as this version."""
        look, dialogs, ready = self._tools.look, self._tools.dialogs, job.ready
        value = ready.source.value
        warning = schedule_warning(value) if isinstance(value, AwardSchedule) else ""
        forms = [FORMS[form] for form in job.forms if form] or ["letters"]
        what = f"{ready.paper.words}, {ready.title}: {ready.control}"
        words = confirm_words(what, warning, version, forms, str(job.folder))
        action = f"Issue version {version}"
        dialog = ConfirmDialog(look, f"{action}?", words, action, dialogs.window)
        dialog.agreed.connect(partial(self._check_place, job, version))
        dialogs.show(dialog)

    def write(self, job: Job, source: PaperSource | None = None) -> None:
        """Write a paper as it is, a draft or an issued version."""
        self._tools.dialogs.files.note(Kind.PAPERS, job.folder)
        written = (job.ready.source if source is None else source).at(utc_now())
        name = job.path(written.version).name
        work = partial(write_forms, written.write, job.folder, name, job.forms, written.version)
        self._writing.start(work, f"Writing {job.ready.paper.words.lower()}")

    def _check_place(self, job: Job, version: int) -> None:
        """Let no version be issued for a place where it cannot be written."""
        then = partial(self._ask_operation, job)
        self._tools.workspace.work(partial(_require_place, job.path(version), job.forms), then)

    def _ask_operation(self, job: Job, nothing: object) -> None:
        self._tools.workspace.ask(job.ready.source.next_issue, partial(self._draw, job))

    def _draw(self, job: Job, following: NextIssue | None) -> None:
        """Draw the version in the work queue before the record keeps it; it may be cancelled there."""
        if following is None:
            self._tell_changed()
            return
        work = partial(_drawn, job.ready.source, following.status, job.path(following.status.version))
        self._tools.workspace.work(work, partial(self._ask_again, job, following), label=DRAWING)

    def _ask_again(self, job: Job, following: NextIssue, drawn: "Drawn") -> None:
        """Issue nothing of which the values were changed while it was drawn."""
        then = partial(self._issue, job, following, drawn)
        self._tools.workspace.ask(job.ready.source.next_issue, then)

    def _issue(self, job: Job, following: NextIssue, drawn: "Drawn", now: NextIssue | None) -> None:
        if now is None:
            self._tell_changed()
            return
        then = partial(self._ask_issued, job, drawn)
        self._tools.workspace.perform(following.laid_out(drawn.laid_out), then)

    def _tell_changed(self) -> None:
        self._tools.notices.show_notice(Notice("export", Tone.WARNING, CHANGED))
        self.outdated.emit()

    def _ask_issued(self, job: Job, drawn: "Drawn", outcome: Outcome) -> None:
        query = partial(job.ready.source.as_issued, drawn=drawn)
        self._tools.workspace.ask(query, partial(self.write, job))


def _drawn(source: PaperSource, status: PaperStatus, place: Path, ticket: Ticket) -> "Drawn":
    return source.draw(status, place, ticket.tick)


def _require_place(path: Path, forms: tuple[str, ...], ticket: Ticket) -> None:
    from exchange.atomic import require_place

    for form in forms:
        if form:
            require_place(path.with_name(path.name + form))
        else:
            from exchange.papers.letters.writing import require_room

            require_place(path.with_name(f"{path.name}.docx"))
            require_room(path)
