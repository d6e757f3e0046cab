"""Which tables of a year have a chart, and of which of their columns: one answer for PDF and workbook."""

from exchange.xlsx.xlsx_sheets import SheetChart
from models.papers.year.round_year import SIZES
from models.papers.year.year_rules import BUDGET, EXPENDITURE
from models.papers.year.year_tables import YearTable

BY_SIZE = ("Number of awards by size", "How many awards there are of each size.")
SPENT = ("Spend against budget", "What was spent of each budget, start-up money included.")


def chart_of_table(table: YearTable) -> SheetChart | None:
    """Return spend against budget, or how many awards of each size there are; None where it has neither."""
    budget, spent = table.column(BUDGET), table.column(EXPENDITURE)
    if not (table.rows and table.is_charted):
        return None
    if table.code == SIZES:
        return SheetChart(*BY_SIZE, (1,))
    if budget is None or spent is None:
        return None
    return SheetChart(*SPENT, (budget, spent), is_money=True)
