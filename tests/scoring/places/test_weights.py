"""Moving the split, and sharing out to 100."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.places.totals import left_to_share, share_words, split_range, with_split
from scoring.scheme import Criterion, Scheme, Side

ACF = (("A1", 25), ("A2", 15), ("A3", 15), ("A4", 15), ("A5", 10), ("A6", 15), ("A7", 5))


def scheme(*weights: tuple[str, int]) -> Scheme:
    """Return a scheme whose sixth and seventh criteria are on the cost side."""
    return Scheme(
        tuple(
            Criterion(code, code, Side.COST if code in ("A6", "A7") else Side.QUALITY, weight * 10_000)
            for code, weight in weights
        )
    )


def percents(found: Scheme) -> list[int]:
    return [criterion.weight_1e4 // 10_000 for criterion in found.criteria]


def test_the_split_scales_each_side_in_proportion_in_whole_numbers() -> None:
    moved = with_split(scheme(*ACF), 70)

    # Quality 70/80: 21.875, 13.125 thrice, 8.75 -> 21, 13, 13, 13, 8 make 68; .875 and .75 are largest.
    # Cost 30/20: 22.5 and 7.5 -> 22 and 7 make 29; equal remainders, so the earlier has it.
    assert percents(moved) == [22, 13, 13, 13, 9, 23, 7]


def test_the_split_it_has_changes_nothing() -> None:
    assert with_split(scheme(*ACF), 80) == scheme(*ACF)


def test_every_criterion_keeps_a_weight() -> None:
    # 5 of 100 for five criteria of quality: shares 1.5625, .9375 thrice, .625 round to 1 each.
    assert percents(with_split(scheme(*ACF), 0)) == [1, 1, 1, 1, 1, 71, 24]
    assert percents(with_split(scheme(("A1", 98), ("A2", 1), ("A6", 1)), 2)) == [1, 1, 98]


@pytest.mark.parametrize(
    ("weights", "least_and_most"),
    [(ACF, (5, 98)), ((("A1", 100),), (100, 100)), ((("A6", 100),), (0, 0))],
)
def test_the_split_stops_where_a_criterion_would_have_nothing(
    weights: tuple[tuple[str, int], ...], least_and_most: tuple[int, int]
) -> None:
    assert split_range(scheme(*weights)) == least_and_most


def test_a_scheme_of_one_side_keeps_its_split() -> None:
    assert percents(with_split(scheme(("A1", 60), ("A2", 40)), 50)) == [60, 40]


@pytest.mark.parametrize(
    ("weights", "left", "words"),
    [
        ((("A1", 97),), 30_000, "3 still to share"),
        ((("A1", 80), ("A6", 20)), 0, "Weights add to 100"),
        ((("A1", 80), ("A6", 22)), -20_000, "2 over 100"),
    ],
)
def test_what_is_left_to_100_is_said(weights: tuple[tuple[str, int], ...], left: int, words: str) -> None:
    assert (left_to_share(scheme(*weights)), share_words(scheme(*weights))) == (left, words)


@given(st.lists(st.integers(1, 100), min_size=5, max_size=7), st.integers(-5, 105))
def test_whatever_the_weights_the_split_is_whole_and_adds_to_100(weights: list[int], quality: int) -> None:
    codes = ["A1", "A2", "A3", "A6", "A7", "A4", "A5"]
    before = scheme(*zip(codes, weights, strict=False))
    least, most = split_range(before)

    after = with_split(before, quality)

    assert after.quality_1e4 == min(max(quality, least), most) * 10_000
    assert after.quality_1e4 + after.cost_1e4 == 1_000_000
    assert all(weight >= 1 for weight in percents(after))
