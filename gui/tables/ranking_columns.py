"""Declare the columns of the ranked table."""

from gui.tables.columns import Column
from gui.tables.ranking_rows import TableRow

PLACE = "place"
APPLICANT = "applicant"
TOTAL = "total"
AMOUNT = "amount"
RUNNING = "running"
OUTCOME = "outcome"

BAR_WIDTH = 48
"""The quality and cost bar beside the total; the first thing to give way."""


def _place(row: TableRow) -> str:
    return row.words if row.spans else row.place


def _applicant(row: TableRow) -> str:
    return row.organisation


def _total(row: TableRow) -> str:
    return row.total


def _amount(row: TableRow) -> str:
    return row.amount


def _running(row: TableRow) -> str:
    return row.running


def _outcome(row: TableRow) -> str:
    return row.chip.word if row.chip else ""


def _spoken_row(row: TableRow) -> str:
    return row.spoken


def _spoken_applicant(row: TableRow) -> str:
    return f"{row.organisation}, {row.under}"


def _spoken_total(row: TableRow) -> str:
    return f"total {row.total}" if row.total else "no total"


def _spoken_amount(row: TableRow) -> str:
    return f"{row.amount} {row.asked}" if row.amount else row.asked


def _spoken_running(row: TableRow) -> str:
    return f"running total {row.running}" if row.running else "no running total"


def _outcome_tip(row: TableRow) -> str:
    return f"{_outcome(row)}: {row.tip}" if row.chip and row.tip else ""


def _tip(row: TableRow) -> str:
    return row.tip


def _full_name(row: TableRow) -> str:
    return f"{row.organisation}\n{row.under}" if row.organisation else ""


RANKING_COLUMNS = (
    Column(PLACE, "Place", _place, _spoken_row, width=58),
    Column(APPLICANT, "Applicant and project", _applicant, _spoken_applicant, _full_name),
    Column(TOTAL, "Total", _total, _spoken_total, width=118),
    Column(AMOUNT, "Recommend", _amount, _spoken_amount, _tip, is_right=True, width=112),
    Column(RUNNING, "Running total", _running, _spoken_running, is_right=True, width=112),
    Column(OUTCOME, "Outcome", _outcome, _outcome, _outcome_tip, width=136),
)
