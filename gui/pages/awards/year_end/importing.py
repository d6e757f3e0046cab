"""Importing expenditure from finance's workbook: read, shown, then recorded as one change."""

from functools import partial
from pathlib import Path

from exchange.papers.finance.returned import (
    ExpenditureReading,
    ReadFigure,
    read_expenditure,
)
from gui.dialogs.files import Kind
from gui.pages.applications.importing.file_step import KINDS
from gui.pages.awards.file_reading import FileReading
from gui.record.runner import Ticket
from gui.text import counted
from models.operations.awards.year_end import SetSpent, SpentChange
from models.papers.year.year_end_lines import YearEnd
from models.reference.reporting import last_day
from scoring.money import short_pounds
from scoring.written.days import short_day

FAULTS = "Nothing was imported. Each line names the sheet and the cell; correct them and import again."
NOTHING_NEW = "Every figure in the workbook is recorded already. Nothing was changed."


class ExpenditureImport(FileReading):
    """Ask for a file, show what it says or what is wrong with it, and record all of it or nothing."""

    def ask(self, found: YearEnd) -> None:
        """Ask for a workbook of a fund's year."""
        files = self._tools.dialogs.files
        path = files.open(Kind.SPENDING, "Choose a workbook of expenditure", KINDS)
        if path is not None:
            self.read(path, found)

    def read(self, path: Path, found: YearEnd) -> None:
        """Read a workbook against what stands."""
        self._tools.workspace.work(
            partial(_read, path, found),
            partial(self._show, found),
            label=f"Reading {path.name}",
            failed=partial(self._fail, path.name),
        )

    def _show(self, found: YearEnd, reading: ExpenditureReading) -> None:
        title = f"Expenditure in {reading.name}"
        stand = f" {counted(reading.unchanged, 'figure is', 'figures are')} already."
        if not reading.figures:
            self._box(title, NOTHING_NEW, (), "")
            return
        count = counted(len(reading.figures), "figure", "figures")
        sentence = f"Sheet {reading.sheet}: {count} to record, {short_pounds(reading.total_pence)} in all."
        lines = [_line(figure) for figure in reading.figures]
        box = self._box(title, sentence + (stand if reading.unchanged else ""), lines, f"Record {count}")
        box.agreed.connect(partial(self._put, found, reading))

    def _put(self, found: YearEnd, reading: ExpenditureReading) -> None:
        changes = tuple(SpentChange(one.line, one.award, one.now, one.before) for one in reading.figures)
        self._tools.perform(SetSpent(found.of.fund, found.of.year, changes))

    def _fail(self, name: str, error: Exception) -> None:
        self._tell_faults(f"{name} cannot be imported", FAULTS, error)


def _read(path: Path, found: YearEnd, ticket: Ticket) -> ExpenditureReading:
    return read_expenditure(path, found, last_day(found.of.year), tick=ticket.tick)


def _line(figure: ReadFigure) -> str:
    now, before = figure.now, figure.before
    words = f"{figure.award or figure.line}: {short_pounds(now.whole_pence)}"
    if now.start_up_pence:
        words += f", of which start-up {short_pounds(now.start_up_pence)}"
    words += f", up to {short_day(now.as_at)}"
    return words if before is None else f"{words} (before: {short_pounds(before.whole_pence)})"
