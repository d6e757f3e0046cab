"""The budgets of years and funds, and what draws on each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from models.papers.year.year_facts import NO_AREA, YearDecision
from models.queries.applications.applications import ApplicationHead, application_heads, awarded
from models.queries.awards.variations import award_money
from models.queries.awards.year_end_figures import (
    Key,
    YearFigures,
    paid_by_award,
    returned_by_award,
    round_years,
    year_figures,
)
from models.queries.deciding.allowances import given_amounts, pot_uses, year_allowances
from models.queries.deciding.decisions import half_decided
from models.queries.rows import round_gone, rows_by
from models.queries.set_up.funds import Fund, fund_list, fund_named, fund_value
from models.queries.set_up.rounds import rounds_of_year
from models.reference.reporting import year_of
from models.schema.awards import budget_contribution_table, budget_move_table, spending_plan_table
from models.session import Session, untold
from models.store.locks.signing_on import with_figures
from models.store.parts import part
from models.values.awards import Returned
from models.values.direct_award import Route
from models.values.rounds import RoundLine
from models.values.stored import read_or
from scoring.allocating.allocation import areas_money
from scoring.allocating.over_pot import Overspend, rested_on
from scoring.budget.figures import (
    NOTHING,
    AreaBudget,
    AwardMoney,
    FundBudget,
    Outside,
    Purses,
    RoundDraw,
    added,
)
from scoring.budget.limits import PlanLine, SpendingPlan, plan_faults
from scoring.ranking import Allowance, PotUse
from scoring.round import Area
from scoring.scheme import Scheme
from scoring.written.names import is_same_text, text_key
from scoring.written.text import Refused

Cell = tuple[int, str]
"""A round's number and an area's name."""


Piece = tuple[str, dict[str, Any]]
"""The name of an area, and what counts towards its budget, by the field of `AreaBudget`."""


def year_draws(session: Session, key: Key) -> list[Piece]:
    """Return what draws on each area of a fund's year, in the order of its rounds."""
    rounds = {line.round_id: line for line in rounds_of_year(session, key)}
    areas = {(number, area.name): area for number, line in rounds.items() for area in line.areas}
    with ExitStack() as figures:
        for number in rounds:
            figures.enter_context(with_figures(session, number, to_rank=True))
        draws, outside = _award_draws(session, key)
    used = {cell: draw.used_pence for cell, draw in draws.items()}
    shared, found = dict(_shared(rounds.values(), used)), list[Piece]()
    for cell in dict.fromkeys((*areas, *draws)):
        line, pot = rounds[cell[0]], areas.get(cell)
        own, whose = shared.get(cell, (0 if pot is None else pot.pot_pence, ()))
        draw = replace(
            draws.get(cell, _NO_DRAW),
            name=line.name,
            is_open=line.stage == "open",
            pot_pence=own,
            earlier_pence=0 if pot is None else pot.committed_pence,
            shared_with=whose,
            is_set_up=line.stage == "set up",
        )
        found.append((cell[1], {"rounds": (draw,)}))
    return [*found, *((area, {"outside": beside}) for area, beside in outside)]


_NO_MONEY = AwardMoney(0)
_NO_DRAW = RoundDraw("", is_open=False, pot_pence=0)


