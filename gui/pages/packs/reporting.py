"""The report of what importing returns comes to: offered before as a dry run, and after it is done."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.clock import utc_now
from models.operations.packs.take_in import OUT_AGAIN
from models.store.chain import JournalHead
from models.values.pack_plans import Done, MergeReport, file_named

PAPERS = "PDF (*.pdf);;Word document (*.docx)"
TAKEN_IN = "Imported from {}: {}"


class Reporting(QObject):
    """Say on the screen what was imported, and write it as a paper where a person says."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        tools.workspace.closed.connect(self._forget)
        tools.workspace.locked.connect(self._forget)
        tools.workspace.took_back.connect(self._withdraw)

    def show_report(self, report: MergeReport, copy: str, head: JournalHead) -> None:
        """Say what was imported, and offer the report of it."""
        at = head.at or utc_now()
        done = report.as_done(Done(self._tools.workspace.person, at, head.seq, head.code, copy))
        words = TAKEN_IN.format(report.names, report.result)
        remedy = Remedy("Save the report…", partial(self.ask, done))
        self._tools.notices.show_notice(Notice("pack", Tone.FUND, words, (remedy,)))
        self._tools.toast(report.result)

    def ask(self, report: MergeReport) -> None:
        """Ask for a file and write the report there."""
        facts = self._tools.workspace.facts
        if facts is None:
            return
        name = facts.folder / file_named(report, is_dry=report.done is None)
        named = self._tools.dialogs.files.save(Kind.PAPERS, "Save the report", name, PAPERS)
        if named is not None:
            self.write(report, named if named.suffix else named.with_suffix(".pdf"))

    def write(self, report: MergeReport, path: Path) -> None:
        """Write the report."""
        words = "The report is “{}”. It holds marks and reasons: keep it as you keep the record."
        self._tools.write(path, partial(_written, report, path), words)

    @Slot(str, str)
    def _withdraw(self, _: str, result: str) -> None:
        """Offer no report of what is out again."""
        if result == OUT_AGAIN:
            self._forget()

    @Slot()
    def _forget(self) -> None:
        """Let go of the report when the record is closed: it holds marks."""
        self._tools.notices.settle("pack")


def _written(report: MergeReport, path: Path, ticket: Ticket) -> Path:
    from exchange.papers.record_papers import write_merge_report

    return write_merge_report(report, path, utc_now())
