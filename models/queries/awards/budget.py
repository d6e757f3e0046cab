"""The money of a fund's year by area or service line: what is allocated, and everything that draws on it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import select

from models.papers.year.year_facts import YearDecision
from models.queries.awards.budget_draws import Draws, drawn_plans, year_draws
from models.queries.awards.year_end_figures import Key, YearFigures, round_years, year_figures
from models.queries.rows import columns_of, grouped
from models.queries.set_up.funds import Fund, fund_list, fund_named, fund_rules, fund_year_amount
from models.queries.set_up.rounds import round_gone
from models.schema.monitoring import budget_contribution_table, budget_move_table
from models.schema.set_up import fund_table
from models.session import Session
from models.store.parts import part
from scoring.budget.figures import NOTHING, AreaBudget, FundBudget, Outside
from scoring.budget.spending_plan import SpendingPlan, plan_faults
from scoring.refused import Refused
from scoring.written.names import is_same_text, text_key


class MoveLine(Struct, frozen=True):
    """Money that was moved from one area to another, why and by whose authority (name and post).

    The record holds when it was recorded, and no other day of it.
    """

    number: int
    source: str
    target: str
    amount_pence: int
    reason: str
    authority: str
    recorded_at: datetime


class ContributionLine(Struct, frozen=True):
    """Money that the office gave to an area itself, why, and who recorded it when."""

    number: int
    line: str
    amount_pence: int
    reason: str
    recorded_by: str
    recorded_at: datetime


def moves(session: Session) -> Mapping[Key, tuple[MoveLine, ...]]:
    """Return what was moved in each fund's year, in time."""
    of = budget_move_table
    rows = select(of.c.fund_id, of.c.year, *columns_of(MoveLine, of, number=of.c.id)).order_by(of.c.id)
    return grouped(session, MoveLine, rows, keys=2)


def contributions(session: Session) -> Mapping[Key, tuple[ContributionLine, ...]]:
    """Return what the office gave in each fund's year, in time."""
    of = budget_contribution_table
    columns = columns_of(ContributionLine, of, number=of.c.id)
    rows = select(of.c.fund_id, of.c.year, *columns).order_by(of.c.id)
    return grouped(session, ContributionLine, rows, keys=2)


T = TypeVar("T")


class BudgetPage(Struct, frozen=True):
    """The money of a fund's year with what its sums are of; `usual` are the areas of the fund's rounds."""

    budget: FundBudget
    moves: tuple[MoveLine, ...]
    contributions: tuple[ContributionLine, ...]
    plans: Mapping[str, SpendingPlan]
    authorities: Mapping[str, YearDecision]
    """Who allows an area, or service line, to commit more than its money."""
    usual: tuple[str, ...] = ()
    carried: Mapping[str, YearDecision] = {}
    """What was carried forward into the year by whose decision, by area or service line."""

    def plan_of(self, area: str) -> SpendingPlan | None:
        """Return how a line's share is to be spent, None where nothing of it is recorded."""
        return next((plan for line, plan in self.plans.items() if is_same_text(line, area)), None)

    def plan_faults(self, area: str) -> tuple[str, ...]:
        """Return what is missing or too much in the spending plan of a line, a sentence each."""
        money = (one.allocated_pence for one in self.budget.areas if is_same_text(one.area, area))
        return tuple(plan_faults(self.plan_of(area) or SpendingPlan(), next(money, None)))


def budget_page(session: Session, key: Key) -> BudgetPage:
    """Return the money of a fund's year with its moves and contributions, in a fixed number of statements."""
    moved = moves(session).get(key, ())
    given = contributions(session).get(key, ())
    usual = tuple(area.name for area in fund_rules(session, key[0]).areas)
    facts = _Facts(year_figures(session), key, year_draws(session, key), moved, given, usual)
    name = session.scalars(select(fund_table.c.name).where(fund_table.c.id == key[0])).one()
    amount = fund_year_amount(session, *key)
    budget = FundBudget(name, key[1], amount, facts.areas())
    plans, carried = drawn_plans(session, key), facts.figures.carried_into(key)
    return BudgetPage(budget, moved, given, plans, facts.authorities(), usual, carried)


def fund_budget(session: Session, key: Key) -> FundBudget:
    """Return the money of a fund's year."""
    return budget_page(session, key).budget


def budget_key(session: Session, round_id: int) -> Key:
    """Return the fund's number and the year of which a round is."""
    key = round_years(session).get(round_id)
    if key is None:
        raise round_gone()
    return key