def _award_draws(
    session: Session, key: Key
) -> tuple[Mapping[Cell, RoundDraw], Sequence[tuple[str, Outside]]]:
    """Return what awards of a fund's year draw, less what came back in it, by round and area.

    And by area what is of no round of the year: start-up money, of which what came back is there again, and
    what came back of awards of earlier years.
    """
    draws, outside = dict[Cell, RoundDraw](), list[tuple[str, Outside]]()
    for one in _award_sums(session, key[0]):
        came, is_own = sum(of.amount_pence for of in one.returned(key[1])), one.year == key[1]
        given, was_paid = (one.money, one.paid_pence) if is_own else (_NO_MONEY, 0)
        if not any((given.held_pence, was_paid, came)):
            continue
        decided, paid = given.agreed_pence - came, was_paid - came
        waits = {"adds_pence": given.adds_pence, "frees_pence": given.frees_pence}
        if one.is_start_up:
            outside.append((one.cell[1], Outside(start_up_pence=decided, paid_pence=paid, **waits)))
        elif is_own:
            draw = replace(_NO_DRAW, decided_pence=decided, paid_pence=paid, **waits)
            draws[one.cell] = added(draws.get(one.cell, _NO_DRAW), draw)
        else:
            outside.append((one.cell[1], Outside(recovered_pence=came)))
    return draws, outside


class _AwardSum(NamedTuple):
    """An award of a fund in its year, its money, what was paid of it, and what came back by day.

    An application without one is among them that a decision not signed by all gives money. One that was
    withdrawn has no money.
    """

    on: ApplicationHead
    year: str
    money: AwardMoney
    paid_pence: int
    back: Sequence[Returned]

    @property
    def cell(self) -> Cell:
        return self.on.round_id, self.on.area or NO_AREA

    def returned(self, year: str) -> list[Returned]:
        return [one for one in self.back if year_of(one.on) == year]

    @property
    def is_start_up(self) -> bool:
        return self.on.route == Route.START_UP.value


def _award_sums(session: Session, fund_id: int) -> Iterator[_AwardSum]:
    """Yield the sums of each award of a fund, and of what is to become one, by round."""
    paid, back = paid_by_award(session), returned_by_award(session)
    years, money = round_years(session), award_money(session)
    half = half_decided(session)
    heads = application_heads(session) if half else ()
    without = (one for one in heads if one.number in half and not one.award)
    for one in sorted((*awarded(session), *without), key=attrgetter("round_id", "number")):
        fund, year = years[one.round_id]
        if fund == fund_id:
            own = _NO_MONEY if one.withdrawn else money[one.number]
            yield _AwardSum(one, year, own, paid.get(one.number, 0), back.get(one.number, ()))


def half_decided_awards(session: Session, key: Key) -> Iterator[tuple[ApplicationHead, int]]:
    """Yield of a fund's year each application without an award that a decision not signed by all gives money.

    With its pence.
    """
    for one in _award_sums(session, key[0]):
        if one.year == key[1] and not one.on.award and one.money.adds_pence:
            yield one.on, one.money.adds_pence


def _shared(
    rounds: Iterable[RoundLine], used: Mapping[Cell, int]
) -> Iterator[tuple[Cell, tuple[int, tuple[str, ...]]]]:
    """Yield each area's part of a pot that several share, by what is used in each, and who they are."""
    for line in rounds:
        money = [Area(of.name, of.pot_pence, 0, of.committed_pence, of.shared_pot) for of in line.areas]
        given = {area.name: used.get((line.round_id, area.name), 0) for area in money}
        for use in areas_money(money, Scheme(()), given):
            if use.shared_with:
                yield (line.round_id, use.area), (use.pot_pence, use.shared_with)


_plans = rows_by(SpendingPlan, spending_plan_table, "fund_id year line")


def spending_plans(session: Session, key: Key) -> Mapping[str, SpendingPlan]:
    """Return the plans of a fund's year by line, in the order of their names."""
    return {
        line: replace(plan, lines=read_or("spending_plans.lines", str(plan.lines), ()))
        for (*of, line), (plan,) in _plans(session).items()
        if tuple(of) == key
    }


def drawn_plans(session: Session, key: Key) -> Mapping[str, SpendingPlan]:
    """Return the plans with what is awarded and spent as it stands, where a line names an award."""
    plans = spending_plans(session, key)
    if not any(line.award for plan in plans.values() for line in plan.lines):
        return plans
    sums = award_sums(session, key)
    return {
        of: replace(plan, lines=tuple(_drawn(line, sums) if line.award else line for line in plan.lines))
        for of, plan in plans.items()
    }


