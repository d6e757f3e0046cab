"""What changes to a year's money ask first, and the decisions that give a year its money.

An allocation and what is carried forward are decided at the end of the year before: there they are kept.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from msgspec.structs import replace

from models.operations.awards.year_end import DecideYearEnd, DecisionChange, the_key
from models.operations.rows.write_applications import LARGEST
from models.papers.year.year_facts import ALLOCATION, CARRY, NOTHING_RECORDED, OVER, LineEnd, YearDecision
from models.queries.awards.budget import budget_key, fund_budget, has_allocation
from models.queries.awards.year_end_figures import Key, year_figures
from models.reference.reporting import year_after
from models.session import Session
from scoring.budget.figures import AreaBudget, FundBudget
from scoring.budget.limits import spending_refusals
from scoring.money import pounds
from scoring.refused import Refused
from scoring.written.names import is_same_text

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
    """Refuse an amount that is nothing, below nothing, or too large to be saved."""
    if not 0 < pence <= LARGEST:
        raise Refused(f"{what} is an amount above £0.00. Correct the amount.")


def check_stated(text: str, words: str) -> None:
    """Refuse where a reason or a name is blank."""
    if not text.strip():
        raise Refused(words)


def allocating(
    session: Session, fund: str, year: str, given: Mapping[str, Given | None], decision: YearDecision
) -> DecideYearEnd:
    """Return the change that allocates money to areas or service lines of a fund's year; None takes it out.

    `decision` says by whom and when it is decided; its amounts are not looked at.
    """
    stands = _CurrentYear(session, fund, year)
    changes = []
    for said, money in given.items():
        name = stands.spelt(said)
        before = stands.before(name).allocated
        now = None if money is None else _given(money, before, decision)
        changes.append(DecisionChange(ALLOCATION, name, "", now, before))
    return DecideYearEnd(fund, year_after(year, -1), tuple(changes))


def carry_forward_change(
    session: Session, fund: str, year: str, given: Mapping[str, Given], decision: YearDecision
) -> DecideYearEnd:
    """Return the change that carries money forward into a fund's year; refused where some is already."""
    stands = _CurrentYear(session, fund, year)
    changes = []
    for said, money in given.items():
        name = stands.spelt(said)
        before = stands.before(name).carried
        if before is not None:
            raise Refused(
                f"{pounds(before.whole_pence)} is carried forward to {name} in {year} already, decided by "
                f"{before.decided_by}. It is entered only once; change it on Year end."
            )
        changes.append(DecisionChange(CARRY, name, "", _given(money, None, decision), None))
    return DecideYearEnd(fund, year_after(year, -1), tuple(changes))


def over_commitment_change(
    session: Session, fund: str, year: str, line: str, decision: YearDecision | None
) -> DecideYearEnd:
    """Return the change that lets an area commit more than its project money, in place of an earlier one."""
    if decision is not None and not is_named_with_post(decision.decided_by):
        raise Refused("Name who allows it with the post, such as “Cora Chief, Chief Executive”.")
    stands = _CurrentYear(session, fund, year)
    name = stands.spelt(line)
    before = stands.own(name).authority
    return DecideYearEnd(fund, year, (DecisionChange(OVER, name, "", decision, before),))


def is_named_with_post(text: str) -> bool:
    """Whether somebody is named with a post after a comma: "Cora Chief, Chief Executive"."""
    name, _, post = text.partition(",")
    return bool(name.strip() and post.strip())


def _given(money: Given, before: YearDecision | None, decision: YearDecision) -> YearDecision:
    project, start_up = money
    stood = (0, 0) if before is None else (before.pence, before.start_up_pence)
    return replace(
        decision,
        pence=stood[0] if project is None else project,
        start_up_pence=stood[1] if start_up is None else start_up,
    )


class _CurrentYear:
    """What stands in a fund's year and in the one before it, by the names that it has."""

    def __init__(self, session: Session, fund: str, year: str) -> None:
        self._key, self._budget = the_year(session, fund, year)
        self._figures = year_figures(session)

    def spelt(self, name: str) -> str:
        """Return a name as the year has it already, else as it is."""
        known: FundBudget = self._budget
        return next((area.area for area in known.areas if is_same_text(area.area, name)), name.strip())

    def own(self, name: str) -> LineEnd:
        """Return what stands of a line at the end of the year itself."""
        return self._figures.ends_of(self._key).get((name, ""), NOTHING_RECORDED)

    def before(self, name: str) -> LineEnd:
        """Return what stands of a line at the end of the year before."""
        fund, year = self._key
        return self._figures.ends_of((fund, year_after(year, -1))).get((name, ""), NOTHING_RECORDED)


@contextmanager
def within_year(session: Session, key: Key, told: str) -> Iterator[None]:
    """Make a change of a fund's year within its money; refused whole where it takes more than is left.

    `told` says what was not done. Nothing is refused in an area without an allocation, nor a change that
    commits no more than was committed before.
    """
    if not has_allocation(session, key):
        yield
        return
    before = fund_budget(session, key)
    yield
    words = spending_refusals(before, fund_budget(session, key))
    if words:
        raise Refused(f"{words} {told}")


@contextmanager
def within_year_of(session: Session, round_id: int, told: str) -> Iterator[None]:
    """Make a change of a round within the money of its fund's year."""
    with within_year(session, budget_key(session, round_id), told):
        yield
