"""Issuing a paper: what is asked before, its version recorded and written; and checking a file for it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from gui.dialogs.confirm import ConfirmDialog, ListingDialog
from gui.dialogs.files import WRITTEN, Kind, tell_written
from gui.listed.acts import Confirm, Run
from gui.listed.form import Asked, Form
from gui.listed.paper_forms import words_form
from gui.pages.page import PageTools
from gui.pages.papers.exports.query import (
    FORMS,
    Answer,
    Chosen,
    Ready,
    every_source,
    suggested_file,
    text_subject,
)
from gui.papers.source import CHANGED, PaperSource, Written, issue_paper, write_with_annex, written_words
from gui.record.runner import Cancelled, Ticket
from gui.record.turns import Turns, given, settling, take_turns
from gui.text import ENDS_UNDO, listed
from gui.theme.look import Tone
from gui.widgets.message_area import Notice, Remedy
from models.clock import utc_now
from models.operations.set_up.office import SetPaperTexts
from models.papers.blank_form import BlankForm
from models.papers.call import CallForApplications
from models.papers.decision_report import DecisionReport
from models.papers.grant_agreement import GrantAgreement, unsettled_words
from models.papers.issued import Candidates
from models.papers.kinds import FINANCE, PaperKind
from models.papers.letters.letter import Letter
from models.papers.letters.letters import Letters
from models.papers.notice import NoticeOfDecision
from models.papers.texts import IMPLICATIONS, LETTERS, TEXT_FIELDS, PaperTexts, texts_of_letter
from models.papers.transparency.lists import PublicationList
from models.queries.papers.issues import files_like, since_issue
from models.queries.papers.paper_texts import UNREACHED, paper_texts
from models.queries.papers.to_check.questions import Question
from models.values.rounds import RoundLine
from scoring.schedule.lines import Basis
from scoring.schedule.values import AwardSchedule
from scoring.written.names import file_name
from scoring.written.text import Refused, counted

if TYPE_CHECKING:
    from exchange.papers.paper_check import Given, Verdict

NOTHING_ISSUED = (
    "Nothing issued yet. An issued version stays in the record for good, with its check code (SHA-256)."
)
COPY = "You are reading a copy. Drafts can be written from it; nothing is issued from it."
NO_PAGES = "Cancelled. {} to draw the pages again."
LETTERS_TOGETHER = "One file for each letter and one with all of them, in their own folder."
TO_DECISIONS, TO_OFFICE = "Open decisions", "Open office"
FILES = "Papers (*.pdf *.xlsx *.docx *.csv *.json);;All files (*)"
BY_RULE = "The panel has recommended nothing yet: the amounts are what the rule proposes."
MOST_DIFFERENCES = 3
SUBJECT = "export"


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

    def path(self, version: int | None) -> Path:
        """Return the path of the files without an ending; letters have a folder of their own there."""
        return self.folder / suggested_file(self.chosen, self.line, version)


def issue(tools: PageTools, job: Job, version: int, outdated: Callable[[], object]) -> Turns:
    """Ask whether the paper on show is to be issued as this version, issue it, and write it.

    What refuses it is told first; `outdated` when the record moved on meanwhile.
    """
    workspace, source = tools.workspace, job.ready.source
    try:
        following = yield partial(workspace.ask, source.next_issue)
    except Refused as no:
        _refuse(tools, job.ready, str(no))
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


def _refuse(tools: PageTools, ready: Ready, words: str) -> None:
    """Tell what keeps a paper from being issued, with the way to where that is mended."""
    value = ready.source.value
    is_of_awards = "purposes_read" in ready.paper.choices or isinstance(value, GrantAgreement)
    page = "awards" if is_of_awards else ""
    if isinstance(value, Letters | NoticeOfDecision) or (isinstance(value, PublicationList) and value.silent):
        page = "decisions"
    ways = (Remedy(f"Open {page}", partial(tools.go, page)),) if page else ()
    tools.notices.show_notice(Notice(SUBJECT, Tone.DANGER, words, ways))


def _question_box(tools: PageTools, job: Job, question: Question) -> ListingDialog:
    """Show what is open on the paper, and is answered before it is issued."""
    dialogs, title, lines = tools.dialogs, f"{question.words.rstrip(':')}.", "\n".join(question.lines)
    named, action = job.ready.paper.words, question.action
    return dialogs.show(ListingDialog(named, title, lines, dialogs.window, action=action, away="Cancel"))


def _confirm_box(tools: PageTools, job: Job, version: int) -> ConfirmDialog:
    """Show what issuing does, and the way to what is lacking."""
    ready, value = job.ready, job.ready.source.value
    is_proposed = isinstance(value, AwardSchedule) and value.basis is Basis.PROPOSED
    warning = BY_RULE if is_proposed else unsettled_words([value])
    forms = [FORMS[form] for form in job.forms if form] or ["letters"]
    what = f"{ready.paper.words}, {ready.title}: {ready.control}"
    left_out = value.to_do_words if isinstance(value, Letters) else ""
    warnings = (warning or left_out, *ready.to_check)
    words = confirm_words(what, warnings, version, forms, str(job.folder))
    action = f"Issue version {version}"
    dialog = ConfirmDialog(f"{action}?", words, action, tools.dialogs.window)
    if left_out:
        dialog.offer(TO_DECISIONS).connect(lambda: tools.go("decisions"))
    elif UNREACHED in ready.to_check:
        dialog.offer(TO_OFFICE).connect(lambda: tools.go("office"))
    return tools.dialogs.show(dialog)


def write(tools: PageTools, job: Job, source: PaperSource | None = None) -> None:
    """Write a paper as it is, a draft or an issued version."""
    tools.dialogs.files.note(Kind.PAPERS, job.folder)
    written = (job.ready.source if source is None else source).at(utc_now())
    work = partial(write_with_annex, written, job.folder, job.path(written.version).name, job.forms)
    write_papers(tools, work, f"Writing {job.ready.paper.named}", is_issued=source is not None)


def write_papers(
    tools: PageTools,
    work: Callable[[Ticket], Written],
    label: str = "Writing the papers",
    *,
    is_issued: bool = False,
) -> None:
    """Write; the progress strip shows how far it is, and can stop it. The folder of an issue is opened."""
    for subject in (SUBJECT, WRITTEN):
        tools.notices.settle(subject)
    tools.workspace.work(work, partial(_tell_written, tools, is_issued), label=label, ends_first=True)


def _tell_written(tools: PageTools, is_issued: bool, written: Written) -> None:
    tone = Tone.INFORMATION if written.is_cancelled else Tone.FUND
    tell_written(tools.notices, written_words(written), written.paths, tone, is_opened=is_issued)


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
        words.append(f"And {counted(rest, 'more difference')}.")
    return " ".join(filter(None, (*words, since)))


def _read(path: Path, ticket: Ticket) -> "Given":
    """Read the file; the libraries that read it are loaded here."""
    from exchange.papers.paper_check import read_given

    return read_given(path)


def _compared(given: "Given", candidates: Candidates, ticket: Ticket) -> "Verdict":
    from exchange.papers.paper_check import verdict

    return verdict(given, candidates)


TOLD: dict[type, tuple[str, ...]] = {
    CallForApplications: ("about", "how"),
    BlankForm: ("about", "how"),
    NoticeOfDecision: ("summary", "financial", "legal", "papers", "access"),
    DecisionReport: ("committee", "purpose", "background", "recommendation"),
}
"""The texts, beside the title, of which a paper says something where none was written."""


def default_texts(value: Any, texts: PaperTexts) -> dict[str, str]:
    """Return by field what stands in a paper where no text was written; nothing for fields that have one."""
    if type(value) not in TOLD:
        return {}
    found = {"title": value.subject, **{name: getattr(value, name) for name in TOLD[type(value)]}}
    if isinstance(value, DecisionReport):
        answers = dict(value.implications)
        found |= {code: answers[heading] for code, heading in IMPLICATIONS}
    told = {code: words if isinstance(words, str) else "\n".join(words) for code, words in found.items()}
    return {code: words for code, words in told.items() if words and not texts.get(code)}


def own_words(answer: Answer, line: RoundLine) -> Form:
    """Return the form of a paper's own words."""
    paper, subject, found = answer.chosen.paper, text_subject(answer.chosen), answer.found
    told = default_texts(found.value if isinstance(found, PaperSource) else None, answer.texts)
    title = f"Words of the {paper.words[:1].lower()}{paper.words[1:]} {subject}".strip()
    keep = partial(SetPaperTexts, line.round_id, paper.code, subject)
    return words_form(title, TEXT_FIELDS[paper.code], answer.texts, told, keep)