def award_sums(session: Session, key: Key) -> Mapping[str, tuple[int, int]]:
    """Return what each award of a fund's year stands at, as agreed, and what is paid of it, in pence.

    An award is found by its own reference and by its application's, in any case; one that was withdrawn
    stands at nothing.
    """
    found: dict[str, tuple[int, int]] = {}
    for one in (one for one in _award_sums(session, key[0]) if one.year == key[1]):
        returned = sum(came.amount_pence for came in one.back)
        sums = 0 if one.on.withdrawn else one.money.agreed_pence - returned, one.paid_pence - returned
        found |= {text_key(name): sums for name in (one.on.award, one.on.reference)}
    return found


def _drawn(line: PlanLine, sums: Mapping[str, tuple[int, int]]) -> PlanLine:
    awarded, spent = sums.get(text_key(line.award), (0, 0))
    return replace(line, awarded_pence=awarded, spent_pence=spent)


class MoveLine(Struct, frozen=True):
    """Money that was moved from one area to another, why and by whose authority (name and post).

    The record holds when it was recorded, and no other day of it.
    """

    source: str
    target: str
    amount_pence: int
    reason: str
    authority: str
    recorded_at: datetime


class ContributionLine(Struct, frozen=True):
    """Money that the office gave to an area itself, why, and when that was recorded."""

    line: str
    amount_pence: int
    reason: str
    recorded_at: datetime


moves = rows_by(MoveLine, budget_move_table, "fund_id year", "id")
"""What was moved in each fund's year, in time."""
contributions = rows_by(ContributionLine, budget_contribution_table, "fund_id year", "id")
"""What the office gave in each fund's year, in time."""


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


Own = tuple[int, Collection[str]]
"""The round, and the applications in it, whose own authorities a change may use."""
NOBODY: Own = (0, ())


def budget_page(session: Session, key: Key, own: Own = NOBODY) -> BudgetPage:
    """Return the money of a fund's year with its moves and contributions, in a fixed number of statements.

    What was allowed for the `own` applications of a change is tied to no other award.
    """
    moved = moves(session).get(key, ())
    given = contributions(session).get(key, ())
    fund = fund_value(session, key[0])
    usual = tuple(area.name for area in fund.rules.areas)
    figures = year_figures(session)
    authorities = figures.decided(key, "authority")
    plans, carried = drawn_plans(session, key), figures.decided_before(key, "carried")
    year = fund.year(key[1])
    amount = None if year is None else year.amount_pence
    whole = FundBudget(fund.name, key[1], amount, without=left_out(session, key))
    page = BudgetPage(whole, moved, given, plans, authorities, usual, carried)
    tied = tuple(_tied(session, key, own))
    areas = tuple(_areas(page, figures, key, [*year_draws(session, key), *tied]))
    return replace(page, budget=replace(whole, areas=areas))


def left_out(session: Session, key: Key) -> tuple[str, ...]:
    """Return the applications of a fund's year whose proposals the sums in hand leave out."""
    years = round_years(session)
    return tuple(sorted(one.reference for one in untold(session) if years[one.round_id] == key))


def _tied(session: Session, key: Key, own: Own) -> Iterator[Piece]:
    """Yield what is allowed with awards over the money of each area of a fund's year."""
    for line in rounds_of_year(session, key):
        for one in year_allowances(session, line.round_id):
            is_own = line.round_id == own[0] and one.is_for(own[1])
            yield one.area, {"allowed_pence": one.pence, "tied_pence": 0 if is_own else one.pence}


def fund_budget(session: Session, key: Key, own: Own = NOBODY) -> FundBudget:
    return budget_page(session, key, own).budget


def overspends(session: Session, key: Key) -> tuple[Overspend, ...]:
    """Return who allows money over the budgets of a fund's year, by area: of the year, then of rounds."""
    return tuple(sorted(_overspends(session, key), key=lambda one: (one.allowed.area, not one.year)))


