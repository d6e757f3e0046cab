"""What the workbook and the PDF of the year tables both say."""

from models.papers.year.year_tables import Check, YearTable, in_words

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
    """Return what is computed, what is printed, and the difference, as read."""
    figures = (check.computed, check.printed, check.difference)
    computed, printed, difference = (in_words(check.unit, figure) for figure in figures)
    return computed, printed, difference
