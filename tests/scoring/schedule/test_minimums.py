"""Minimums that were missed are named by their criterion, whatever its mark."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from scoring.rank import rank
from scoring.schedule.lines import with_named_minimums, with_whole_minimums
from tests.scoring.builders import simple_round


@pytest.mark.parametrize("mark", [0, 1, 2, 3])
def test_a_criterion_is_named_and_the_total_as_it_was(mark: int) -> None:
    held = simple_round({"A": mark})
    first, *rest = held.scheme.criteria
    least = replace(first, floor=Decimal(3))
    scheme = replace(held.scheme, criteria=(least, *rest), minimum_total=Decimal(1))
    (standing,) = rank(replace(held, scheme=scheme)).standings

    named, whole = with_named_minimums(scheme, standing), with_whole_minimums(scheme, standing)

    own = [words for words in named.below_threshold if first.title in words]
    missed = [f"{mark}.00 on {first.code} {first.title} is below the minimum of 3.00"]
    assert own == (missed if mark < 3 else [])
    assert [one for one in named.below_threshold if one not in own] == [
        one for one in standing.below_threshold if one.startswith("total")
    ]
    assert not any(".00" in words for words in whole.below_threshold)
    assert named._replace(below_threshold=()) == standing._replace(below_threshold=())
