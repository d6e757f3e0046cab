"""Check whether a file is a paper of this record, of any kind, and unchanged: as the command does."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.text import counted
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.papers.issued import Candidates
from models.queries.papers.issues import files_like, since_issue

if TYPE_CHECKING:
    from exchange.papers.paper_check import Given, Verdict

FORMS = "Papers (*.pdf *.xlsx *.docx *.csv *.json);;All files (*)"
MOST_DIFFERENCES = 3
SUBJECT = "export"


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
