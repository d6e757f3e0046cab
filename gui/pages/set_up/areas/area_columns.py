"""The columns of the areas: money apart, dates, and whether applications are taken today."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from msgspec import Struct

from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.text import NOTHING
from models.values.rounds import AreaDates, AreaLine
from scoring import money
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.written import days


class AreaRow(Struct, frozen=True):
    """An area with its dates, what they come to today, and what is allowed over its pot."""

    line: AreaLine
    dates: AreaDates
    state: str
    allowances: tuple[Allowance, ...] = ()

    @property
    def area(self) -> Area:
        """Return the area's money as an operation names it."""
        line = self.line
        money_of = (line.pot_pence, line.start_up_pence, line.committed_pence)
        return Area(line.name, *money_of, shared_pot=line.shared_pot)


def area_row(line: AreaLine, dates: AreaDates, today: date) -> AreaRow:
    """Return the row of an area on a day; past intake, the dates of intake no longer tell."""
    if line.stage != "intake":
        return AreaRow(line, dates, "Closed")
    return AreaRow(line, dates, str(dates.intake(today)).capitalize())


_name: Callable[[AreaRow], str] = attrgetter("line.name")


def _pot(row: AreaRow) -> str:
    return money.short_pounds(row.line.pot_pence)


def _shared(row: AreaRow) -> str:
    return f"in the pot {row.line.shared_pot}" if row.line.shared_pot else ""


def _called(row: AreaRow) -> str:
    return " · ".join(filter(None, (row.line.name, _shared(row))))


def _start_up(row: AreaRow) -> str:
    return _some(row.line.start_up_pence)


def _committed(row: AreaRow) -> str:
    return _some(row.line.committed_pence)


def _closes(row: AreaRow) -> str:
    return short_day(row.dates.closes_on)


def _meets(row: AreaRow) -> str:
    return short_day(row.dates.meets_on)


_state: Callable[[AreaRow], str] = attrgetter("state")


def _spoken_pot(row: AreaRow) -> str:
    return " ".join(filter(None, (f"pot {_pot(row)}", _shared(row))))


def _spoken_start_up(row: AreaRow) -> str:
    return f"start-up money {_start_up(row)}, kept separate"


def _spoken_committed(row: AreaRow) -> str:
    return f"committed already {_committed(row)}"


def _spoken_closes(row: AreaRow) -> str:
    at = f" at {row.dates.closes_time}" if row.dates.closes_time else ""
    return f"applications close {_closes(row)}{at}"


def _spoken_meets(row: AreaRow) -> str:
    return f"panel meets {_meets(row)}"


def _some(pence: int) -> str:
    return money.short_pounds(pence) if pence else NOTHING


def short_day(day: date | None) -> str:
    """Return a day as a table has it: "2 Dec 2026"."""
    return NOTHING if day is None else days.short_day(day)


AREA_COLUMNS: tuple[LineColumn[AreaRow], ...] = (
    LineColumn("area", "Area", _called, _name, is_strong=True),
    LineColumn("pot", "Pot", _pot, _spoken_pot, is_right=True, width=86),
    LineColumn(
        "start_up",
        "Start-up, separate",
        _start_up,
        _spoken_start_up,
        is_right=True,
        width=118,
        gives_way=Gives.FIGURES + 1,
    ),
    LineColumn(
        "committed",
        "Committed",
        _committed,
        _spoken_committed,
        is_right=True,
        width=104,
        gives_way=Gives.FIGURES + 2,
    ),
    LineColumn("closes", "Closes", _closes, _spoken_closes, width=108, gives_way=Gives.WORDS + 2),
    LineColumn("meets", "Panel meets", _meets, _spoken_meets, width=108, gives_way=Gives.WORDS + 1),
    LineColumn("state", "Applications", _state, _state, width=108, gives_way=Gives.STATE),
)
