"""Each field has a column of its own, and no other way to give them is worth more."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from exchange.applications.likely.assignment import assigned

_WEIGHTS = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(-9, 9).map(float), min_size=width, max_size=width), min_size=1, max_size=width
    )
)


@given(_WEIGHTS)
def test_no_other_way_to_give_the_columns_weighs_more(weights: list[list[float]]) -> None:
    columns = assigned(weights)

    ways = permutations(range(len(weights[0])), len(weights))
    assert len(set(columns)) == len(weights)
    assert _sum(weights, columns) == max(_sum(weights, way) for way in ways)


def _sum(weights: list[list[float]], columns: tuple[int, ...] | list[int]) -> float:
    return sum(row[column] for row, column in zip(weights, columns, strict=True))