def next_words(letter: Letter, round_id: int) -> Asked:
    """Ask what stands of what comes next for a letter, then for other words."""
    fields = texts_of_letter(letter.kind, leaves_out=letter.leaves_out)
    title = f"What the letter says: {letter.named}"
    keep = partial(SetPaperTexts, round_id, LETTERS, letter.reference)
    return Asked(
        partial(paper_texts, round_id=round_id, paper=LETTERS, subject=letter.reference),
        lambda texts: words_form(title, fields, texts, {}, keep),
    )


EACH = "Write the agreement of each award?"
FOR_GOOD = f"What is issued stays in the record for good and cannot be taken back. {ENDS_UNDO}"
MOST_TOLD = 4
"""The agreements of which it is said what to look at before they go out."""
ISSUE, WRITE, WRITE_DRAFTS = "Issue and write", "Write", "Write drafts"


def every_award(
    tools: PageTools, chosen: Chosen, line: RoundLine, folder: Path, outdated: Callable[[], object]
) -> Asked:
    """Ask whether the agreement of each award of a round is to be written under a folder, or issued.

    `outdated` is told when one was issued.
    """
    own = folder / file_name(*line.names, "agreements")
    query = partial(every_source, chosen=chosen, line=line, viewer=tools.identity.viewer)
    return Asked(query, lambda found: _confirm(tools, own, found, outdated))


