"""What the workbook and the PDF of the year tables both say."""

from collections.abc import Iterable

from models.papers.status import PaperStatus
from models.papers.year.year_facts import year_ends_on
from models.papers.year.year_tables import Check, YearTable, in_words
from scoring.money import without_noughts
from scoring.written.days import full_day

DIFFERENCES, CHECKS = "Differences", "Checks"
DIFFERENCES_ARE = (
    "Where a printed paper has a different figure from what its rows or its other tables add up to. "
    "The tables above have what the rows add up to."
)
NO_DIFFERENCE = "No printed figure differs from what its rows come to."
CHECKS_ARE = "Every sum of the printed tables that was worked out again, those that agree included."
UNITS = {"pounds": "£", "count": "rows", "percent": "%"}


def fund_and_year(table: YearTable) -> str:
    """Return whose a table is: "Active Citizens Fund 2016/17"."""
    return f"{table.fund} {table.year}".rstrip()


def printed_words(check: Check) -> tuple[str, str, str]:
    """Return what is computed, what is printed, and the difference, as read: pence where one has some."""
    figures = (check.computed, check.printed, check.difference)
    computed, printed, difference = (in_words(check.unit, figure) for figure in figures)
    if any(figure % 100 for figure in figures):
        return computed, printed, difference
    return without_noughts(computed), without_noughts(printed), without_noughts(difference)


def up_to_now(tables: Iterable[YearTable], status: PaperStatus) -> str:
    """Return up to which day figures go whose year is not over on the paper's day, "" where each is over.

    What is printed of a year was printed once and goes up to no day of this paper.
    """
    years = sorted({table.year for table in tables if not table.is_printed})
    ends = ((year, year_ends_on(year)) for year in years)
    return " ".join(
        f"The figures of {year} go up to {full_day(status.dated)}: the year ends on {full_day(end)}."
        for year, end in ends
        if end is not None and status.dated < end
    )
