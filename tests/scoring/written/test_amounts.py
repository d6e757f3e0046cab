"""An amount is exact or refused; a comma parts thousands and nothing else."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.written.amounts import (
    FOR_EACH,
    FOREIGN,
    HUNDREDS,
    MILLIONS,
    PENCE,
    THOUSANDS,
    Unit,
    amount_about,
    amounts_of,
    is_a_unit,
    is_bare,
    likely_amount,
    percent_of,
    read_figure,
    read_money,
    unit_in,
    unit_of_currency,
)
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
    ("text", "pence"),
    [("4500", 450_000), ("£4,500.00", 450_000), ("£ 1,234,567.5", 123_456_750), ("0", 0), ("12.30", 1_230)],
)
def test_figures_alone_are_read_alike_with_and_without_words_allowed(text: str, pence: int) -> None:
    assert is_bare(text)
    assert read_money(text) == read_money(text, is_plain=True) == pence


@pytest.mark.parametrize(
    "text", ["", "4.5k", "1,8700", "£4,500 please", "4500 pounds", "-5", " 4500", "4 500"]
)
def test_what_has_more_than_figures_is_not_bare(text: str) -> None:
    assert not is_bare(text)


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


def test_nothing_written_is_no_amount_and_no_amount_is_finer_than_a_penny() -> None:
    assert read_money(" \ufeff ") is None
    assert read_money(Decimal("1.5")) == 150
    with pytest.raises(Unreadable, match="below £0"):
        read_money(Decimal(-1))

    assert read_money("1.23456k") == 123_456  # £1,234.56

    with pytest.raises(Unreadable):
        read_money("1.234567k")


@given(st.integers(0, 10**13))
def test_every_amount_comes_back_from_each_of_its_forms(pence: int) -> None:
    pounds = f"{pence // 100}.{pence % 100:02}"

    assert [read_money(form) for form in (pounds, f"£{pence // 100:,}.{pence % 100:02}")] == [pence] * 2
    assert read_figure(pounds) == Decimal(pounds)
    if pence % 1000 == 0:
        assert read_money(f"{pence // 100_000}.{pence // 1000 % 100:02}k") == pence


@pytest.mark.parametrize("text", ["£ £1,234.50", "££1234.50", "GBP £1,234.50", "£ GBP 1 234.50"])
def test_a_sign_that_is_printed_and_typed_again_leaves_an_amount_exact(text: str) -> None:
    assert read_money(text) == 123_450


HEADINGS: tuple[tuple[Unit | None, tuple[str, ...]], ...] = (
    (THOUSANDS, (
        "Amount (£000s)", "Amount (£'000)", "Amount £’000s", "Amount £k", "Amount (k)", "Amount in thousands",
        "Amount ('000)", "Amount (000's)", "Amount £1,000s", "Amount (x1000)", "GBP thousand", "amount_£000",
    )),
    (PENCE, ("Amount (pence)", "Amount in pence", "amount_pence", "Amount (p)", "Amount (in pence only)")),
    (MILLIONS, ("Amount (£m)", "Amount in millions", "Amount (£ million)")),
    (HUNDREDS, ("Amount (hundreds of pounds)", "Amount (£00s)")),
    (FOREIGN, (
        "Amount (€)", "Amount ($)", "Amount (EUR)", "EUR amount", "In euros", "US dollars", "Amount in AED",
        "Amount (£/€)", "Amount ZAR", "\u200eAmount\u00ad (€)",
    )),
    (FOR_EACH, (
        "Amount per month", "Amount (per year)", "Amount p.a.", "Amount pcm", "Each week", "Monthly amount",
        "Amount (monthly)", "Annual cost", "Amount a month", "Cost per session", "Cost / month", "Cost p/w",
    )),
    (None, (
        "Amount (£)", "Amount (GBP)", "Amount (£00.00)", "Amount (up to £5,000 per year)", "20",
        "Amount, maximum £3,000 a year",
        "Amount in pounds and pence", "Amount (£, no pence)", "Amount for a year", "Between £500 and £1,000",
        "Total cost of the weekly club", "Please TRY to say it", "CAD and PA systems", "Within a year",
    )),
)  # fmt: skip


@pytest.mark.parametrize(("unit", "headings"), HEADINGS)
def test_a_heading_says_the_unit_of_its_amounts(unit: Unit | None, headings: tuple[str, ...]) -> None:
    assert {heading: unit_in(heading) for heading in headings} == dict.fromkeys(headings, unit)


READ: dict[str, tuple[Callable[[str], object], dict[str, object]]] = {
    "the one amount that prose names": (
        likely_amount,
        {
            "£1,500 from the town council": "£1,500",
            "£2.5k promised": "£2.5k",
            "We hope for 850 pounds in kind.": "850 pounds",
            "500 own funds": "500",
            "2.5k reserves": "2.5k",
            "£600 - each of us pays £20": "£600",
            **dict.fromkeys(("about 5000", "up to £500 of reserves", "£500 to £600"), ""),
            **dict.fromkeys(("$500 from a friend", "-£500 of debts", "£1 500 from the council"), ""),
            **dict.fromkeys(("500 hours of our own volunteers", "25% match", "2026 grants", "3 grants"), ""),
            "£500 " + "and more " * 40: "",
        },
    ),
    "a currency is pounds or not": (
        unit_of_currency,
        {
            **dict.fromkeys(("GBP", "£", "Pounds", "British pound (£)", "sterling"), None),
            **dict.fromkeys(("EUR", "euro", "$", "Swiss", "PLN (zloty)"), FOREIGN),
            "£000s": THOUSANDS,
        },
    ),
    "what is a unit and nothing else": (
        is_a_unit,
        {
            **dict.fromkeys(("EUR", "£", "£000", "Pounds sterling"), True),
            **dict.fromkeys(("£500", "Coventry"), False),
        },
    ),
    "a per cent": (
        percent_of,
        {
            "50 %": 5_000,
            "33.3%": 3_330,
            **dict.fromkeys(("0%", "101%", "5.125%", "5.%", "٥%"), None),
        },
    ),
}


@pytest.mark.parametrize(("read", "told"), READ.values(), ids=READ)
def test_units_shares_and_prose_are_read_as_people_write_them(
    read: Callable[[str], object], told: dict[str, object]
) -> None:
    assert {said: read(said) for said in told} == told


@pytest.mark.parametrize(
    ("text", "times", "pence"),
    [
        ("4", THOUSANDS, 400_000),
        ("£4.1255", THOUSANDS, 412_550),
        ("4.5k", THOUSANDS, 450_000),  # it says so itself
        ("450,000", PENCE, 450_000),
        ("£4,500 in all", None, 450_000),
        ("£2,000.00 (£1,000 cash, £1,000 in kind)", None, 200_000),
    ],
)
def test_the_unit_of_a_column_counts_and_that_of_the_cell_before_it(
    text: str, times: Unit | None, pence: int
) -> None:
    unit = times or Unit("", read_money.__kwdefaults__["times"])

    assert unit.times is not None
    assert read_money(text, times=unit.times) == pence


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


def test_an_amount_in_figures_and_in_the_same_words_is_one() -> None:
    assert read_money("£10k (£10,000)") == read_money("£10,000 (£10,000)") == 1000000
    assert read_money("Nine thousand eight hundred pounds") == 980000
    assert read_money("£9,800 (nine thousand eight hundred pounds)") == 980000
    assert read_money("Nine thousand eight hundred pounds (£9,800)") == 980000
    assert read_money("£1,985 (one thousand nine hundred and eighty-five pounds only)") == 198500
    with pytest.raises(Unreadable, match="one amount in figures, another in words"):
        read_money("£9,800 (eight thousand pounds)")
    with pytest.raises(Unreadable, match="not an exact amount"):
        read_money("£9,800 (a lot of it in kind)")


def test_an_amount_that_is_near_one_is_offered_and_a_bound_is_not() -> None:
    near = ("£300 or thereabouts", "approx £300", "£300ish", "c. £300")
    assert {amount_about(text) for text in near} == {"£300"}
    assert {amount_about(text) for text in ("up to £300", "at least £300", "£300", "maximum £300")} == {""}
    assert likely_amount("three hundred pounds") == "£300"
    assert likely_amount("£300 or thereabouts") == ""


@pytest.mark.parametrize("remark", ["£600", "2 x £300", "$250 and $250", "about 2 x 250", "5 at £90"])
def test_a_remark_that_does_not_reckon_the_amount_leaves_it_unread(remark: str) -> None:
    with pytest.raises(Unreadable):
        read_money(f"£500 ({remark})")
    with pytest.raises(Unreadable):
        read_money(f"{remark} = £500")
