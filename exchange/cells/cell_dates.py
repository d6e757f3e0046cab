"""Read a cell as a date: a spreadsheet's own, or text as people write it."""

from datetime import date, datetime, time

from exchange.cells.cell_text import cell_text, refuse_error
from exchange.reading.sheets import Cell
from scoring.written import days
from scoring.written.days import Moment
from scoring.written.text import one_line


def read_date(cell: Cell) -> date | None:
    """Read a date, leaving out any time: 03/04/2026 is 3 April, so is "3rd Apr 26"; 2026-04-03 is ISO."""
    moment = read_moment(cell)
    return moment.at.date() if moment else None


def read_moment(cell: Cell) -> Moment | None:
    """Read a date with its time when it has one; a zone is left out and shifts nothing."""
    refuse_error(cell)
    if cell is None or (isinstance(cell, str) and not one_line(cell)):
        return None
    if isinstance(cell, str):
        return days.read_moment(cell)
    if not isinstance(cell, date) or not days.is_in_reach(cell):
        raise days.no_date(cell_text(cell))
    if isinstance(cell, datetime):
        return Moment(cell.replace(tzinfo=None), True)
    return Moment(datetime.combine(cell, time()), False)
