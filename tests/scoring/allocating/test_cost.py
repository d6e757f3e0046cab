"""What a computed cost criterion cannot be worked without."""

import pytest

from scoring.allocating.cost import cost_scores
from scoring.scheme import Method
from tests.scoring.builders import application, criterion


def test_a_linear_criterion_without_its_ends_is_no_criterion() -> None:
    linear = criterion("C", 30, "cost", method=Method.LINEAR)

    with pytest.raises(ValueError, match="C is linear without low and high"):
        cost_scores(linear, (application("A"), application("B", 500)))
