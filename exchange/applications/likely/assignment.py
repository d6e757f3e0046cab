"""Give each of some fields a column of its own, so that the weights together are as large as can be."""

from collections.abc import Sequence

_BEYOND = float("inf")


def assigned(weights: Sequence[Sequence[float]]) -> list[int]:
    """Return which column each field has, by the Hungarian method; there are no fewer columns than fields.

    `weights` has a row for each field with a weight for each column.

    >>> assigned([[5.0, 4.0], [4.0, 1.0]])
    [1, 0]
    """
    prices = [0.0] * (len(weights[0]) + 1)
    yields = [0.0] * (len(weights) + 1)
    holder = [0] * len(prices)
    for field in range(1, len(weights) + 1):
        _place(field, weights, yields, prices, holder)
    columns = {held: column - 1 for column, held in enumerate(holder) if column and held}
    return [columns[field] for field in range(1, len(weights) + 1)]


def _place(
    field: int,
    weights: Sequence[Sequence[float]],
    yields: list[float],
    prices: list[float],
    holder: list[int],
) -> None:
    """Give a field its column, moving fields placed before where all are better off so."""
    holder[0] = field
    slack, before = [_BEYOND] * len(prices), [0] * len(prices)
    seen: list[int] = []
    column = 0
    while holder[column]:
        seen.append(column)
        at = holder[column]
        for other in range(1, len(prices)):
            left = -weights[at - 1][other - 1] - yields[at] - prices[other]
            if other not in seen and left < slack[other]:
                slack[other], before[other] = left, column
        nearest = min((other for other in range(1, len(prices)) if other not in seen), key=slack.__getitem__)
        step = slack[nearest]
        for one in seen:
            yields[holder[one]] += step
            prices[one] -= step
        slack = [each - step for each in slack]
        column = nearest
    while column:
        holder[column] = holder[before[column]]
        column = before[column]