def _confirm(
    tools: PageTools, folder: Path, found: tuple[PaperSource, ...], outdated: Callable[[], object]
) -> Confirm:
    facts, new = tools.workspace.facts, [one for one in found if one.version is None]
    may_issue = bool(new) and not (facts is not None and facts.is_copy)
    words = [f"{counted(len(found), 'agreement')} go into {folder}, each in Word and as a PDF."]
    if may_issue:
        words += _told_first(new)
        words.append(
            f"{counted(len(new), 'agreement')} would be issued; those issued already stay as they are."
        )
        words.append(FOR_GOOD)
    write = Run(lambda tools: take_turns(tools.workspace, _write_each(tools, folder, found)))
    issue = Run(lambda tools: take_turns(tools.workspace, _write_each(tools, folder, found, outdated)))
    does, beside = (issue, (WRITE_DRAFTS, write)) if may_issue else (write, None)
    return Confirm(EACH, tuple(words), ISSUE if may_issue else WRITE, does, beside=beside)


def _write_each(
    tools: PageTools,
    folder: Path,
    sources: Sequence[PaperSource],
    outdated: Callable[[], object] | None = None,
) -> Turns:
    """Write agreements one by one, until a person stops it; with `outdated` new values are issued first."""
    work, done = tools.workspace.work, 0
    yield partial(work, partial(_require_folder, folder))
    with settling(tools.workspace) as settle:
        try:
            for source in sources:
                label, now = f"Agreement {done + 1:,} of {len(sources):,}", source.at(utc_now())
                if outdated is not None and source.version is None:
                    now = yield from issue_paper(tools, source, folder, settle, label)
                    if now is None:
                        break
                yield partial(work, partial(_write_agreement, now, folder), label=label, ends_first=True)
                done += 1
        except Cancelled:
            if not done:
                raise
        if outdated is not None:
            outdated()
        if done:
            words = f"{done} of {counted(len(sources), 'agreement')} were written to {folder}, each in Word"
            tone = Tone.FUND if done == len(sources) else Tone.INFORMATION
            is_issued = outdated is not None
            written = folder / "any"
            tell_written(tools.notices, f"{words} and as a PDF.", (written,), tone, is_opened=is_issued)


def _write_agreement(source: PaperSource, folder: Path, ticket: Ticket) -> None:
    from exchange.papers.letters.agreements import write_agreements

    assert isinstance(source.value, GrantAgreement), "a folder is of agreements"
    write_agreements(source.value, source.status, folder, source.as_issued(folder, ticket.tick))


def _told_first(sources: Sequence[PaperSource]) -> list[str]:
    """Return what is looked at before these go out, the first few in words."""
    told = [words for source in sources for words in source.to_check]
    more = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], *([f"There is as much to look at in {more:,} more."] if more > 0 else [])]


def _require_folder(folder: Path, ticket: Ticket) -> None:
    from exchange.papers.letters.writing import require_folder

    require_folder(folder)
