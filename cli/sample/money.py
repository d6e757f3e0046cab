"""The sample's money of the year: an amount, allocations to every area, one carried forward, one moved."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from models.operation import Actor
from models.operations.awards.budget_changes import Given, allocating, carrying
from models.operations.awards.budget_moves import MoveMoney
from models.operations.set_up.fund_changes import SetFundYear
from models.papers.year.year_end import YearDecision
from models.queries.awards.budget import fund_budget
from models.queries.awards.year_end import fund_number
from models.queries.set_up.funds import FundYearMoney
from models.reference.fund_defaults import FundDefaults
from scoring.round import Area

if TYPE_CHECKING:
    from models.record import Record

BROUGHT, MOVED = 250_000, 100_000
SPARE = 1_000_000
"""What of the fund's amount is not allocated yet."""
BY = "Cora Ellison, Chief Executive"


def allocate(record: "Record", fund: FundDefaults, year: str, areas: Sequence[Area], officer: Actor) -> None:
    """Give each area what its rounds take and as much again as this one; one has some carried forward.

    The first area also gives some of its money to the last.
    """
    number = record.ask(partial(fund_number, fund=fund.name))
    budget = record.ask(partial(fund_budget, key=(number, year)))
    money = {area: budget.of(area.name).committed_pence + area.pot_pence for area in areas}
    given: dict[str, Given | None] = {
        area.name: (pence, area.start_up_pence) for area, pence in money.items()
    }
    shared = sum(pence + area.start_up_pence for area, pence in money.items())
    first, last, on = areas[0].name, areas[-1].name, date(int(year[:4]), 4, 1)
    stands = dict(fund.amounts).get(year)
    replaced = None if stands is None else FundYearMoney(year, stands)
    if stands is None or stands < shared:
        amount = FundYearMoney(year, shared + SPARE)
        record.perform(SetFundYear(fund.code, year, amount, replaced), officer)
    decision = YearDecision(0, 0, "as the Commissioner's budget has it", BY, on)
    made = partial(allocating, fund=fund.name, year=year, given=given, decision=decision)
    record.perform(record.ask(made), officer)
    late = YearDecision(0, 0, "a project of last year began late", BY, on)
    brought: dict[str, Given] = {first: (BROUGHT, None)}
    made = partial(carrying, fund=fund.name, year=year, given=brought, decision=late)
    record.perform(record.ask(made), officer)
    why = f"{last} has more good applications than money"
    record.perform(MoveMoney(fund.name, year, first, last, MOVED, why, BY), officer)
