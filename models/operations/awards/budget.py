"""The money of a fund's year: what a change asks first, virement, contributions and spending plans."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec.structs import replace
from sqlalchemy import Table

from models.operation import Outcome
from models.operations.awards.year_end import DecideYearEnd, DecisionChange, current, the_key
from models.operations.deciding.signing import refuse_more
from models.operations.operation_base import (
    SETTING,
    MadeTogether,
    RegisteredOperation,
    check_stated,
    remove_newest,
)
from models.papers.year.year_facts import ALLOCATION, CARRY, NOTHING_RECORDED, OVER, YearDecision
from models.queries.awards.budget import (
    NOBODY,
    Own,
    award_sums,
    budget_key,
    fund_budget,
    has_allocation,
    spending_plans,
)
from models.queries.awards.year_end_figures import Key, year_figures
from models.queries.deciding.allowances import given_amounts
from models.reference.reporting import year_after
from models.schema.awards import budget_contribution_table, budget_move_table, spending_plan_table
from models.schema.forms import LARGEST
from models.session import Session, Values, actor_name, put_new, replace_row, row_of, stamp
from models.trouble import refuse
from models.values import canonical
from scoring.budget.figures import AreaBudget, FundBudget
from scoring.budget.limits import (
    PlanLine,
    SpendingPlan,
    check_share,
    lowered_words,
    move_refusal,
    purse_of,
    spending_refusals,
)
from scoring.money import pounds
from scoring.written.names import is_same_text, post_fault, text_key
from scoring.written.text import Refused

Given = tuple[int | None, int | None]
"""Project money and start-up money in pence; None is as it stands."""


def the_year(session: Session, fund: str, year: str) -> tuple[Key, FundBudget]:
    """Return a fund's year and its money; refused where there is no such fund or year."""
    key = the_key(session, fund, year)
    return key, fund_budget(session, key)


def the_line(budget: FundBudget, name: str) -> AreaBudget:
    """Return an area or service line of a fund's year by its name; refused where there is none."""
    for area in budget.areas:
        if is_same_text(area.area, name):
            return area
    known = ", ".join(area.area for area in budget.areas) or "none yet"
    raise Refused(f"{budget.fund} has no area “{name}” in {budget.year}. Its areas: {known}.")


def check_pounds(pence: int, what: str) -> None:
    if not 0 < pence <= LARGEST:
        raise Refused(f"{what} is an amount above £0.00. Correct the amount.")


def allocating(
    session: Session, fund: str, year: str, given: Mapping[str, Given | None], decision: YearDecision
) -> DecideYearEnd:
    """Return the change that allocates money to areas or service lines of a fund's year; None takes it out.

    `decision` says by whom and when it is decided; its amounts are not looked at.
    """
    return _deciding(session, fund, year, ALLOCATION, given, decision)


def carry_forward_change(
    session: Session, fund: str, year: str, given: Mapping[str, Given], decision: YearDecision
) -> DecideYearEnd:
    """Return the change that carries money forward into a fund's year; refused where some is already."""
    change = _deciding(session, fund, year, CARRY, given, decision)
    for one in change.changes:
        if one.before is not None:
            raise Refused(
                f"{pounds(one.before.whole_pence)} is carried forward to {one.line} in {year} already, "
                f"decided by {one.before.decided_by}. It is entered only once; change it on Year end."
            )
    return change


def _deciding(
    session: Session,
    fund: str,
    year: str,
    deed: str,
    given: Mapping[str, Given | None],
    decision: YearDecision,
) -> DecideYearEnd:
    """Return the change that decides at the end of the year before what lines of a fund's year get."""
    key, budget = the_year(session, fund, year)
    ends = year_figures(session).ends_of((key[0], year_after(year, -1)))
    changes = []
    for said, money in given.items():
        name = _spelt(budget, said)
        before = current(ends.get((name, ""), NOTHING_RECORDED), deed)
        now = None if money is None else _given(money, before, decision)
        changes.append(DecisionChange(deed, name, "", now, before))
    return DecideYearEnd(fund, year_after(year, -1), tuple(changes))


def _spelt(budget: FundBudget, name: str) -> str:
    """Return a name as the year has it already, else as it is."""
    return next((area.area for area in budget.areas if is_same_text(area.area, name)), name.strip())


