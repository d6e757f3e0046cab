"""Ask before a period's return is submitted or corrected, have the record keep it, and write it to a file."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import Kind
from gui.pages.awards.monitoring.ministry.correct_dialog import CorrectDialog
from gui.pages.awards.monitoring.ministry.panel import PeriodPanel
from gui.pages.page import PageTools
from gui.record.made_change import perform_made
from gui.record.runner import Ticket
from models.operation import Outcome
from models.operations.papers.issues import IssuePaper
from models.papers.issuing import next_issue, status_now
from models.papers.kinds import MINISTRY
from models.papers.ministry.values import MinistryReturn
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.awards.returns.ministry import PeriodState, ministry_return
from models.record import utc_now
from scoring.counted import counted
from scoring.written.file_names import file_name

FORMS = "Excel workbook (*.xlsx);;PDF (*.pdf);;Word (*.docx)"
ENDINGS = {"PDF (*.pdf)": ".pdf", "Word (*.docx)": ".docx"}
STANDS = "Its figures then stand, with your name and the time. What comes in later leads to a correction."


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
        order = _order(one, reason)
        perform_made(self._tools.workspace, partial(_issue, order=order), self._tell)

    def _tell(self, outcome: Outcome) -> None:
        self._tools.toast(f"The return is submitted. {outcome.words}")

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
        self._tools.workspace.ask(partial(_made, order=_order(one)), partial(self._write, path))

    def _write(self, path: Path, made: tuple[MinistryReturn, PaperStatus]) -> None:
        value, status = made
        what = "a draft" if status.is_draft else f"version {status.version}"
        work = partial(_written, path, value, status)
        self._tools.write(path, work, f"“{{}}” is written: {what}, {value.control}.")


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


def _issue(session: Any, order: PaperOrder) -> IssuePaper | None:
    from exchange.papers.drawing import draw  # loads the libraries of files

    value = ministry_return(session, order)
    following = next_issue(session, order, value)
    return following and following.laid_out(draw(MINISTRY, value, following.status).laid_out)


def _made(session: Any, order: PaperOrder) -> tuple[MinistryReturn, PaperStatus]:
    value = ministry_return(session, order)
    return value, status_now(session, order, value)


def _written(path: Path, value: MinistryReturn, status: PaperStatus, ticket: Ticket) -> Path:
    """Write in the work queue; the writers load the file libraries, which the window's start need not."""
    from exchange.papers.paper_writing import write_paper

    return write_paper(MINISTRY, value, status, path, ticket.tick)
