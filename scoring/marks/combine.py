"""From members' marks to the panel's value of a criterion (section 3.1).

Values are whole numerators over one denominator for all applications that share a number of
counting members: exact, and fast, where a fraction for each cell would be neither.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import add

from scoring.scheme import Combine

Column = Sequence[int]
"""One member's marks on one criterion, an entry for each application."""


def denominator(combine: Combine, members: int) -> int:
    """Return what combined numerators are over, for a number of counting members."""
    if combine is Combine.MEAN:
        return members
    if combine is Combine.MEDIAN:
        return 2 - members % 2
    if combine is Combine.TRIMMED:
        return members - 2
    return 1


def combined(combine: Combine, columns: Sequence[Column]) -> list[int]:
    """Return the numerators for each application from one column of marks for each member.

    mean: the sum of the marks. median: the middle mark, or the sum of the two middle marks. trimmed:
    the sum without one highest and one lowest mark. consensus takes the one agreed column as it is.
    """
    return _RULES[combine](columns)


def _sums(columns: Sequence[Column]) -> list[int]:
    total: Iterable[int] = columns[0]
    for column in columns[1:]:
        total = map(add, total, column)
    return list(total)


def _middles(columns: Sequence[Column]) -> list[int]:
    half, odd = divmod(len(columns), 2)
    ordered = map(sorted, zip(*columns, strict=True))
    if odd:
        return [marks[half] for marks in ordered]
    return [marks[half - 1] + marks[half] for marks in ordered]


def _trimmed_sums(columns: Sequence[Column]) -> list[int]:
    return [sum(marks) - max(marks) - min(marks) for marks in zip(*columns, strict=True)]


def _as_agreed(columns: Sequence[Column]) -> list[int]:
    return list(columns[0])


_RULES: dict[Combine, Callable[[Sequence[Column]], list[int]]] = {
    Combine.CONSENSUS: _as_agreed,
    Combine.MEAN: _sums,
    Combine.MEDIAN: _middles,
    Combine.TRIMMED: _trimmed_sums,
}
