"""The lines of a notice's annex from the record: what is awarded, recommended, or taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from msgspec.structs import replace

from models.papers.notice import Allocation
from models.queries.deciding.decisions import DecisionRow, earlier_decisions, final_decisions
from models.queries.deciding.recommendations import RecommendationRow
from models.queries.set_up.round_facts import RoundFacts
from models.values.rows import ApplicationRow

FUNDED = ("fund", "part_fund")


def advised_allocations(
    advised: Mapping[str, RecommendationRow], rows: Iterable[ApplicationRow], facts: RoundFacts
) -> tuple[Allocation, ...]:
    """Return the lines for which money is recommended, in the order in which their awards are numbered.

    That is by area in the order of the round, then by place.
    """
    priorities = dict(facts.priorities)
    places = {of: inf if one.place is None else one.place for of, one in advised.items()}
    found = sorted(_in_order(rows, facts), key=lambda row: places.get(row.reference, inf))
    areas = {area.name: number for number, area in enumerate(facts.line.areas)}
    found.sort(key=lambda row: areas.get(row.area or "", len(areas)))
    return tuple(
        Allocation(
            reference=row.reference,
            recipient=row.organisation,
            service=row.project or row.organisation,
            crime_type=priorities.get(row.reference, ""),
            area=row.area or "",
            amount_pence=amount,
        )
        for row in found
        if row.reference in advised and (amount := advised[row.reference].amount_pence)
    )


def _in_order(rows: Iterable[ApplicationRow], facts: RoundFacts) -> list[ApplicationRow]:
    """Return applications by area in the order of the round, then by reference."""
    order = {area.name: number for number, area in enumerate(facts.line.areas)}
    return sorted(rows, key=lambda row: (order.get(row.area or "", len(order)), row.reference))


def allocations_of(
    applied: Sequence[ApplicationRow],
    lines: Sequence[DecisionRow],
    every: Sequence[DecisionRow],
    facts: RoundFacts,
) -> tuple[Allocation, ...]:
    """Return the lines that award money, by area in the order of the round, then by reference."""
    final, priorities = final_decisions(every), dict(facts.priorities)
    funded = {row.application: row for row in lines if row.outcome in FUNDED}
    rows = _in_order((row for row in applied if row.reference in funded), facts)
    return tuple(
        _allocation(row, funded[row.reference], final, priorities.get(row.reference, "")) for row in rows
    )


def numbered(lines: Iterable[Allocation], made: Mapping[str, str]) -> tuple[Allocation, ...]:
    """Return lines with the awards that they made, within each area in the order of the awards' numbers."""
    found = [replace(one, award=made.get(one.reference, "")) for one in lines]
    areas = list(dict.fromkeys(one.area for one in found))
    return tuple(sorted(found, key=lambda one: (areas.index(one.area), not one.award, one.award)))


def lost_lines(every: Sequence[DecisionRow], lines: Sequence[DecisionRow]) -> Iterator[DecisionRow]:
    """Yield the decision by which each line that gets no money now had some before."""
    earlier = earlier_decisions(every)
    for line in lines:
        before = [row for row in earlier.get(line.application, ()) if row.number < line.number]
        if line.outcome not in FUNDED and before and before[-1].outcome in FUNDED:
            yield before[-1]


def _allocation(
    row: ApplicationRow, decided: DecisionRow, final: dict[str, DecisionRow], crime_type: str
) -> Allocation:
    now = final.get(row.reference)
    later = "" if decided.ended_by is None or now is None else now.notice
    assert decided.amount_pence is not None, "a line that is funded has an amount"
    return Allocation(
        reference=row.reference,
        recipient=row.organisation,
        service=row.project or row.organisation,
        crime_type=crime_type,
        area=row.area or "",
        amount_pence=decided.amount_pence,
        superseded_by=later,
    )
