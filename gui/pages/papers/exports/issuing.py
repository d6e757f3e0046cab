"""Issue a version of a paper: say what it does, keep it in the record, then write it."""

from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import Kind
from gui.dialogs.listing import ListingDialog
from gui.pages.page import PageTools
from gui.pages.papers.exporting import write_with_annex
from gui.pages.papers.exports.kinds import FORMS
from gui.pages.papers.exports.make_preview import Ready
from gui.pages.papers.exports.naming import suggested_file
from gui.pages.papers.exports.query import Chosen
from gui.pages.papers.exports.words import confirm_words, schedule_warning, unreached_words
from gui.pages.papers.exports.writing import Writing
from gui.pages.papers.paper_issue import CHANGED, PaperIssue
from gui.pages.papers.source import PaperSource
from gui.record.runner import Ticket
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.clock import utc_now
from models.issuing import NextIssue
from models.papers.grant_agreement import unsettled_words
from models.papers.letters.letters import Letters
from models.papers.notice import NoticeOfDecision
from models.papers.transparency.lists import PublicationList
from models.queries.papers.to_check.questions import Question
from models.values.rounds import RoundLine
from scoring.schedule.values import AwardSchedule
from scoring.written.text import Refused

TO_DECISIONS, TO_OFFICE = "Open decisions", "Open office"


class Job(Struct, frozen=True):
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
        """Ask whether the paper on show is to be issued as this version; tell first what refuses it."""
        question, failed = partial(self._ask_whether, job, version), partial(self._refuse, job)
        self._tools.workspace.ask(job.ready.source.next_issue, question, failed)

    def _refuse(self, job: Job, error: Exception) -> None:
        """Tell what keeps the paper from being issued, with the way to where that is mended."""
        if not isinstance(error, Refused):
            self._tools.workspace.failed.emit(error)
            return
        value = job.ready.source.value
        of_decisions = isinstance(value, Letters | PublicationList | NoticeOfDecision)
        ways = (Remedy(TO_DECISIONS, self._go_to_decisions),) if of_decisions else ()
        self._tools.notices.show_notice(Notice("export", Tone.DANGER, str(error), ways))

    @Slot()
    def _go_to_decisions(self) -> None:
        self._tools.go("decisions")

    @Slot()
    def _go_to_office(self) -> None:
        self._tools.go("office")

    def _ask_whether(self, job: Job, version: int, following: NextIssue | None) -> None:
        if following is None:
            self._tools.notices.show_notice(Notice("export", Tone.WARNING, CHANGED))
            self.outdated.emit()
            return
        self._ask_next(job, version, job.ready.source.questions)

    def _ask_next(self, job: Job, version: int, questions: tuple[Question, ...]) -> None:
        """Ask what is open on the paper one by one, and then whether it is to be issued."""
        if not questions:
            self._confirm(job, version)
            return
        question, *left = questions
        look, dialogs, lines = self._tools.look, self._tools.dialogs, "\n".join(question.lines)
        title = f"{question.words.rstrip(':')}."
        dialog = ListingDialog(
            look, job.ready.paper.words, title, lines, dialogs.window, action=question.action, away="Cancel"
        )
        dialog.agreed.connect(partial(self._ask_next, job, version, tuple(left)))
        dialogs.show(dialog)

    def _confirm(self, job: Job, version: int) -> None:
        look, dialogs, ready = self._tools.look, self._tools.dialogs, job.ready
        value = ready.source.value
        warning = schedule_warning(value) if isinstance(value, AwardSchedule) else unsettled_words([value])
        forms = [FORMS[form] for form in job.forms if form] or ["letters"]
        what = f"{ready.paper.words}, {ready.title}: {ready.control}"
        left_out = value.to_do_words if isinstance(value, Letters) else ""
        unreached = unreached_words(value)
        warnings = (warning or left_out, unreached, *ready.to_check)
        words = confirm_words(what, warnings, version, forms, str(job.folder))
        action = f"Issue version {version}"
        dialog = ConfirmDialog(look, f"{action}?", words, action, dialogs.window)
        if left_out:
            dialog.offer(TO_DECISIONS).connect(self._go_to_decisions)
        elif unreached:
            dialog.offer(TO_OFFICE).connect(self._go_to_office)
        dialog.agreed.connect(partial(self._check_place, job, version))
        dialogs.show(dialog)

    def write(self, job: Job, source: PaperSource | None = None) -> None:
        """Write a paper as it is, a draft or an issued version."""
        self._tools.dialogs.files.note(Kind.PAPERS, job.folder)
        written = (job.ready.source if source is None else source).at(utc_now())
        name = job.path(written.version).name
        work = partial(write_with_annex, written, job.folder, name, job.forms)
        self._writing.start(work, f"Writing {job.ready.paper.words.lower()}")

    def _check_place(self, job: Job, version: int) -> None:
        """Let no version be issued for a place where it cannot be written."""
        place = job.path(version)
        self._tools.workspace.work(
            partial(_require_place, place, job.forms), partial(self._begin, job, place)
        )

    def _begin(self, job: Job, place: Path, nothing: object) -> None:
        issued, outdated = partial(self.write, job), self.outdated.emit
        PaperIssue(self._tools, job.ready.source, place, issued=issued, outdated=outdated).begin()


def _require_place(path: Path, forms: tuple[str, ...], ticket: Ticket) -> None:
    from exchange.atomic import require_place

    for form in forms:
        if form:
            require_place(path.with_name(path.name + form))
        else:
            from exchange.papers.letters.writing import require_room

            require_place(path.with_name(f"{path.name}.docx"))
            require_room(path)
