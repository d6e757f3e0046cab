"""What goes over a year's money and is only told: by a load, and by what is not decided yet."""

from collections.abc import Mapping

from msgspec.structs import replace

from models.queries.awards.budget import round_budget
from models.queries.deciding.allowances import given_amounts
from models.queries.set_up.round_rows import round_rows
from models.queries.set_up.rounds import round_line
from models.session import Session
from scoring.budget.figures import AreaBudget, together
from scoring.budget.limits import over_year


def over_year_lines(
    session: Session, round_id: int, changed: Mapping[str, int] | None = None, area: str = ""
) -> tuple[str, ...]:
    """Return for each area of a round, or one, by how much it would be over its money if all were decided.

    `changed` is money in place of what stands on applications, in pence by reference. An area without an
    allocation is never over.
    """
    given = {**given_amounts(session, round_id), **(changed or {})}
    name, sums = round_line(session, round_id).name, dict[str, int]()
    for row in round_rows(session, round_id).applications:
        if row.area is not None and not row.withdrawn:
            sums[row.area] = sums.get(row.area, 0) + given.get(row.reference, 0)
    budget = round_budget(session, round_id)
    decided = replace(
        budget, areas=tuple(_if_decided(one, name, sums.get(one.area, 0)) for one in budget.areas)
    )
    pots = (decided.sharing(one.area) for one in decided.areas if area in ("", one.area))
    return tuple(filter(None, (over_year(together(pot), budget.year) for pot in dict.fromkeys(pots))))


def _if_decided(area: AreaBudget, name: str, pence: int) -> AreaBudget:
    """Return an area as it would be if what is recommended in a round were decided so."""
    rounds = (
        replace(one, decided_pence=max(one.decided_pence, pence)) if one.name == name else one
        for one in area.rounds
    )
    return replace(area, rounds=tuple(rounds))
