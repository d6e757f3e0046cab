"""Ask before a period's return is submitted or corrected, have the record keep it, and write it to a file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import Kind
from gui.pages.awards.monitoring.ministry.correct_dialog import CorrectDialog
from gui.pages.awards.monitoring.ministry.panel import PeriodPanel
from gui.pages.page import PageTools
from gui.pages.papers.paper_issue import PaperIssue
from gui.pages.papers.source import PaperSource, paper_source
from gui.record.refusals import Settle, tell_failed
from gui.record.runner import Ticket
from gui.text import ENDS_UNDO
from models.clock import utc_now
from models.papers.kinds import MINISTRY
from models.papers.ministry.summing import MinistryReturn
from models.papers.order import PaperOrder
from models.queries.awards.ministry import PeriodState
from scoring.written.names import file_name
from scoring.written.text import counted

FORMS = "Excel workbook (*.xlsx);;PDF (*.pdf);;Word (*.docx)"
ENDINGS = {"PDF (*.pdf)": ".pdf", "Word (*.docx)": ".docx"}
STANDS = (
    "Its figures then stand, with your name and the time. What comes in later leads to a correction. "
    f"{ENDS_UNDO}"
)


class PeriodController(QObject):
    """The actions of the period at hand."""

    def __init__(self, tools: PageTools, panel: PeriodPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._panel = tools, panel
        panel.submit_asked.connect(self._ask_submit)
        panel.correct_asked.connect(self._ask_correct)
        panel.write_asked.connect(self._ask_write)

    @property
    def _period(self) -> PeriodState:
        assert self._panel.period is not None, "only the period at hand is submitted"
        return self._panel.period

    @property
    def _window(self) -> QWidget:
        return self._tools.dialogs.window

    @Slot()
    def _ask_submit(self) -> None:
        one = self._period
        title = f"Submit the return for {one.period.name}"
        box = ConfirmDialog(
            self._tools.look, title, (*_controls(one.value), STANDS), "Submit it", self._window
        )
        box.agreed.connect(partial(self._submit, one, ""))
        self._tools.dialogs.show(box)

    @Slot()
    def _ask_correct(self) -> None:
        one = self._period
        box = CorrectDialog(self._tools.look, one, self._window)
        box.entered.connect(partial(self._submit, one))
        self._tools.dialogs.show(box)

    def _submit(self, one: PeriodState, reason: str) -> None:
        """Have the return as it stands issued; the dialog is claimed before the record is asked."""
        workspace = self._tools.workspace
        settle = workspace.session.claim()
        then, failed = partial(self._issue, settle), partial(tell_failed, settle, workspace.failed.emit)
        workspace.ask(partial(paper_source, order=_order(one, reason)), then, failed)

    def _issue(self, settle: Settle | None, source: PaperSource) -> None:
        PaperIssue(self._tools, source, Path(), issued=self._tell, settle=settle).begin()

    def _tell(self, issued: PaperSource) -> None:
        self._tools.toast(f"The return is submitted. Version {issued.version} was issued.")

    @Slot()
    def _ask_write(self) -> None:
        facts, one = self._tools.workspace.facts, self._period
        if facts is None:
            return
        named = file_name("Return to the Ministry", one.value.fund, one.period.name)
        start = facts.folder / f"{named}.xlsx"
        files = self._tools.dialogs.files
        chosen, form = files.save_as(Kind.MONITORING, "Write the return", start, FORMS)
        if chosen is not None:
            ending = ENDINGS.get(form, ".xlsx")
            self.write(chosen if chosen.suffix else chosen.with_suffix(ending), one)

    def write(self, path: Path, one: PeriodState) -> None:
        """Write a period's return: the version that was submitted while nothing changed, else a draft."""
        query = partial(paper_source, order=_order(one))
        self._tools.workspace.ask(query, partial(self._write, path))

    def _write(self, path: Path, source: PaperSource) -> None:
        what = "a draft" if source.version is None else f"version {source.version}"
        work = partial(_written, path, source)
        self._tools.write(path, work, f"“{{}}” is written: {what}, {source.value.control}.")


def _controls(value: MinistryReturn) -> tuple[str, ...]:
    silent = value.silent
    if not silent:
        return (f"{value.control}.",)
    named = ", ".join(one.organisation for one in silent[:4])
    more = f" and {counted(len(silent) - 4, 'other')}" if len(silent) > 4 else ""
    return f"{value.control}.", f"Something is missing of {named}{more}; the return says so."


def _order(one: PeriodState, reason: str = "") -> PaperOrder:
    value = one.value
    return PaperOrder(MINISTRY, utc_now(), fund=value.fund_code, period=value.period, reason=reason)


def _written(path: Path, source: PaperSource, ticket: Ticket) -> Path:
    return source.write(path, ticket.tick)
