"""Printed parts add up to their printed whole, or the difference is said."""

import pytest

from scoring.explaining.steps import Explanation, explain
from scoring.places.printed_parts import difference_words, side_points
from scoring.round import Area, Round
from scoring.scheme import Combine, Scheme, Side
from tests.scoring.builders import application, criterion, sheet


def worked(*marks: tuple[int, int]) -> tuple[Explanation, Scheme]:
    """An explanation of two questions of equal weight, on two sides, combined by mean."""
    criteria = (criterion("A1", 50), criterion("B1", 50, "cost"))
    scheme = Scheme(criteria, combine=Combine.MEAN)
    sheets = tuple(sheet("X1", *pair, member=f"M{n}") for n, pair in enumerate(marks))
    round_ = Round("F", "R", scheme, (Area("Coventry", 10**6),), (application("X1"),), sheets)
    return explain(round_, "X1"), scheme


def test_the_sides_add_up_to_the_printed_total_where_their_lines_do_not() -> None:
    explanation, scheme = worked((1, 1), (1, 1), (0, 0))

    sides = side_points(explanation, scheme)

    # the mean is 2/3 of 5: 50 · 2/15 = 20/3 on either side, 40/3 in all
    assert [result.points_1e2 for result in explanation.standing.criteria] == [667, 667]
    assert explanation.standing.total_1e2 == 1333
    assert sides == {Side.QUALITY: 666, Side.COST: 667}
    assert difference_words({Side.QUALITY: 667, Side.COST: 667}, sides) == (
        "Each line is rounded by itself: those of quality add up to 6.67, and the side gives 6.66. "
        "The total is worked exactly and rounded once."
    )


@pytest.mark.parametrize("marks", [((3, 4),), ((0, 0),), ((1, 5), (2, 5), (2, 4)), ((5, 0), (4, 0), (4, 1))])
def test_the_sides_always_add_up_to_the_printed_total(marks: tuple[tuple[int, int], ...]) -> None:
    explanation, scheme = worked(*marks)

    assert sum(side_points(explanation, scheme).values()) == explanation.standing.total_1e2


def test_lines_that_add_up_need_no_words() -> None:
    assert difference_words({Side.QUALITY: 6100}, {Side.QUALITY: 6100}) == ""


def test_a_scheme_of_one_side_gives_the_whole_total_to_it() -> None:
    scheme = Scheme((criterion("A1", 100),), combine=Combine.MEAN)
    round_ = Round(
        "F", "R", scheme, (Area("Coventry", 10**6),), (application("X1"),), (sheet("X1", 4, member="M"),)
    )

    assert side_points(explain(round_, "X1"), scheme) == {Side.QUALITY: 8000}
