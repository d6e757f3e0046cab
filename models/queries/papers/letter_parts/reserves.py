"""Why an application is on the reserve list: what was left of its money, and why it was not offered that."""

from collections.abc import Mapping, Sequence

from models.queries.deciding.decisions import DecisionRow
from models.values.rows import ApplicationRow
from scoring.allocating.over_pot import PotUse
from scoring.money import short_pounds
from scoring.ranking import Outcome, Standing
from scoring.scheme import Allocation, Scheme


def why_reserve(
    scheme: Scheme, row: ApplicationRow, standing: Standing, use: PotUse | None, *, is_all_before: bool
) -> str:
    """Return why an application got no money, as a sentence goes on; "" where no sum tells it.

    `use` is how its pot stands with what was decided, None without a pot; `is_all_before` says that all
    that was awarded of it went to applications placed before this one.
    """
    of = f" for {row.area}" if row.area else ""
    if use is None or not use.left_pence:
        went = "applications placed before it" if is_all_before else "other applications"
        return f"the money available{of} went to {went}"
    left = f"of the money{of} {short_pounds(use.left_pence)} is left"
    short = _short(scheme, row, use.left_pence)
    if short:
        return f"{left}, which is {short}"
    if standing.outcome is Outcome.RESERVE and scheme.allocation is not Allocation.SKIP:
        return (
            f"the list of awards{of} ended at an application placed before it that could not be met, as the "
            f"published rule says; {left}"
        )
    return ""


def _short(scheme: Scheme, row: ApplicationRow, left: int) -> str:
    """Return what the money that is left does not reach, "" where it would do."""
    if scheme.allocation is not Allocation.PART:
        return (
            f"less than the {short_pounds(row.requested_pence)} asked for"
            if left < row.requested_pence
            else ""
        )
    if row.minimum_pence is not None:
        least = f"less than the {short_pounds(row.minimum_pence)} that you told us you need at least"
        return least if left < row.minimum_pence else ""
    half = f"less than half of the {short_pounds(row.requested_pence)} asked for"
    return half if 2 * left < row.requested_pence else ""


def all_before(standing: Standing, beside: Sequence[Standing], decided: Mapping[str, DecisionRow]) -> bool:
    """Whether every award of a list went to an application placed before one."""
    awarded = (one for one in beside if (line := decided.get(one.reference)) and line.amount_pence)
    place = standing.place
    return place is not None and all(one.place is not None and one.place < place for one in awarded)
