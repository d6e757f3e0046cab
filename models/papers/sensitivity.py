"""How sure the list of a round is, for its schedule: worked out beside the values and never among them."""

from collections.abc import Callable

from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.sensitivity.list_sensitivity import ListSensitivity, sensitivity_of


def schedule_sensitivity(
    rows: RoundRows, area: str | None, tick: Callable[[int, int], None] | None = None
) -> ListSensitivity:
    """Return how sure the list of a round, or of one area of it, is; it takes thousands of lists."""
    round_ = scored_round(rows)
    return sensitivity_of(round_, rank(round_), [member.code for member in rows.members], area, tick)
