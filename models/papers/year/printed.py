"""The tables that earlier papers printed, as they are worked out, and the headings that ours have from them.

`resources/history/worked-out.json` holds them: each table with our totals, variances and shares, and every
check of what is printed. `tests/oracle/printed_years.py` works them out and writes that file.
"""

from collections.abc import Collection
from functools import cache

from msgspec import Struct, json

import resources
from models.papers.order import Texts
from models.papers.year.summed_tables import Check, YearTable

COMMITTED_LESS = "Budget to Commitment Variance £"
SPENT_LESS = "Budget to Expenditure Variance £"
BUDGET = "Grant Budget including Start-up £"
COMMITMENT = "Commitment £"
EXPENDITURE = "Expenditure £"
PROJECTS = "No. of Projects"
KNOWN = "No. of Organisations previously received funding"
LOWEST, HIGHEST, AVERAGE = (
    "Lowest Project Cost £",
    "Highest Project Cost £",
    "Average Cost of Projects £",
)


class PrintedYears(Struct, frozen=True):
    """The tables, and their checks, each with the codes of all tables of its fund and year that it is of."""

    tables: tuple[YearTable, ...]
    checks: tuple[tuple[Texts, Check], ...]

    def those(self, keys: Collection[tuple[str, str, str]]) -> tuple[list[YearTable], list[Check]]:
        """Return the tables of these keys (fund, year, code), in their order, and what is checked of them."""
        known, there = {table.key: table for table in self.tables}, {*keys}
        checks = (one for codes, one in self.checks if {(one.fund, one.year, of) for of in codes} <= there)
        return [known[key] for key in keys if key in known], list(checks)


@cache
def printed_years() -> PrintedYears:
    return json.decode(resources.text("history/worked-out.json"), type=PrintedYears)
