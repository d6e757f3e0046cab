"""What setting a criterion aside does to an application's total, shown before the chair decides."""

from typing import NamedTuple

from msgspec.structs import replace

from scoring.rank import rank
from scoring.round import NotApplicable, Round


class WithAndWithout(NamedTuple):
    """An application's shown total in hundredths with a criterion counted and without it; None: no total."""

    with_1e2: int | None
    without_1e2: int | None


def with_and_without(round_: Round, reference: str, criterion: str) -> WithAndWithout:
    """Return both totals of an application; setting a criterion aside can raise a weak one's score."""
    row = NotApplicable(reference, criterion)
    kept = tuple(one for one in round_.not_applicable if one != row)
    return WithAndWithout(_total(round_, kept, reference), _total(round_, (*kept, row), reference))


def _total(round_: Round, not_applicable: tuple[NotApplicable, ...], reference: str) -> int | None:
    standings = rank(replace(round_, not_applicable=not_applicable)).standings
    return next((s.total_1e2 for s in standings if s.reference == reference), None)