def has_allocation(session: Session, key: Key) -> bool:
    """Whether anything is allocated in a fund's year: else nothing of it is refused."""
    return bool(year_figures(session).allocations_of(key))


def has_year_figures(session: Session, fund_id: int) -> bool:
    """Whether anything is recorded of a fund's years: lines, decisions, moves or contributions."""
    figures = year_figures(session)
    keys = (*figures.lines, *figures.ends, *moves(session), *contributions(session))
    return any(number == fund_id for number, _ in keys)


@part
def year_left(session: Session, round_id: int) -> FundBudget | None:
    """Return the money of a round's year for the pages that spend it, None where nothing is allocated."""
    key = budget_key(session, round_id)
    return fund_budget(session, key) if has_allocation(session, key) else None


def round_budget(session: Session, round_id: int) -> FundBudget:
    """Return the money of the fund's year of which a round is."""
    return fund_budget(session, budget_key(session, round_id))


class _Facts(Struct, frozen=True):
    figures: YearFigures
    key: Key
    draws: Mapping[str, Draws]
    moved: tuple[MoveLine, ...]
    given: tuple[ContributionLine, ...]
    usual: tuple[str, ...]

    def areas(self) -> tuple[AreaBudget, ...]:
        """Return the areas in the order of the rounds, then of lines, of the fund and of allocations.

        Names of the same text are one area, spelt as its allocation has it, or else as its first round.
        """
        allocations = self.figures.allocations_of(self.key)
        allocated = set(map(text_key, allocations))
        listed = [*self.draws, *(line.name for line in self.figures.lines_of(self.key))]
        listed += [*(name for name in self.usual if text_key(name) in allocated), *allocations]
        listed += self.figures.brought_of(self.key)
        listed += [line for line, _ in self.figures.ends_of(self.key) if line]
        listed += [name for one in self.moved for name in (one.source, one.target)]
        listed += [one.line for one in self.given]
        spelt = {text_key(name): name for name in (*reversed(listed), *allocations)}
        return tuple(self._area(spelt[of]) for of in dict.fromkeys(map(text_key, listed)))

    def _area(self, name: str) -> AreaBudget:
        of = text_key(name)
        draws = [found for area, found in self.draws.items() if text_key(area) == of]
        lines = [line for line in self.figures.lines_of(self.key) if text_key(line.name) == of]
        beside = Draws(outside=Outside(sum(line.committed_pence for line in lines)))
        draw = sum(draws, beside)
        return AreaBudget(
            area=name,
            allocation=_named(self.figures.allocations_of(self.key), of, None),
            carried=_named(self.figures.brought_of(self.key), of, NOTHING),
            moved_in_pence=sum(one.amount_pence for one in self.moved if text_key(one.target) == of),
            moved_out_pence=sum(one.amount_pence for one in self.moved if text_key(one.source) == of),
            rounds=draw.rounds,
            outside=draw.outside,
            contributed_pence=sum(one.amount_pence for one in self.given if text_key(one.line) == of),
            allowed_pence=self._allowed(of),
        )

    def authorities(self) -> dict[str, YearDecision]:
        """Return who allows a line more than its money, by line."""
        ends = self.figures.ends_of(self.key).items()
        return {line: end.authority for (line, _), end in ends if line and end.authority is not None}

    def _allowed(self, of: str) -> int:
        return sum(one.pence for line, one in self.authorities().items() if text_key(line) == of)


def _named(values: Mapping[str, T], of: str, default: T) -> T:
    return next((value for name, value in values.items() if text_key(name) == of), default)


def chosen_budget(session: Session, fund: str | None, year: str | None) -> tuple[str, str]:
    """Return the fund, by its name of today, and the year; a fund goes by any of its names and its code.

    Without a fund it is the only one with rounds or allocations, without a year the newest that has some.
    """
    used = {*year_figures(session).keys, *round_years(session).values()}
    used = {(number, label) for number, label in used if label}
    chosen = _sole_fund(session, used) if fund is None else fund_named(session, fund)
    years = sorted(label for number, label in used if number == chosen.fund_id)
    if year is None and not years:
        raise Refused(f"{chosen.name} has no rounds and no allocations yet. Name the year, such as 2026/27.")
    return chosen.name, year or years[-1]


def _sole_fund(session: Session, used: Iterable[Key]) -> Fund:
    funds, numbers = fund_list(session), {number for number, _ in used}
    found = [one for one in funds if one.fund_id in numbers] or funds
    if len(found) != 1:
        named = ", ".join(fund.name for fund in funds) or "none yet"
        raise Refused(f"Name the fund whose money is meant. The funds: {named}.")
    return found[0]
