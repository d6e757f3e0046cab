"""An amount is exact or refused; a comma parts thousands and nothing else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.written.amounts import likely_amount, read_figure, read_money
from scoring.written.text import Unreadable

NOT_EXACT = "is not an exact amount; write it like 4500 or £4,500.00."


@pytest.mark.parametrize(
    "text", ["4,50", "1,8700", "18,70", "1,87,000", "1.870,00", "1,870,", ",5", "£", "ten"]
)
def test_a_comma_that_parts_no_thousands_is_refused_with_one_sentence(text: str) -> None:
    for read in (read_money, read_figure, lambda text: read_money(text, is_plain=True)):
        with pytest.raises(Unreadable) as refused:
            read(text)

        assert str(refused.value) == f"“{text}” {NOT_EXACT}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-5", "is below £0"),
        ("$5", "is not in pounds"),
        ("4 to 5", "is not one amount"),
        ("5 a week", "is an amount for each of something"),
        ("1.005", "more than two decimals"),
        ("100000000000000", "more than any fund holds"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_money(text)


def test_nothing_written_is_no_amount() -> None:
    assert read_money(" \ufeff ") is None
    assert read_money(Decimal("1.5")) == 150
    with pytest.raises(Unreadable, match="below £0"):
        read_money(Decimal(-1))


@given(st.integers(0, 10**13))
def test_every_amount_comes_back_from_each_of_its_forms(pence: int) -> None:
    pounds = f"{pence // 100}.{pence % 100:02}"

    assert [read_money(form) for form in (pounds, f"£{pence // 100:,}.{pence % 100:02}")] == [pence] * 2
    assert read_figure(pounds) == Decimal(pounds)
    if pence % 1000 == 0:
        assert read_money(f"{pence // 100_000}.{pence // 1000 % 100:02}k") == pence


def test_a_long_text_is_shortened_in_the_sentence() -> None:
    for read in (read_money, read_figure):
        with pytest.raises(Unreadable, match=r"^“about nine hundred and ninety-nine thou…” is not an exact"):
            read("about nine hundred and ninety-nine thousands of pounds")


def test_a_scaled_amount_may_not_be_finer_than_a_penny() -> None:
    assert read_money("1.23456k") == 123_456  # £1,234.56

    with pytest.raises(Unreadable):
        read_money("1.234567k")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£1,500 from the town council", "£1,500"),
        ("£2.5k promised", "£2.5k"),
        ("about £2.5k", ""),
        ("about 5000", ""),
        ("up to £500 of reserves", ""),
        ("We hope for 850 pounds in kind.", "850 pounds"),
        ("£1,500.50, promised", "£1,500.50"),
        ("£500 and £600", ""),
        ("£500 to £600", ""),
        ("£50 per month", ""),
        ("$500 from a friend", ""),
        ("-£500 of debts", ""),
        ("£1 500 from the council", ""),
        ("500 own funds", "500"),
        ("1,500 from the town council", "1,500"),
        ("2.5k reserves", "2.5k"),
        ("500 hours of our own volunteers", ""),
        ("500 own and 300 from a trust", ""),
        ("25% match", ""),
        ("2026 grants", ""),
        ("1500 p.a. from the council", ""),
        ("3 grants", ""),
        ("none yet", ""),
        ("£500 " + "and more " * 40, ""),
    ],
)
def test_the_one_amount_that_prose_names(text: str, expected: str) -> None:
    assert likely_amount(text) == expected