def over_commitment_change(
    session: Session, fund: str, year: str, line: str, decision: YearDecision | None
) -> DecideYearEnd:
    """Return the change that lets an area commit more than its project money, in place of an earlier one."""
    if decision is not None:
        name, _, post = decision.decided_by.partition(",")
        refuse(post_fault("the person who allows it", name, post))
    key, budget = the_year(session, fund, year)
    name = _spelt(budget, line)
    before = year_figures(session).ends_of(key).get((name, ""), NOTHING_RECORDED).authority
    return DecideYearEnd(fund, year, (DecisionChange(OVER, name, "", decision, before),))


def _given(money: Given, before: YearDecision | None, decision: YearDecision) -> YearDecision:
    project, start_up = money
    stood = (0, 0) if before is None else (before.pence, before.start_up_pence)
    return replace(
        decision,
        pence=stood[0] if project is None else project,
        start_up_pence=stood[1] if start_up is None else start_up,
    )


@contextmanager
def within_year(session: Session, key: Key, told: str, own: Own = NOBODY) -> Iterator[None]:
    """Make a change of a fund's year within its money; refused whole where it takes more than is left.

    `told` says what was not done to its `own` applications. Nothing is refused in an area without an
    allocation, nor a change that commits no more than was committed before.
    """
    if not has_allocation(session, key):
        yield
        return
    before = fund_budget(session, key, own)
    yield
    words = spending_refusals(before, fund_budget(session, key, own))
    if words:
        raise Refused(f"{words} {told}")


@contextmanager
def within_year_of(session: Session, round_id: int, told: str, own: Collection[str] = ()) -> Iterator[None]:
    """Make a change of awards on a round's `own` applications within the money of its year."""
    with within_year(session, budget_key(session, round_id), told, (round_id, own)):
        yield


@contextmanager
def within_held_money(
    session: Session, round_id: int, told: str, own: Collection[str] = ()
) -> Iterator[None]:
    """Change what a round's awards hold within its pots and the year's money."""
    before = given_amounts(session, round_id)
    with within_year_of(session, round_id, told, own):
        yield
    refuse_more(session, round_id, before, given_amounts(session, round_id), told, own=own)


class MoveMoney(RegisteredOperation, frozen=True):
    """Move project money of a fund's year between two areas, with a reason and by a named authority.

    `is_back` takes the newest move back that says the same.
    """

    kind = "move budget"
    titled = (
        "{0.is_back:Take back|Move} {0.amount_pence:pounds}{0.is_back: moved|} from {0.source} to {0.target} "
        "in {0.year}"
    )
    told = (
        "{0.amount_pence:pounds} {0.is_back:is back at {0.source}|moved from {1[source]} to {1[target]} in "
        "{0.year}}."
    )
    fund: str
    year: str
    source: str
    target: str
    amount_pence: int
    reason: str
    authority: str
    is_back: bool = False

    @property
    def detail(self) -> str:
        """Return by whose authority, for History."""
        return "" if self.is_back else self.authority

    def apply(self, session: Session) -> Outcome:
        """Move it; refused for more than is left, within one area, or to one without an allocation."""
        key, budget = the_year(session, self.fund, self.year)
        table, said = budget_move_table, _said(self, budget_move_table, key, budget)
        if self.is_back:
            remove_newest(session, table, said, "That move is no longer recorded.")
        else:
            self._check(budget)
            _record(session, table, said)
        return self.done_turning("is_back", said)

    def _check(self, budget: FundBudget) -> None:
        check_pounds(self.amount_pence, "What is moved")
        check_stated(self.reason, "Say why the money is moved: papers print the reason.")
        check_stated(self.authority, "Name by whose authority the money is moved: name and post.")
        source, target = the_line(budget, self.source), the_line(budget, self.target)
        if source.area == target.area:
            raise Refused(f"{source.area} has this money already. Name another area to move it to.")
        purse = purse_of(budget, source.area, target.area)
        if words := move_refusal(purse, self.amount_pence, self.year):
            raise Refused(f"{words} Nothing was moved.")
        if target.allocation is None:
            raise Refused(
                f"{target.area} has no allocation for {self.year}. Record one first, even if it is £0.00."
            )


