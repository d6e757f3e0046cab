"""The tables of a year over all its funds: what each has, was allocated and spent, and their amounts."""

from collections.abc import Sequence

from models.papers.year.printed_year import with_shares
from models.papers.year.summed_tables import LONG, POUNDS, TEXT, carried_words, columns_of, summed
from models.papers.year.year_facts import FundAmount, FundYear
from models.papers.year.year_rules import EXPENDITURE, SHARE
from models.papers.year.year_tables import YearCell, YearColumn, YearTable, total

ALL_FUNDS = "All funds"
FUNDS = "Funds"
_BEYOND = "What was awarded beyond them without a competition is in it. "


def scheme_table(year: str, funds: Sequence[FundYear]) -> YearTable:
    """Return Table 1: each fund of the year with its budget, what was spent, and what is left."""
    rows: list[tuple[YearCell, ...]] = []
    for of in funds:
        grant = sum(pot.budget_pence + pot.brought_pence for pot in of.pots)
        spent = sum(of.spent_of(pot.area) for pot in of.pots)
        decided = [of.carried_of(pot.area) for pot in of.pots]
        onward = total(decided) if any(one is not None for one in decided) else None
        budget = grant if of.amount_pence is None else of.amount_pence
        rows.append((of.fund, budget, grant, spent, onward))
    gave = sum(of.given_spent_pence for of in funds)
    base = (
        "Budget is the fund's amount for the year, else its grant. Grant is what is allocated to areas and "
        "lines, start-up money in it, and what was brought forward. Where nothing is allocated, it is the "
        "pots of the rounds. Expenditure is what was recorded at the year's end, else what was paid"
        f"{', less what the office itself gave' if gave else ''}. "
        f"{_BEYOND if any(pot.beyond_pence for of in funds for pot in of.pots) else ''}"
        f"{carried_words(row[-1] for row in rows)}"
    )
    heads = ("Budget £", "Grant £", EXPENDITURE, "Carry Forward £")
    return summed("Table 1", "Grants by Fund", (ALL_FUNDS, year), base, columns_of("Scheme", heads), rows)


def amounts_table(year: str, amounts: Sequence[FundAmount]) -> YearTable:
    """Return the amounts of every fund for a year, with each one's share."""
    columns = (
        YearColumn("Fund", TEXT),
        YearColumn("Source of money", LONG),
        YearColumn("Amount £", POUNDS),
    )
    rows = [(line.fund, line.money, line.amount_pence) for line in amounts]
    base = "The amount that each fund has for the year."
    table = summed(FUNDS, "Amounts of the Funds", (ALL_FUNDS, year), base, columns, rows)
    return with_shares(table, 2, SHARE)
