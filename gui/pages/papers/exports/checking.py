"""Check whether a file is a paper of this record, of any kind, and unchanged: as the command does."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.text import counted
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.papers.issued import Candidates
from models.queries.papers.issues import issued_like
from models.queries.papers.since_issue import since_issue

if TYPE_CHECKING:
    from exchange.papers.checking.paper_check import Verdict
    from exchange.papers.paper_reading import Printed

FORMS = "Papers (*.pdf *.xlsx *.docx *.csv *.json);;All files (*)"
MOST_DIFFERENCES = 3
SUBJECT = "export"


class Read(NamedTuple):
    """A file as it was read, and the kinds of paper that come in its form."""

    path: Path
    printed: "Printed"
    kinds: tuple[str, ...]


class CheckController(QObject):
    """Ask for a file, read and compare it in the work queue, and say what the record knows of it."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self) -> None:
        """Ask for a file and check it."""
        facts = self._tools.workspace.facts
        near = facts.folder if facts is not None else None
        path = self._tools.dialogs.files.open(Kind.PAPERS, "Check a file", FORMS, near)
        if path is not None:
            self.check(path)

    def check(self, path: Path) -> None:
        """Check a file against whatever was issued from this record."""
        self._tools.notices.settle(SUBJECT)
        self._tools.workspace.work(partial(_read, path), self._look_up, label=f"Checking {path.name}")

    def _look_up(self, read: Read) -> None:
        query = partial(issued_like, digests=read.printed.digests, kinds=read.kinds)
        self._tools.workspace.ask(query, partial(self._compare, read))

    def _compare(self, read: Read, candidates: Candidates) -> None:
        work = partial(_compared, read, candidates)
        self._tools.workspace.work(work, self._ask_since, label=f"Checking {read.path.name}")

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


def _read(path: Path, ticket: Ticket) -> Read:
    """Read the file; the libraries that read it are loaded here."""
    from exchange.papers.checking.paper_against import kinds_with
    from exchange.papers.paper_reading import read_paper

    printed = read_paper(path)
    return Read(path, printed, kinds_with(printed.ending))


def _compared(read: Read, candidates: Candidates, ticket: Ticket) -> "Verdict":
    from exchange.papers.checking.paper_check import verdict

    return verdict(read.printed, read.path, candidates)
