"""What a criterion had under another method, for whoever tries which one suits and goes back."""

from decimal import Decimal

from msgspec.structs import replace

from scoring.publishing.drafting import with_method, with_side
from scoring.scheme import Criterion, Method, Side


class EarlierMethods:
    """Figures by criterion and method, and floors by criterion and what they are counted in: marks or points.

    A floor is never read as one of the other kind: 3 of 5 marks is not 3 of 100 points.
    """

    def __init__(self) -> None:
        self._figures: dict[tuple[str, Method], Criterion] = {}
        self._floors: dict[tuple[str, bool], Decimal | None] = {}

    def forget(self) -> None:
        """Know of no criterion any more: codes mean others from now on."""
        self._figures.clear()
        self._floors.clear()

    def give_method(self, criterion: Criterion, method: Method, highest_mark: int) -> Criterion:
        """Return a criterion scored by another method, with what it had under that one."""
        if method is criterion.method:
            return criterion
        return self._brought_back(criterion, with_method(criterion, method), highest_mark)

    def give_side(self, criterion: Criterion, side: Side, highest_mark: int) -> Criterion:
        """Return a criterion on a side, with what it had under the method that it gets there."""
        return self._brought_back(criterion, with_side(criterion, side), highest_mark)

    def _brought_back(self, before: Criterion, after: Criterion, highest_mark: int) -> Criterion:
        if after.method is before.method:
            return after
        self._figures[before.code, before.method] = before
        self._floors[before.code, before.is_judged] = before.floor
        had = self._figures.get((after.code, after.method), after)
        floor = after.floor
        if after.is_judged != before.is_judged:
            floor = self._floors.get((after.code, after.is_judged))
        if floor is not None and after.is_judged:
            floor = min(floor, Decimal(highest_mark))
        return replace(after, low=had.low, high=had.high, bands=had.bands, floor=floor)