class Contribute(RegisteredOperation, frozen=True):
    """Record money that the office gives to an area: it lowers what is committed, decided and paid there.

    `is_back` takes the newest contribution back that says the same.
    """

    kind = "contribute"
    titled = "{0.is_back:Take back|Record} a contribution of {0.amount_pence:pounds} to {0.line} in {0.year}"
    told = (
        "{0.is_back:The contribution of {0.amount_pence:pounds} to {0.line} was taken back|The office gives "
        "{1[line]} {0.amount_pence:pounds} in {0.year}}."
    )
    fund: str
    year: str
    line: str
    amount_pence: int
    reason: str
    is_back: bool = False

    def apply(self, session: Session) -> Outcome:
        """Record it; refused without an amount or a reason, or for an area that the year does not have.

        It is not taken back once the area's money is spent on it.
        """
        key, budget = the_year(session, self.fund, self.year)
        if self.is_back:
            said = _said(self, budget_contribution_table, key, budget)
            with within_year(session, key, "The contribution stays."):
                remove_newest(
                    session, budget_contribution_table, said, "That contribution is no longer recorded."
                )
        else:
            check_pounds(self.amount_pence, "What the office gives")
            check_stated(self.reason, "Say what the contribution is for: papers print it.")
            said = _said(self, budget_contribution_table, key, budget)
            _record(session, budget_contribution_table, said)
        return self.done_turning("is_back", said)


def _said(change: MoveMoney | Contribute, table: Table, key: Key, budget: FundBudget) -> Values:
    """Return what a change says as a row, its lines as the year spells them."""
    lines = {name: getattr(change, name) for name in ("source", "target", "line") if name in table.c}
    spelt = {name: the_line(budget, line).area for name, line in lines.items()}
    texts = {name: getattr(change, name).strip() for name in ("reason", "authority") if name in table.c}
    return row_of(table, change, fund_id=key[0], **spelt, **texts)


def _record(session: Session, table: Table, said: Values) -> None:
    put_new(session, table, [{**said, **stamp(session, "recorded")}])


Part = DecideYearEnd | MoveMoney | Contribute


class ChangeBudget(MadeTogether, frozen=True):
    """Make changes to a year's money in their order, or none of them; `words` say what they come to."""

    kind = "change budget"
    parts: tuple[Part, ...]

    def apply(self, session: Session) -> Outcome:
        """Make them all; each checks its own rules."""
        before = self._money(session)
        made = super().apply(session)
        lowered = (lowered_words(was, now) for was, now in zip(before, self._money(session), strict=True))
        return replace(made, words=" ".join(filter(None, (made.words, *lowered))))

    def _money(self, session: Session) -> list[FundBudget]:
        """Return the money of the years that decisions at a year's end give money to."""
        decided = dict.fromkeys((p.fund, p.year) for p in self.parts if isinstance(p, DecideYearEnd))
        return [
            fund_budget(session, (the_key(session, fund, year)[0], year_after(year)))
            for fund, year in decided
        ]


class SetSpendingPlan(RegisteredOperation, frozen=True):
    """Record how the share of one line is to be spent, all of it anew; an empty plan takes it out."""

    kind = "set spending plan"
    titled = "{0.plan.is_empty:Remove|Record} the spending plan of {0.line} for {0.year}"
    told = "The spending plan of {1} for {0.year} is {2.is_empty:removed|recorded}."
    fund: str
    year: str
    line: str
    plan: SpendingPlan

    def apply(self, session: Session) -> Outcome:
        """Record it; refused where the year has no such line, or the share is not between 0 and 100%."""
        check_share(self.plan.frontline_percent)
        _require_lines(self.plan.lines)
        key, budget = the_year(session, self.fund, self.year)
        _require_awards(self.plan.lines, award_sums(session, key), self.year)
        plan = replace(self.plan, plan=self.plan.plan.strip(), rationale=self.plan.rationale.strip())
        stood = spending_plans(session, key)
        held = next((line for line in stood if is_same_text(line, self.line)), None)
        line = held or the_line(budget, self.line).area
        place = {"fund_id": key[0], "year": self.year, "line": line}
        replace_row(
            session, spending_plan_table, place, None if plan.is_empty else _row(plan, actor_name(session))
        )
        return self.done(replace(self, line=line, plan=stood.get(line, SpendingPlan())), line, plan)


def _row(plan: SpendingPlan, by: str) -> dict[str, object]:
    lines = canonical.dumps([canonical.encode(one) for one in plan.lines])
    return row_of(spending_plan_table, plan, recorded_by=by, lines=lines)


def _require_awards(lines: Sequence[PlanLine], known: Container[str], year: str) -> None:
    missing = next((line.award for line in lines if line.award and text_key(line.award) not in known), None)
    if missing is not None:
        raise Refused(f"There is no award {missing} of the fund in {year}. Correct the reference.")


def _require_lines(lines: Sequence[PlanLine]) -> None:
    names = [line.purpose.strip() for line in lines]
    twice = next((name for name in names if sum(is_same_text(name, other) for other in names) > 1), "")
    is_below = any(min(line.planned_pence, line.awarded_pence, line.spent_pence) < 0 for line in lines)
    refuse(SETTING.plan(all(names), twice, is_below))
