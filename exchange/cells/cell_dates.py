"""Read a cell as a date: a spreadsheet's own, or text as people write it, in the order of its column."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from msgspec import Struct

from exchange.cells.cell_text import cell_text, refuse_error
from exchange.reading.sheets import Cell
from scoring.written import days, zones
from scoring.written.days import Moment, Order
from scoring.written.text import Unreadable, figures_line

_MONTHS = 12


class DateColumn(Struct, frozen=True):
    """How the dates of one column are read: all of its cells tell the order, its heading perhaps a zone.

    `is_bent` is a column with the month first, of which a program that reads days first took what it could
    for dates: those have day and month swapped. `is_open` is one in which nothing shows the order.
    """

    order: Order = Order.DAY_FIRST
    zone: int | None = None
    is_bent: bool = False
    is_open: bool = False

    def read_date(self, cell: Cell) -> date | None:
        """Read a date, leaving out any time."""
        moment = self.read_moment(cell)
        return moment.at.date() if moment else None

    def read_moment(self, cell: Cell) -> Moment | None:
        """Read a date with its time when it has one; a time of another zone is turned into local time."""
        refuse_error(cell)
        if cell is None or (isinstance(cell, str) and not figures_line(cell)):
            return None
        if isinstance(cell, str):
            return days.read_moment(cell, self.order, self.zone)
        if not isinstance(cell, date) or not days.is_in_reach(cell):
            raise days.no_date(cell_text(cell))
        if self.is_bent and cell.day != cell.month:
            raise _swapped(cell)
        if isinstance(cell, datetime):
            return Moment(local_moment(cell, self.zone), True)
        return Moment(datetime.combine(cell, time()), False)

    @property
    def words(self) -> str:
        """Return what is to be said of how the column is read, "" where it is read as any other."""
        if self.order is Order.MIXED:
            return "some dates have the day first, and others the month"
        order = "dates are read with the month first" if self.order is Order.MONTH_FIRST else ""
        zone = "" if self.zone is None else "times are turned into local time"
        return ", ".join(filter(None, (order, zone)))


def date_column(cells: Iterable[Cell], heading: str = "") -> DateColumn:
    """Return how the dates of a column are read: month first where a cell shows it and none is day first.

    Of 4/3/2026 and 4/13/2026 the first is 3 April. Without such a cell the heading tells, "(MM/DD/YYYY)", and
    without that the day comes first.
    """
    filled = [cell for cell in cells if cell is not None]
    texts = [cell for cell in filled if isinstance(cell, str)]
    shown, said = days.order_of(texts), days.order_in(heading)
    order = Order.MIXED if said is Order.MONTH_FIRST and shown is Order.DAY_FIRST else shown or said
    is_bent = order is Order.MONTH_FIRST and _is_bent(filled, texts)
    is_open = order is None and any(map(days.is_open, texts))
    return DateColumn(order or Order.DAY_FIRST, zones.zone_in(heading), is_bent, is_open)


_BY_ITSELF = DateColumn()


def read_date(cell: Cell) -> date | None:
    """Read a date, leaving out any time: 03/04/2026 is 3 April, so is "3rd Apr 26"; 2026-04-03 is ISO."""
    return _BY_ITSELF.read_date(cell)


def read_moment(cell: Cell) -> Moment | None:
    """Read a date with its time when it has one; a time of another zone is turned into local time."""
    return _BY_ITSELF.read_moment(cell)


def reads_as_day(cell: Cell) -> bool:
    """Say whether a cell is a date in any order of day and month, which its column tells."""
    if isinstance(cell, str):
        return days.reads_as_day(cell)
    return isinstance(cell, date) and days.is_in_reach(cell)


def local_moment(at: datetime, zone: int | None = None) -> datetime:
    """Return a time in local time, without a zone; `zone` is that of one that has none itself."""
    away = at.utcoffset()
    minutes = zone if away is None else round(away.total_seconds() / 60)
    return zones.local_time(at.replace(tzinfo=None), minutes)


def _is_bent(filled: Sequence[Cell], texts: Sequence[str]) -> bool:
    """Whether every date is one that either order allows, and every text one that it does not."""
    dates = [cell for cell in filled if isinstance(cell, date)]
    return all(cell.day <= _MONTHS for cell in dates) and not any(map(days.is_open, texts))


def _swapped(cell: date) -> Unreadable:
    one, other = days.full_day(cell), days.full_day(date(cell.year, cell.day, cell.month))
    return Unreadable(
        f"This date is {one} or {other}: other cells of this column have the month first, and the "
        "spreadsheet may have swapped the two here; write the month in letters."
    )
