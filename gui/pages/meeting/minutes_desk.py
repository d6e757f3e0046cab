"""Write the minutes of a meeting as a PDF, and tell where they are."""

from functools import partial
from pathlib import Path
from re import sub

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from exchange.minutes_values import Minutes, Presence, minutes
from gui.folders import open_folder
from gui.pages.meeting.desk import MeetingDesk
from gui.pages.meeting.figures import MeetingFigures
from gui.pages.page import PageTools
from gui.runner import Ticket
from gui.theme.tokens import Tone
from gui.widgets.notice_bar import Notice, Remedy
from models.record import utc_now

PDF = "PDF (*.pdf)"


class MinutesDesk(QObject):
    """Ask where, write on the work lane, tell the result."""

    def __init__(self, tools: PageTools, desk: MeetingDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._desk = desk

    def ask(self, area: str | None, order: tuple[str, ...]) -> None:
        """Ask for a file and write the minutes of an area there."""
        figures, facts = self._desk.figures, self._tools.workspace.facts
        if figures is None or facts is None:
            return
        name = str(facts.path.with_name(suggested_name(figures, area)))
        path, _ = QFileDialog.getSaveFileName(self._tools.dialogs.window, "Write the minutes", name, PDF)
        if path:
            self.write(Path(path), area, order)

    def write(self, path: Path, area: str | None, order: tuple[str, ...]) -> None:
        """Write the minutes of an area, its items in running order."""
        figures = self._desk.figures
        if figures is None:
            return
        values = minutes_of(figures, area, order)
        self._tools.workspace.work(partial(_write, values, path), self._tell, label="Writing the minutes")

    def _tell(self, path: Path) -> None:
        words = f"The minutes are written as “{path.name}”. The record is unchanged."
        remedy = Remedy("Open folder", partial(open_folder, path.parent))
        self._tools.notices.tell(Notice("minutes", Tone.FUND, words, (remedy,)))


def minutes_of(figures: MeetingFigures, area: str | None, order: tuple[str, ...]) -> Minutes:
    """Return the minutes as values."""
    attendance = tuple(
        Presence(of, figures.names.get(code, code), state) for of, code, state in figures.rows.attendance
    )
    confirmed = tuple((record.area, record.by, record.at) for record in figures.rows.confirmed)
    line = figures.rows.line
    return minutes(
        figures.rows.rows,
        tuple(figures.items[reference] for reference in order),
        area=area,
        attendance=tuple(row for row in attendance if area in (None, row.area)),
        confirmed=tuple(row for row in confirmed if area in (None, row[0])),
        closed=figures.rows.closed,
        marking=line.marking,
        made_at=utc_now(),
    )


def suggested_name(figures: MeetingFigures, area: str | None) -> str:
    """Return the name of the file with its ending."""
    line = figures.rows.line
    parts = (line.fund, line.name, line.year.replace("/", "-"), area or "")
    words = " ".join(part for part in parts if part)
    return sub(r'[\\/:*?"<>|]+', "-", f"{words} minutes.pdf").strip()


def _write(values: Minutes, path: Path, ticket: Ticket) -> Path:
    """Write the file. The writer is imported here: it loads libraries that would slow the start."""
    from exchange.minutes_pdf import write_minutes_pdf

    return write_minutes_pdf(values, path, ticket.tick)
