"""Check whether a file is a paper of this record, and unchanged."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from gui.folders import documents
from gui.pages.exports.kinds import kind_words
from gui.pages.exports.words import state_words
from gui.pages.page import PageTools
from gui.runner import Ticket
from gui.text import counted
from gui.theme.tokens import Tone
from gui.widgets.notice_bar import Notice
from models.queries.issued_papers import IssuedPaper, issued_papers
from models.queries.issues import IssueRow, issue_with_hash

if TYPE_CHECKING:
    from exchange import schedule_reading

FORMS = "Papers (*.pdf *.xlsx);;All files (*)"
MOST_DIFFERENCES = 3


class Found(NamedTuple):
    """What the record knows by the SHA-256 that a file prints: a schedule, another paper, or nothing."""

    schedule: IssueRow | None
    paper: IssuedPaper | None


class CheckDesk(QObject):
    """Ask for a file, read it on the work lane, and say what the record knows of it."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, round_id: int) -> None:
        """Ask for a file and check it."""
        facts = self._tools.workspace.facts
        start = str(facts.path.parent) if facts is not None else str(documents())
        window = self._tools.dialogs.window
        path, _ = QFileDialog.getOpenFileName(window, "Check a file", start, FORMS)
        if path:
            self.check(Path(path), round_id)

    def check(self, path: Path, round_id: int) -> None:
        """Check a file against what was issued."""
        self._tools.notices.settle("export")
        then = partial(self._look_up, round_id)
        self._tools.workspace.work(partial(_read, path), then, label=f"Checking {path.name}")

    def _look_up(self, round_id: int, paper: "schedule_reading.IssuedPaper") -> None:
        query = partial(_found, sha256=paper.sha256, round_id=round_id)
        self._tools.workspace.ask(query, partial(self._compare, paper))

    def _compare(self, paper: "schedule_reading.IssuedPaper", found: Found) -> None:
        if found.schedule is not None:
            work = partial(_compared, paper, found.schedule)
            self._tools.workspace.work(work, self._tell, label=f"Checking {paper.name}")
        elif found.paper is not None:
            self._tell(Notice("export", Tone.FUND, _known_words(paper.name, found.paper)))
        else:
            words = (
                f"“{paper.name}” was not issued from this record: no issue has the SHA-256 that it prints."
            )
            self._tell(Notice("export", Tone.DANGER, words))

    def _tell(self, notice: Notice) -> None:
        self._tools.notices.tell(notice)


def _read(path: Path, ticket: Ticket) -> "schedule_reading.IssuedPaper":
    """Read the file; the libraries that read it are loaded here."""
    from exchange.schedule_reading import read_issued

    return read_issued(path)


def _found(session: Any, sha256: str, round_id: int) -> Found:
    schedule = issue_with_hash(session, sha256) if sha256 else None
    papers = issued_papers(session, round_id) if sha256 and schedule is None else ()
    return Found(schedule, next((paper for paper in papers if paper.sha256 == sha256), None))


def _compared(paper: "schedule_reading.IssuedPaper", issue: IssueRow, ticket: Ticket) -> Notice:
    from exchange.schedule_reading import differences

    found = differences(paper, issue.content)
    if not found:
        lines = counted(len(paper.lines), "line", "lines")
        words = f"“{paper.name}” says what version {issue.version} was issued with: {lines} compared."
        return Notice("export", Tone.FUND, words)
    rest = len(found) - MOST_DIFFERENCES
    more = f" And {counted(rest, 'more difference', 'more differences')}." if rest > 0 else ""
    words = f"“{paper.name}” differs from version {issue.version}. {' '.join(found[:MOST_DIFFERENCES])}{more}"
    return Notice("export", Tone.DANGER, words)


def _known_words(name: str, paper: IssuedPaper) -> str:
    what = ", ".join(filter(None, (kind_words(paper.kind), paper.subject)))
    return (
        f"“{name}” prints the SHA-256 of {what}: {state_words(paper.version).lower()}, issued by "
        f"{paper.issued_by}. Only award schedules are compared line by line."
    )
