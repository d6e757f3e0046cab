"""Declare the columns of the ranked table."""

from collections.abc import Callable, Collection
from functools import partial
from operator import attrgetter

from gui.tables.columns import Column
from gui.tables.ranking.rows import TableRow

PLACE = "place"
APPLICANT = "applicant"
TOTAL = "total"
HOLDS = "holds"
AMOUNT = "amount"
RUNNING = "running"
OUTCOME = "outcome"
ASKED = "asked"
QUALITY = "quality"
COST = "cost"
SPREAD = "spread"
SHEETS = "sheets"
EACH = "each"
IS_FOR = "for"
"""What an application is for: the only further column of words, cut where it is too long."""

BAR_WIDTH = 42
"""The quality and cost bar beside the total; the first thing to give way."""


def _place(row: TableRow) -> str:
    return row.words if row.spans else row.place


_applicant: Callable[[TableRow], str] = attrgetter("organisation")
_total: Callable[[TableRow], str] = attrgetter("total")


def _holds(row: TableRow) -> str:
    return row.badge.word if row.badge else ""


def _spoken_holds(row: TableRow) -> str:
    return row.badge.tip if row.badge else ""


_amount: Callable[[TableRow], str] = attrgetter("amount")
_running: Callable[[TableRow], str] = attrgetter("running")


def _outcome(row: TableRow) -> str:
    return row.chip.word if row.chip else ""


def _own_place(row: TableRow) -> str:
    return "" if row.spans or not row.place else f"Place {row.place.replace('=', 'equal ')}"


_spoken_row: Callable[[TableRow], str] = attrgetter("spoken")


def _spoken_applicant(row: TableRow) -> str:
    words = f"{row.organisation}, {row.under}"
    return f"{words}, {row.missing.word.lower()} yet" if row.missing else words


def _spoken_total(row: TableRow) -> str:
    return f"total {row.total}" if row.total else "no total"


def _spoken_amount(row: TableRow) -> str:
    return row.spoken_amount


def _spoken_running(row: TableRow) -> str:
    return f"running total {row.running}" if row.running else "no running total"


def _outcome_tip(row: TableRow) -> str:
    return f"{_outcome(row)}: {row.tip}" if row.chip and row.tip else ""


_tip: Callable[[TableRow], str] = attrgetter("tip")


def _full_name(row: TableRow) -> str:
    lines = (row.organisation, row.under, f"{row.missing.word} yet" if row.missing else "")
    return "\n".join(filter(None, lines)) if row.organisation else ""


RANKING_COLUMNS = (
    Column(PLACE, "Place", _place, _spoken_row, width=53, own=_own_place),
    Column(APPLICANT, "Applicant and project", _applicant, _spoken_applicant, _full_name, brief="Applicant"),
    Column(TOTAL, "Total", _total, _spoken_total, width=112),
    Column(HOLDS, "How secure?", _holds, _spoken_holds, _spoken_holds, width=92, brief="Secure", own=_holds),
    Column(AMOUNT, "Recommend", _amount, _spoken_amount, _tip, is_right=True, width=108),
    Column(RUNNING, "Running total", _running, _spoken_running, is_right=True, width=104),
    Column(OUTCOME, "Outcome", _outcome, _outcome, _outcome_tip, width=134, brief="Result"),
)


def _figure(name: str, row: TableRow) -> str:
    return row.extra.get(name, "")


def _spoken_figure(name: str, words: str, row: TableRow) -> str:
    return words.format(_figure(name, row)) if row.extra else ""


def _spoken_sheets(row: TableRow) -> str:
    words = "{} sheet counts" if _figure(SHEETS, row) == "1" else "{} sheets count"
    return _spoken_figure(SHEETS, words, row)


def _column(name: str, heading: str, spoken: str, width: int) -> Column[TableRow]:
    """Return the column of a further figure; `spoken` says it, the figure standing for {}."""
    told = partial(_spoken_figure, name, spoken)
    return Column(name, heading, partial(_figure, name), told, is_right=True, width=width)


_is_for = partial(_figure, IS_FOR)

EXTRA_COLUMNS = (
    _column(ASKED, "Requested", "requested {}", 92),
    _column(QUALITY, "Quality", "quality {} of 100", 72),
    _column(COST, "Cost", "cost {} of 100", 68),
    _column(SPREAD, "Spread", "widest spread {}", 68),
    Column(SHEETS, "Sheets", partial(_figure, SHEETS), _spoken_sheets, is_right=True, width=66),
    _column(EACH, "Per person", "{} for each person", 86),
    Column(IS_FOR, "What it is for", _is_for, partial(_spoken_figure, IS_FOR, "for {}"), _is_for, width=150),
)
EXTRA_NAMES = tuple(column.name for column in EXTRA_COLUMNS)


def chosen_columns(names: Collection[str]) -> tuple[Column[TableRow], ...]:
    """Return the table's columns with the further ones that are chosen, the outcome last."""
    further = (column for column in EXTRA_COLUMNS if column.name in names)
    return (*RANKING_COLUMNS[:-1], *further, RANKING_COLUMNS[-1])
