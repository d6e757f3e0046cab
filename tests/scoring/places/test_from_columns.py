"""Named values made from columns are what their constructor makes, and columns look up as each key does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.places.from_columns import from_columns, looks_up
from scoring.ranking import CriterionResult

NUMBERS = st.integers(0, 100)


@given(st.lists(st.tuples(st.text(max_size=3), NUMBERS, NUMBERS, NUMBERS)))
def test_each_line_of_the_columns_makes_what_the_constructor_makes(
    lines: list[tuple[str, int, int, int]],
) -> None:
    columns = zip(*lines, strict=True) if lines else [[]] * 4

    made = list(from_columns(CriterionResult, *columns))

    assert made == [CriterionResult(*line) for line in lines]
    assert all(type(one) is CriterionResult for one in made)


@given(st.lists(st.integers(-2, 3), max_size=4))
def test_a_column_looks_up_what_each_of_its_keys_does(keys: list[int]) -> None:
    letters = "abcd"

    found = looks_up(keys)(letters)

    assert list(found) == [letters[key] for key in keys]


def test_columns_that_are_fewer_than_the_fields_are_a_fault() -> None:
    with pytest.raises(TypeError, match="CriterionResult has 4 fields, not 2"):
        from_columns(CriterionResult, ["A1"], [100])
