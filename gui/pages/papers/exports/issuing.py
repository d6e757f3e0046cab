"""Issuing a paper: what is asked before, its version recorded and written; and checking a file for it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import Kind
from gui.dialogs.listing import ListingDialog
from gui.pages.page import PageTools
from gui.pages.papers.exports.make_preview import Ready
from gui.pages.papers.exports.query import FORMS, Chosen, suggested_file
from gui.papers.paper_issue import CHANGED, PaperIssue, Written, write_with_annex, written_words
from gui.papers.source import PaperSource
from gui.record.runner import Ticket
from gui.shell.written import WRITTEN, tell_written
from gui.text import ENDS_UNDO, counted, listed
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.clock import utc_now
from models.issuing import NextIssue
from models.papers.grant_agreement import GrantAgreement, unsettled_words
from models.papers.issued import Candidates
from models.papers.kinds import FINANCE
from models.papers.letters.letters import Letters
from models.papers.notice import NoticeOfDecision
from models.papers.paper_kind import PaperKind
from models.papers.texts import LETTERS
from models.papers.transparency.lists import PublicationList
from models.queries.papers.issues import files_like, since_issue
from models.queries.papers.to_check.questions import Question
from models.values.rounds import RoundLine
from scoring.schedule.lines import Basis
from scoring.schedule.values import AwardSchedule
from scoring.written.text import Refused

if TYPE_CHECKING:
    from exchange.papers.paper_check import Given, Verdict

NOTHING_ISSUED = (
    "Nothing issued yet. An issued version stays in the record for good, with its check code (SHA-256)."
)
COPY = "You are reading a copy. Drafts can be written from it; nothing is issued from it."
NO_PAGES = "Cancelled. {} to draw the pages again."
UNREACHED = (
    "It asks for answers and does not say how your office is reached: enter address, telephone or e-mail on "
    "the page Office first."
)
LETTERS_TOGETHER = "One file for each letter and one with all of them, in their own folder."
TO_DECISIONS, TO_OFFICE = "Open decisions", "Open office"
FILES = "Papers (*.pdf *.xlsx *.docx *.csv *.json);;All files (*)"
MOST_DIFFERENCES = 3
SUBJECT = "export"


def schedule_warning(schedule: AwardSchedule) -> str:
    """Return what is to be known before a schedule is issued, "" for nothing."""
    if schedule.basis is Basis.PROPOSED:
        return "The panel has recommended nothing yet: the amounts are what the rule proposes."
    return ""


def unreached_words(value: object) -> str:
    """Return that letters or an agreement do not say where an answer goes, "" where they do."""
    if not isinstance(value, Letters | GrantAgreement):
        return ""
    return "" if value.letterhead.reached or value.contact else UNREACHED


def is_asked_for(paper: PaperKind, value: object) -> bool:
    """Whether Overview asks for a draft to be issued: a schedule that tells awards, or letters."""
    if isinstance(value, AwardSchedule):
        return any(line.awarded_pence is not None for line in value.lines)
    return paper.code in (FINANCE, LETTERS)


def state_words(version: int | None, *, is_signed: bool = False) -> str:
    """Return what the paper is: "Draft" until it is issued."""
    return "Draft" if version is None else f"Version {version}{', signed' if is_signed else ''}"


def confirm_words(
    what: str, warnings: Sequence[str], version: int, forms: Sequence[str], folder: str
) -> tuple[str, ...]:
    """Return what issuing does, before it is done."""
    before = f"It supersedes version {version - 1}. " if version > 1 else ""
    kept = f"{before}An issued version stays in the record for good and cannot be taken back. {ENDS_UNDO}"
    written = f"It is written as {listed(forms)} into {folder}, with its version."
    return tuple(filter(None, (f"{what}.", *warnings, kept, written)))


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

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

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
        self.start(work, f"Writing {job.ready.paper.named}")

    def start(self, work: Callable[[Ticket], Written], label: str = "Writing the papers") -> None:
        """Write; the progress strip shows how far it is, and can stop it."""
        for subject in ("export", WRITTEN):
            self._tools.notices.settle(subject)
        self._tools.workspace.work(work, self._tell, label=label, ends_first=True)

    def _tell(self, written: Written) -> None:
        tone = Tone.INFORMATION if written.is_cancelled else Tone.FUND
        tell_written(self._tools.notices, written_words(written), written.paths, tone)

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


class CheckController(QObject):
    """Ask for a file, read and compare it in the work queue, and say what the record knows of it."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self) -> None:
        """Ask for a file and check it."""
        facts = self._tools.workspace.facts
        near = facts.folder if facts is not None else None
        path = self._tools.dialogs.files.open(Kind.PAPERS, "Check a file", FILES, near)
        if path is not None:
            self.check(path)

    def check(self, path: Path) -> None:
        """Check a file against whatever was issued from this record."""
        self._tools.notices.settle(SUBJECT)
        self._tools.workspace.work(partial(_read, path), self._look_up, label=f"Checking {path.name}")

    def _look_up(self, given: "Given") -> None:
        printed = given.printed
        query = partial(files_like, name=printed.name, sha256=given.sha256, digests=printed.digests)
        self._tools.workspace.ask(query, partial(self._compare, given))

    def _compare(self, given: "Given", candidates: Candidates) -> None:
        work = partial(_compared, given, candidates)
        self._tools.workspace.work(work, self._ask_since, label=f"Checking {given.printed.name}")

    def _ask_since(self, found: "Verdict") -> None:
        if found.issued is None:
            self._tell(found, "")
        else:
            query = partial(since_issue, after_row=found.issued.after_row)
            self._tools.workspace.ask(query, partial(self._tell, found))

    def _tell(self, found: "Verdict", since: str) -> None:
        rest = len(found.sentences) - MOST_DIFFERENCES
        words = [*found.sentences[:MOST_DIFFERENCES]]
        if not found.is_same and found.issued is not None:
            words.insert(0, f"It differs from version {found.issued.version} as issued.")
        if rest > 0:
            words.append(f"And {counted(rest, 'more difference', 'more differences')}.")
        tone = Tone.FUND if found.is_same else Tone.DANGER
        self._tools.notices.show_notice(Notice(SUBJECT, tone, " ".join(filter(None, (*words, since)))))


def _read(path: Path, ticket: Ticket) -> "Given":
    """Read the file; the libraries that read it are loaded here."""
    from exchange.papers.paper_check import read_given

    return read_given(path)


def _compared(given: "Given", candidates: Candidates, ticket: Ticket) -> "Verdict":
    from exchange.papers.paper_check import verdict

    return verdict(given, candidates)
