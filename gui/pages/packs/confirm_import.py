"""Show what came and would be imported, then import it: report, copy, change, report."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from gui.pages.packs.import_dialog import ImportDialog
from gui.pages.packs.reporting import Reporting
from gui.pages.page import PageTools
from gui.record.refusals import Settle, tell_failed
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.operation import Outcome
from models.operations.packs.take_in import TakeInReturns
from models.queries.packs.returns import merge_report
from models.store import chain as journal
from models.store.chain import JournalHead
from models.store.sqlite import backup
from models.values.pack_plans import Decision, Incoming, MergeReport, Plan

NOTHING_NEW = "There is nothing new in it: everything that came back is in the record already."


class Found(NamedTuple):
    """What came, and what importing it would do."""

    incoming: Incoming
    plan: Plan


class ConfirmImport(QObject):
    """One change of the record, or none."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.reporting = Reporting(tools, self)

    def show(self, found: Found) -> None:
        """Show what it would bring; say so where it brings nothing and leaves nothing to a person."""
        tools = self._tools
        tools.dialogs.drop()
        if not (found.plan.is_new or found.plan.differences or found.incoming.left or found.incoming.unfit):
            tools.notices.show_notice(Notice("pack", Tone.INFORMATION, NOTHING_NEW))
            return
        box = ImportDialog(tools.look, found.plan, found.incoming, tools.dialogs.window)
        box.agreed.connect(partial(self._report, found.incoming))
        box.report_asked.connect(partial(self._report_dry, found.incoming))
        tools.dialogs.show(box)

    def _report_dry(self, came: Incoming) -> None:
        """Write what it would come to, and change nothing."""
        self._tools.workspace.ask(self._reported(came, ()), self.reporting.ask)

    def _report(self, came: Incoming, decisions: tuple[Decision, ...], trusted: tuple[str, ...]) -> None:
        """Work the report out first: afterwards nobody can say what stood here before."""
        operation = TakeInReturns(tuple(came.files), decisions, trusted, came.copied, came.copy)
        settle, workspace = self._tools.dialogs.claim(), self._tools.workspace
        then, failed = (
            partial(self._back_up, operation, settle),
            partial(tell_failed, settle, workspace.failed.emit),
        )
        workspace.ask(self._reported(came, decisions), then, failed)

    def _reported(self, came: Incoming, decisions: tuple[Decision, ...]) -> Callable[[Any], MergeReport]:
        facts = self._tools.workspace.facts
        record = "" if facts is None else facts.name
        reader = self._tools.identity.name
        return partial(merge_report, record=record, incoming=came, decisions=decisions, reader=reader)

    def _back_up(self, operation: TakeInReturns, settle: Settle | None, report: MergeReport) -> None:
        """Keep a copy of the record, then import it."""
        then = partial(self._tell, report)
        self._tools.workspace.perform_after_copy("merge", operation, journal.head, then, settle=settle)

    def _tell(self, report: MergeReport, outcome: Outcome, beside: tuple[JournalHead, Path | None]) -> None:
        """Say what was imported; the report is offered where nothing else was changed meanwhile."""
        head, copy = beside
        facts = self._tools.workspace.facts
        if facts is None or head.seq != report.after_row + 1:
            self._tools.toast(outcome.words)
            return
        newest = None if facts.is_shared else backup.newest(facts.path)
        kept = copy or (newest.path if newest is not None else None)
        self.reporting.show_report(report, kept.name if kept else "", head)