def _overspends(session: Session, key: Key) -> Iterator[Overspend]:
    page, rounds = budget_page(session, key), rounds_of_year(session, key)
    tied = [one for line in rounds for one in year_allowances(session, line.round_id)]
    for area in page.budget.with_allocation:
        free = (one for name, one in page.authorities.items() if is_same_text(name, area.area))
        own = [as_allowance(area.area, one) for one in free]
        own += [one for one in tied if is_same_text(one.area, area.area)]
        money = PotUse(area.area, area.project_pence or 0, 0, area.project_committed_pence)
        used = rested_on(money._replace(allowances=tuple(own)))
        yield from (Overspend(one, pence, year=key[1]) for one, pence in used)
    for line in rounds:
        for use in pot_uses(session, line.round_id, given_amounts(session, line.round_id)):
            yield from (Overspend(one, pence, round=line.name) for one, pence in rested_on(use))


def year_overspends(session: Session, round_id: int, awards: Collection[str]) -> tuple[Overspend, ...]:
    """Return who allowed money over that of the year for some awards of a round, by their applications."""
    own = [one for one in year_allowances(session, round_id) if one.is_for(awards)]
    key = budget_key(session, round_id)
    used = {one.allowed: one for one in overspends(session, key) if one.year} if own else {}
    return tuple(used.get(one, Overspend(one, 0, year=key[1])) for one in own)


def as_allowance(area: str, one: YearDecision) -> Allowance:
    """Return who lets an area commit more than its money of a year, as an authority."""
    name, _, post = one.decided_by.partition(",")
    return Allowance(area, one.pence, name.strip(), post.strip(), one.reason, one.decided_on)


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


def round_budget(session: Session, round_id: int, own: Collection[str] = ()) -> FundBudget:
    """Return the money of a round's year, for a change of awards on its `own` applications."""
    return fund_budget(session, budget_key(session, round_id), (round_id, own))


def _areas(page: BudgetPage, figures: YearFigures, key: Key, draws: Iterable[Piece]) -> Iterator[AreaBudget]:
    """Yield the areas in the order of the rounds, then of lines, of the fund and of allocations.

    Names of the same text are one area, spelt as its allocation has it, or else as its first round.
    """
    allocations, brought = figures.allocations_of(key), figures.brought_of(key)
    allocated, carried = _by_text(allocations), _by_text(brought)
    usual = (name for name in page.usual if text_key(name) in allocated)
    ends = (line for line, _ in figures.ends_of(key) if line)
    pieces: list[Piece] = [
        *draws,
        *((line.name, {"outside": Outside(line.committed_pence)}) for line in figures.lines_of(key)),
        *((name, {}) for name in (*usual, *allocations, *brought, *ends)),
        *((line, {"allowed_pence": one.pence}) for line, one in page.authorities.items()),
        *(piece for one in page.moves for piece in _moved(one)),
        *((one.line, {"contributed_pence": one.amount_pence}) for one in page.contributions),
    ]
    spelt = {text_key(name): name for name in (*(name for name, _ in reversed(pieces)), *allocations)}
    sums: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, piece in pieces:
        own = sums[text_key(name)]
        own |= {field: own[field] + value if field in own else value for field, value in piece.items()}
    for of, own in sums.items():
        yield AreaBudget(spelt[of], allocated.get(of), carried.get(of, NOTHING), **own)


def _moved(one: MoveLine) -> tuple[Piece, Piece]:
    out, into = {"moved_out_pence": one.amount_pence}, {"moved_in_pence": one.amount_pence}
    return (one.source, out), (one.target, into)


def _by_text(values: dict[str, Purses]) -> dict[str, Purses]:
    """Return them by the text of their names, the first of each."""
    return {text_key(name): value for name, value in reversed(values.items())}


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
