"""Issuing a paper: what is asked before, its version recorded and written; and checking a file for it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from gui.dialogs.confirm import ConfirmDialog, ListingDialog
from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.pages.papers.exports.query import FORMS, Chosen, Ready, suggested_file
from gui.papers.paper_issue import CHANGED, Written, issue_paper, write_with_annex, written_words
from gui.papers.source import PaperSource
from gui.record.runner import Ticket
from gui.record.turns import Turns, given, settling
from gui.shell.written import WRITTEN, tell_written
from gui.text import ENDS_UNDO, counted, listed
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.clock import utc_now
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


def issue(tools: PageTools, job: Job, version: int, outdated: Callable[[], object]) -> Turns:
    """Ask whether the paper on show is to be issued as this version, issue it, and write it.

    What refuses it is told first; `outdated` when the record moved on meanwhile.
    """
    workspace, source = tools.workspace, job.ready.source
    try:
        following = yield partial(workspace.ask, source.next_issue)
    except Refused as no:
        _refuse(tools, source.value, str(no))
        return
    if following is None:
        tools.notices.show_notice(Notice(SUBJECT, Tone.WARNING, CHANGED))
        outdated()
        return
    for question in source.questions:
        yield given(_question_box(tools, job, question).agreed)
    yield given(_confirm_box(tools, job, version).agreed)
    place = job.path(version)
    yield partial(workspace.work, partial(_require_place, place, job.forms))
    with settling(workspace) as settle:
        issued = yield from issue_paper(tools, source, place, settle)
        if issued is None:
            outdated()
        else:
            write(tools, job, issued)


def _refuse(tools: PageTools, value: object, words: str) -> None:
    """Tell what keeps a paper from being issued, with the way to where that is mended."""
    of_decisions = isinstance(value, Letters | PublicationList | NoticeOfDecision)
    ways = (Remedy(TO_DECISIONS, lambda: tools.go("decisions")),) if of_decisions else ()
    tools.notices.show_notice(Notice(SUBJECT, Tone.DANGER, words, ways))


def _question_box(tools: PageTools, job: Job, question: Question) -> ListingDialog:
    """Show what is open on the paper, and is answered before it is issued."""
    dialogs, title, lines = tools.dialogs, f"{question.words.rstrip(':')}.", "\n".join(question.lines)
    named, action = job.ready.paper.words, question.action
    dialog = ListingDialog(named, title, lines, dialogs.window, action=action, away="Cancel")
    dialogs.show(dialog)
    return dialog


def _confirm_box(tools: PageTools, job: Job, version: int) -> ConfirmDialog:
    """Show what issuing does, and the way to what is lacking."""
    ready, value = job.ready, job.ready.source.value
    warning = schedule_warning(value) if isinstance(value, AwardSchedule) else unsettled_words([value])
    forms = [FORMS[form] for form in job.forms if form] or ["letters"]
    what = f"{ready.paper.words}, {ready.title}: {ready.control}"
    left_out, unreached = value.to_do_words if isinstance(value, Letters) else "", unreached_words(value)
    warnings = (warning or left_out, unreached, *ready.to_check)
    words = confirm_words(what, warnings, version, forms, str(job.folder))
    action = f"Issue version {version}"
    dialog = ConfirmDialog(f"{action}?", words, action, tools.dialogs.window)
    if left_out:
        dialog.offer(TO_DECISIONS).connect(lambda: tools.go("decisions"))
    elif unreached:
        dialog.offer(TO_OFFICE).connect(lambda: tools.go("office"))
    tools.dialogs.show(dialog)
    return dialog


def write(tools: PageTools, job: Job, source: PaperSource | None = None) -> None:
    """Write a paper as it is, a draft or an issued version."""
    tools.dialogs.files.note(Kind.PAPERS, job.folder)
    written = (job.ready.source if source is None else source).at(utc_now())
    work = partial(write_with_annex, written, job.folder, job.path(written.version).name, job.forms)
    write_papers(tools, work, f"Writing {job.ready.paper.named}")


def write_papers(
    tools: PageTools, work: Callable[[Ticket], Written], label: str = "Writing the papers"
) -> None:
    """Write; the progress strip shows how far it is, and can stop it."""
    for subject in (SUBJECT, WRITTEN):
        tools.notices.settle(subject)
    tools.workspace.work(work, partial(_tell_written, tools), label=label, ends_first=True)


def _tell_written(tools: PageTools, written: Written) -> None:
    tone = Tone.INFORMATION if written.is_cancelled else Tone.FUND
    tell_written(tools.notices, written_words(written), written.paths, tone)


def _require_place(path: Path, forms: tuple[str, ...], ticket: Ticket) -> None:
    from exchange.atomic import require_place

    for form in forms:
        if form:
            require_place(path.with_name(path.name + form))
        else:
            from exchange.papers.letters.writing import require_room

            require_place(path.with_name(f"{path.name}.docx"))
            require_room(path)


def check_file(tools: PageTools, path: Path) -> Turns:
    """Read a file and say what the record knows of it, held against whatever was issued."""
    ask, work = tools.workspace.ask, tools.workspace.work
    tools.notices.settle(SUBJECT)
    given_file: Given = yield partial(work, partial(_read, path), label=f"Checking {path.name}")
    printed = given_file.printed
    query = partial(files_like, name=printed.name, sha256=given_file.sha256, digests=printed.digests)
    candidates = yield partial(ask, query)
    compare = partial(_compared, given_file, candidates)
    found: Verdict = yield partial(work, compare, label=f"Checking {printed.name}")
    since = ""
    if found.issued is not None:
        since = yield partial(ask, partial(since_issue, after_row=found.issued.after_row))
    tone = Tone.FUND if found.is_same else Tone.DANGER
    tools.notices.show_notice(Notice(SUBJECT, tone, _verdict_words(found, since)))


def _verdict_words(found: "Verdict", since: str) -> str:
    rest = len(found.sentences) - MOST_DIFFERENCES
    words = [*found.sentences[:MOST_DIFFERENCES]]
    if not found.is_same and found.issued is not None:
        words.insert(0, f"It differs from version {found.issued.version} as issued.")
    if rest > 0:
        words.append(f"And {counted(rest, 'more difference', 'more differences')}.")
    return " ".join(filter(None, (*words, since)))


def _read(path: Path, ticket: Ticket) -> "Given":
    """Read the file; the libraries that read it are loaded here."""
    from exchange.papers.paper_check import read_given

    return read_given(path)


def _compared(given: "Given", candidates: Candidates, ticket: Ticket) -> "Verdict":
    from exchange.papers.paper_check import verdict

    return verdict(given, candidates)
