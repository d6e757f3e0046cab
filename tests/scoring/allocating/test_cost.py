"""What a computed cost criterion cannot be worked without."""

import pytest

from scoring.allocating.cost import cost_scores
from scoring.scheme import Basis, Method, Scheme
from tests.scoring.builders import application, criterion


def test_a_linear_criterion_without_its_ends_is_no_criterion() -> None:
    linear = criterion("C", 30, "cost", method=Method.LINEAR)

    with pytest.raises(ValueError, match="C is linear without low and high"):
        cost_scores(linear, (application("A"), application("B", 500)))


@pytest.mark.parametrize(
    ("method", "basis", "expected"),
    [
        (Method.LINEAR, Basis.SHARE, True),
        (Method.LINEAR, Basis.UNIT, False),
        (Method.JUDGED, Basis.SHARE, False),
    ],
)
def test_a_scheme_sums_the_total_cost_where_a_criterion_is_worked_out_from_the_share_of_it(
    method: Method, basis: Basis, *, expected: bool
) -> None:
    assert Scheme((criterion("C", 100, "cost", method=method, basis=basis),)).sums_total_cost is expected
