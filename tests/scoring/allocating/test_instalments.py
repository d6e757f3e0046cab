"""Instalments as typed: amounts, and per cents that lose and make no penny."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.allocating.instalments import amounts_of, percent_of


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("50 %", 5_000),
        ("33.3%", 3_330),
        ("100%", 10_000),
        ("0%", None),
        ("101%", None),
        ("5.125%", None),
        ("-5%", None),
        ("50", None),
        ("%", None),
        ("5.%", None),
        ("٥%", None),
    ],
)
def test_a_per_cent_is_read_or_not(text: str, hundredths: int | None) -> None:
    assert percent_of(text) == hundredths


@given(award=st.integers(1, 10**9), cuts=st.lists(st.integers(1, 9_999), min_size=1, max_size=5, unique=True))
def test_shares_of_a_hundred_make_the_award_to_the_penny(award: int, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), 10_000]
    texts = [f"{(b - a) // 100}.{(b - a) % 100:02d} %" for a, b in pairwise(edges)]

    amounts = amounts_of(texts, award)

    assert sum(amounts) == award
    for amount, (a, b) in zip(amounts, pairwise(edges), strict=True):
        assert abs(amount * 10_000 - award * (b - a)) < 10_000  # each within a penny of its share


@given(award=st.integers(200, 10**9), pounds=st.integers(1, 100))
def test_half_the_award_beside_the_other_half_in_pounds_leaves_no_penny(award: int, pounds: int) -> None:
    half = award // 2
    assume(half)

    amounts = amounts_of(["50 %", f"{half // 100}.{half % 100:02d}"], award)

    assert sum(amounts) == award


def test_amounts_stand_as_typed_and_what_cannot_be_read_is_nothing_yet() -> None:
    assert amounts_of(["£100", "4,50", ""], 20_000) == [10_000, 0, 0]
    assert amounts_of(["£150", "50 %"], 20_000) == [15_000, 10_000]
