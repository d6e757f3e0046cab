"""Write the monitoring workbook or one award's form, and take a filled-in one in."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import Kind
from gui.dialogs.listing import ListingDialog
from gui.file_names import with_ending
from gui.pages.awards.monitoring.controller import NOT_BEGUN, RECORD_IT
from gui.pages.awards.monitoring.detail import AwardPanel
from gui.pages.awards.monitoring.small_dialogs import ReceivedDialog
from gui.pages.awards.monitoring.workbooks import Taken, form_written, paper_written, read, words_of
from gui.pages.page import PageTools, Place
from gui.record.clock import current_day
from gui.text import counted
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.clock import utc_now
from models.operation import Outcome
from models.operations.awards.monitoring import PutReturns, ReturnPut
from models.papers.monitoring.monitoring import AwardMonitoring, Monitoring
from models.papers.order import PaperOrder
from models.queries.awards.monitoring import monitoring, monitoring_of
from scoring.written.names import file_name

WORKBOOK = "Excel workbook (*.xlsx)"
READABLE = "Spreadsheets (*.xlsx *.xlsm *.ods);;All files (*)"
WRITTEN = "“{}” is written."
SUBJECT = "monitoring"
FAULTS = "Nothing was imported. Correct the cells below in the workbook, save it, and import it again."


class MonitoringFiles(QObject):
    """Ask where, write or read in the work queue, tell what came of it."""

    def __init__(self, tools: PageTools, panel: AwardPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._panel = tools, panel
        self.place: Place | None = None
        self._awards: dict[str, AwardMonitoring] = {}
        panel.form_asked.connect(self.ask_form)

    @property
    def _round_id(self) -> int:
        assert self.place is not None, "a workbook is of a round"
        return self.place.line.round_id

    @Slot()
    def ask_workbook(self) -> None:
        """Ask for a file and write the workbook of the area on show there."""
        path = self._where("Write the monitoring workbook", "Monitoring")
        if path is not None:
            self.write_workbook(path)

    def write_workbook(self, path: Path) -> None:
        """Write the workbook of the area on show."""
        area = None if self.place is None else self.place.area
        order = PaperOrder("monitoring", utc_now(), round_id=self._round_id, area=area)
        then = partial(self._write_workbook, path, order)
        self._tools.workspace.ask(partial(monitoring, order=order), then)

    def _write_workbook(self, path: Path, order: PaperOrder, value: Monitoring) -> None:
        self._tools.write(path, partial(paper_written, path, order, value), WRITTEN)

    @Slot()
    def ask_form(self) -> None:
        """Ask for a file and write the form of the award at hand there."""
        assert self._panel.award is not None, "a form is of the award at hand"
        path = self._where("Write the form", f"Return {self._panel.award.reference}")
        if path is not None:
            self.write_form(path, self._panel.award.application)

    def write_form(self, path: Path, application: str) -> None:
        """Write one award's form, which tells of nobody else."""
        query = partial(monitoring_of, round_id=self._round_id, today=current_day())
        self._tools.workspace.ask(query, partial(self._write_form, path, application))

    def _write_form(self, path: Path, application: str, value: Monitoring) -> None:
        self._tools.write(path, partial(form_written, path, application, value), WRITTEN)

    @Slot()
    def ask_in(self) -> None:
        """Ask for a workbook that was filled in."""
        path = self._tools.dialogs.files.open(Kind.MONITORING, "Import returns", READABLE)
        if path is not None:
            self.take_in(path)

    def take_in(self, path: Path) -> None:
        """Read a workbook against the record as it stands, then say what it would change."""
        query = partial(monitoring_of, round_id=self._round_id, today=current_day())
        self._tools.workspace.ask(query, partial(self._read, path))

    def _read(self, path: Path, value: Monitoring) -> None:
        self._awards = {award.application: award for award in value.awards}
        work, then = partial(read, path, value, current_day()), partial(self._offer, path)
        self._tools.workspace.work(work, then, label=f"Reading {path.name}")

    def _offer(self, path: Path, taken: Taken) -> None:
        if taken.faults:
            title = f"“{path.name}” has {counted(len(taken.faults), 'fault', 'faults')}"
            look, lines = self._tools.look, "\n".join(taken.faults)
            self._tools.dialogs.show(
                ListingDialog(look, title, FAULTS, lines, self._window, name="Faults", copy="Copy the list")
            )
        elif not taken.returns:
            words = f"“{path.name}” says nothing that the record does not say already. Nothing was changed."
            self._tools.notices.show_notice(Notice(SUBJECT, Tone.INFORMATION, words))
        else:
            self._ask_agreed(path, taken)

    def _ask_agreed(self, path: Path, taken: Taken) -> None:
        """Say what would change; where a return does not say when it came in, ask that as well."""
        look, (said, action) = self._tools.look, words_of(taken)
        if taken.undated:
            dated = ReceivedDialog(look, said, action, current_day(), self._window)
            dated.agreed.connect(partial(self._take_on, path, taken))
            self._tools.dialogs.show(dated)
            return
        dialog = ConfirmDialog(look, "Import returns", said, action, self._window)
        dialog.agreed.connect(partial(self._take, path, taken))
        self._tools.dialogs.show(dialog)

    def _take_on(self, path: Path, taken: Taken, day: date) -> None:
        self._take(path, taken.received(day))

    def _take(self, path: Path, taken: Taken) -> None:
        """Keep what was read; returns of projects that have not begun are asked about first."""
        every = ((self._awards[one.application], one.number, one.said) for one in taken.returns)
        early = [award.not_begun(number, said.received_on) for award, number, said in every]
        if not any(early):
            self._keep(path, taken)
            return
        look, said = self._tools.look, tuple(filter(None, early))
        dialog = ConfirmDialog(look, NOT_BEGUN, said, RECORD_IT, self._window)
        dialog.agreed.connect(partial(self._keep, path, taken))
        self._tools.dialogs.show(dialog)

    def _keep(self, path: Path, taken: Taken) -> None:
        puts = tuple(ReturnPut(one.application, one.number, one.said, one.standing) for one in taken.returns)
        self._tools.workspace.perform(PutReturns(self._round_id, puts, path.name), self._tell_taken)

    def _tell_taken(self, outcome: Outcome) -> None:
        self._tools.notices.settle(SUBJECT)
        self._tools.toast(outcome.words)

    @property
    def _window(self) -> QWidget:
        return self._tools.dialogs.window

    def _where(self, title: str, named: str) -> Path | None:
        facts = self._tools.workspace.facts
        if facts is None or self.place is None:
            return None
        line = self.place.line
        name = file_name(named, line.name, line.year)
        start = facts.folder / f"{name}.xlsx"
        path = self._tools.dialogs.files.save(Kind.MONITORING, title, start, WORKBOOK)
        return None if path is None else with_ending(path, ".xlsx")
