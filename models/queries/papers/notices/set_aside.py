"""What a notice of awards without a competition tells of the money of their areas: how much, what is left."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from models.queries.applications.applications import applications
from models.queries.awards.budget import budget_key, fund_budget
from models.queries.awards.budget_draws import came_back
from models.queries.awards.direct.direct_awards import direct_awards
from models.queries.deciding.decisions import DecisionRow
from models.queries.papers.notices.money import standing_before
from models.queries.set_up.rounds import is_direct, rounds_of
from models.session import Session
from models.values.direct_award import Route
from models.values.round_line import RoundLine
from scoring.budget.figures import AreaBudget, FundBudget, together
from scoring.counted import listed
from scoring.money import short_pounds
from scoring.written.names import text_key


class _Purse(NamedTuple):
    """The start-up money of an area, or its money for projects."""

    area: str
    is_start_up: bool


class _Left(Struct, frozen=True):
    """The money of one purse, or of those of areas that share a pot: in pence what is set aside and used."""

    areas: tuple[str, ...]
    is_start_up: bool
    set_aside_pence: int
    before_pence: int
    now_pence: int
    held_pence: int

    def words(self, year: str, *, is_draft: bool) -> str:
        """Return what is set aside, what of it was decided earlier, and what is left."""
        left = self.set_aside_pence - self.before_pence - self.now_pence
        kind = " of start-up money" if self.is_start_up else ""
        whole = f"Of the {short_pounds(self.set_aside_pence)}{kind} set aside for {listed(self.areas)}"
        used = f"{short_pounds(self.before_pence)} was decided earlier and " if self.before_pence else ""
        if left < 0:
            end = f"{short_pounds(-left)} more than that is awarded"
            return f"{whole} in {year}, {used}{end}."
        held = min(self.held_pence, left) if is_draft else 0
        rest = f", of which open rounds hold {short_pounds(held)}" if held else ""
        is_or_would = "would be" if is_draft else "is"
        return (
            f"{whole} in {year}, {used}{short_pounds(left) if left else 'nothing'} {is_or_would} left{rest}."
        )


def set_aside_words(
    session: Session,
    line: RoundLine,
    decided: Mapping[str, int],
    signed: DecisionRow | None = None,
    *,
    gone: Collection[str] = (),
) -> Iterator[str]:
    """Yield of each purse that awards without a competition draw on what is set aside there, and left.

    `decided` holds the pence of each application, `gone` those that have none any longer. What was decided
    or came back after it was `signed` is left out; None is for a draft, which tells what open rounds hold as
    well. Nothing is told of an area without an allocation.
    """
    if not is_direct(session, line.round_id):
        return
    budget, here = fund_budget(session, budget_key(session, line.round_id)), _purses(session, line)
    drawn = _drawn(session, line, {*decided, *gone}, signed)
    for area, is_start_up in dict.fromkeys(here[of] for of, pence in decided.items() if pence and of in here):
        areas = _sharing(budget, area, is_start_up=is_start_up)
        purses = [_Purse(text_key(one.area), is_start_up) for one in areas]
        now = sum(pence for of, pence in decided.items() if here.get(of) in purses)
        if areas:
            left = _left(areas, is_start_up, sum(drawn[purse] for purse in purses), now)
            yield left.words(line.year, is_draft=signed is None)


def _sharing(budget: FundBudget, area: str, *, is_start_up: bool) -> tuple[AreaBudget, ...]:
    """Return an area, or those with which it shares a pot; nothing where one has no allocation."""
    found = next((one for one in budget.areas if text_key(one.area) == area), AreaBudget(area))
    areas = (found,) if is_start_up else budget.sharing(found.area)
    return areas if all(one.allocation is not None for one in areas) else ()


def _left(areas: tuple[AreaBudget, ...], is_start_up: bool, drawn: int, now: int) -> _Left:
    """Return the money of areas; what came back of awards of earlier years is set aside again."""
    area, names = together(areas), tuple(one.area for one in areas)
    if is_start_up:
        whole, held = area.start_up_pence or 0, 0
    else:
        whole, held = (area.project_pence or 0) + area.contributed_pence, area.held_pence
        drawn += area.outside.awarded_pence
    return _Left(names, is_start_up, whole - min(drawn, 0), max(drawn, 0), now, held)


def _purses(session: Session, line: RoundLine) -> dict[str, _Purse]:
    """Return on whose money each application of a round draws; one without an area draws on none."""
    routes = {of: one.route for of, one in direct_awards(session, line.round_id).items()}
    return {
        row.reference: _Purse(text_key(row.area), routes.get(row.reference) is Route.START_UP)
        for row in applications(session, line.round_id)
        if row.area
    }


def _drawn(
    session: Session, line: RoundLine, here: Collection[str], signed: DecisionRow | None
) -> Counter[_Purse]:
    """Return what other awards of the year had of each purse before, less what came back by then."""
    found: Counter[_Purse] = Counter()
    for one in rounds_of(session, line.fund_code or line.fund, line.year):
        purses = _purses(session, one)
        for of, pence in standing_before(session, one.round_id, signed).items():
            if of in purses and not (one.round_id == line.round_id and of in here):
                found[purses[of]] += pence
        for area in one.areas:
            found[_Purse(text_key(area.name), False)] += area.committed_pence
    key, day = budget_key(session, line.round_id), None if signed is None else signed.signed_on
    for name, is_start_up, pence in came_back(session, key, day):
        found[_Purse(text_key(name), is_start_up)] -= pence
    return found
