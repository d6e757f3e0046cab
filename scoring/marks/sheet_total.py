"""What one member's sheet comes to: the total that the panel will see, and how much of it is marked."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from scoring import money
from scoring.places.exact import weight_after_sharing
from scoring.scheme import Scheme


class SheetTotal(Struct, frozen=True):
    """A sheet's points so far, the weight that is marked, and the whole; all in hundredths of 100.

    `missing` are the codes without a mark, `figures_1e2` the weight that a formula gives and no member.
    """

    points_1e2: int
    marked_1e2: int
    whole_1e2: int
    figures_1e2: int
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every criterion that members mark has its mark."""
        return not self.missing

    @property
    def of_words(self) -> str:
        """Return what the points are out of: "of 70 marked, 100 in all"."""
        if self.is_complete and not self.figures_1e2:
            return f"of {_short(self.whole_1e2)}"
        words = f"of {_short(self.marked_1e2)} marked, {_short(self.whole_1e2)} in all"
        return f"{words}, {_short(self.figures_1e2)} from figures" if self.figures_1e2 else words

    @property
    def words(self) -> str:
        """Return the total as a sentence: "59.00 of 70 marked, 100 in all"."""
        return f"{money.score(self.points_1e2)} {self.of_words}"


def sheet_total(scheme: Scheme, marks: Sequence[int | None], not_applicable: frozenset[str]) -> SheetTotal:
    """Return what the marks on one sheet come to; `marks` stand in the order of `Scheme.judged`.

    Points = Σ w·m/M over the marked criteria, w after the criteria set aside have shared their weight
    out; rounded once. Example at M = 5: 4 on 25, 5 on 15, 4 on 15 and 4 on 15 give 20 + 15 + 12 + 12 = 59.
    """
    applicable = frozenset(c.code for c in scheme.criteria) - not_applicable
    weights = {code: weight_after_sharing(scheme, code, applicable) for code in applicable}
    judged = [(c.code, mark) for c, mark in zip(scheme.judged, marks, strict=True) if c.code in applicable]
    given = [(weights[code], mark) for code, mark in judged if mark is not None]
    points = sum((weight * mark for weight, mark in given), Fraction(0)) / scheme.scale_maximum
    figures = sum(
        (weights[c.code] for c in scheme.criteria if not c.is_judged and c.code in applicable), Fraction(0)
    )
    return SheetTotal(
        points_1e2=money.hundredths(points),
        marked_1e2=money.hundredths(sum((weight for weight, _ in given), Fraction(0))),
        whole_1e2=money.hundredths(sum(weights.values(), Fraction(0))),
        figures_1e2=money.hundredths(figures),
        missing=tuple(code for code, mark in judged if mark is None),
    )


def spread(marks: Iterable[int | None]) -> int | None:
    """Return the highest mark minus the lowest, None with fewer than two marks."""
    given = [mark for mark in marks if mark is not None]
    return max(given) - min(given) if len(given) > 1 else None


def _short(value_1e2: int) -> str:
    return money.score(value_1e2).removesuffix(".00")
