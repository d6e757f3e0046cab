"""Rounding and printed forms."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import money


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"), [(5, 2, 3), (-5, 2, -2), (1, 3, 0), (2, 3, 1), (7, 1, 7)]
)
def test_halves_go_up(numerator, denominator, whole):
    assert money.half_up(numerator, denominator) == whole


@given(st.fractions())
def test_rounding_moves_a_value_by_half_at_most(value):
    assert -Fraction(1, 2) < money.half_up(value) - value <= Fraction(1, 2)


def test_printed_forms():
    assert money.pounds(450_000) == "£4,500.00"
    assert money.pounds(-214_005) == "−£2,140.05"
    assert (money.short_pounds(450_000), money.short_pounds(450_050)) == ("£4,500", "£4,500.50")
    assert (money.plain_pounds(450_000), money.plain_pounds(-5)) == ("4500.00", "-0.05")
    assert (money.score(7625), money.score(None), money.score(-5)) == ("76.25", "–", "−0.05")
    assert (money.percent(625_000), money.percent(800_000)) == ("62.5", "80")
    assert money.decimal_text(Decimal("2.50")) == "2.5"
    assert money.place(2, tied=True) == "=2"
    assert money.place(None, tied=False) == "–"
    assert money.place_with_rule(3, tied=False, by="criterion:A1") == "3 by A1"
    assert money.place_with_rule(1, tied=False, by="received") == "1 by date received"


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any))
def test_splitting_a_sum_loses_and_makes_no_penny(total, weights):
    parts = money.share(total, [(f"R{i}", w) for i, w in enumerate(weights)])

    assert sum(parts.values()) == total
    for (key, part), weight in zip(
        sorted(parts.items()), [weights[int(k[1:])] for k in sorted(parts)], strict=True
    ):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1, key


def test_a_sentence_loses_the_noughts_of_its_whole_pounds_alone() -> None:
    words = "asks £4,800.00, £30,000.05 left of £1.001, total 88.00"

    assert money.without_noughts(words) == "asks £4,800, £30,000.05 left of £1.001, total 88.00"


def test_a_column_has_pence_where_one_figure_has_some() -> None:
    whole, broken = money.column_money([450_000, None]), money.column_money([450_000, 50, None])

    assert [whole(450_000), whole(None)] == ["£4,500", "–"]
    assert [broken(450_000), broken(None)] == ["£4,500.00", "–"]


def test_a_paper_has_one_form_of_money_but_for_averages() -> None:
    with money.one_form(has_pence=True) as met:
        words = [money.short_pounds(450_000), money.pounds(-50), money.column_money([450_000])(450_000)]
        assert money.in_one_form("asks £4,800, 40 of £1.50") == "asks £4,800.00, 40 of £1.50"
        with money.one_form(has_pence=False):
            assert [money.pounds(450_000), money.average_pounds(450_000)] == ["£4,500", "£4,500.00"]
            assert money.column_money([450_000, 50])(450_000) == "£4,500"
            assert money.column_money([450_000, 50], is_apart=True)(450_000) == "£4,500.00"
            assert money.in_one_form("asks £4,800.00") == "asks £4,800"

    assert words == ["£4,500.00", "−£0.50", "£4,500.00"]
    assert met == ["−£0.50"]
    assert money.has_form_with_pence() is None
