"""How each member's marks stand to the others' on the same applications. It tells, and never corrects."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from scoring.money import hundredths

LEAST_SHARED = 5
"""From how many shared applications a member is compared: fewer say nothing."""

Marks = Sequence[int | None]


class Severity(Struct, frozen=True):
    """A member against the others: a gap for each shared application, in hundredths of a mark.

    A gap is the member's mark less the mean of the others', averaged over the criteria that both marked.
    `mean_1e2` is the mean of the gaps, below nought for one who marks lower than the others.
    """

    member: str
    gaps_1e2: tuple[int, ...]
    mean_1e2: int

    @property
    def shared(self) -> int:
        """Return how many applications were shared."""
        return len(self.gaps_1e2)


def severities(sheets: Iterable[tuple[str, str, Marks]]) -> tuple[Severity, ...]:
    """Return every member with enough shared applications, in the order in which they come first.

    A sheet is (member, application, marks); each pair of member and application has one.
    """
    of: dict[str, dict[str, Marks]] = defaultdict(dict)
    members: dict[str, None] = {}
    for member, application, marks in sheets:
        of[application][member] = marks
        members[member] = None
    return tuple(found for member in members if (found := _severity(member, of)) is not None)


def _severity(member: str, of: Mapping[str, Mapping[str, Marks]]) -> Severity | None:
    gaps = [gap for sheets in of.values() if (gap := _gap(member, sheets)) is not None]
    if len(gaps) < LEAST_SHARED:
        return None
    mean = sum(gaps, Fraction(0)) / len(gaps)
    return Severity(member, tuple(hundredths(gap) for gap in gaps), hundredths(mean))


def _gap(member: str, sheets: Mapping[str, Marks]) -> Fraction | None:
    """Return a member's gap on one application, None where there is nobody to compare with."""
    if member not in sheets:
        return None
    found = []
    for number, mark in enumerate(sheets[member]):
        others = [marks[number] for who, marks in sheets.items() if who != member]
        given = [other for other in others if other is not None]
        if mark is not None and given:
            found.append(mark - Fraction(sum(given), len(given)))
    return sum(found, Fraction(0)) / len(found) if found else None
