"""Headings say in which unit amounts are, and a limit or a note on pence is none."""

import pytest

from scoring.written.amounts import (
    FOR_EACH,
    FOREIGN,
    MILLIONS,
    PENCE,
    THOUSANDS,
    Unit,
    is_a_unit,
    read_money,
    unit_in,
    unit_of_currency,
)

HEADINGS: tuple[tuple[Unit | None, tuple[str, ...]], ...] = (
    (THOUSANDS, (
        "Amount (£000s)", "Amount (£'000)", "Amount £’000s", "Amount £k", "Amount (k)", "Amount in thousands",
        "Amount ('000)", "Amount (000's)", "Amount £1,000s", "Amount (x1000)", "GBP thousand", "amount_£000",
    )),
    (PENCE, ("Amount (pence)", "Amount in pence", "amount_pence", "Amount (p)", "Amount (in pence only)")),
    (MILLIONS, ("Amount (£m)", "Amount in millions", "Amount (£ million)")),
    (FOREIGN, (
        "Amount (€)", "Amount ($)", "Amount (EUR)", "EUR amount", "In euros", "US dollars", "Amount in AED",
        "Amount (£/€)", "Amount ZAR", "\u200eAmount\u00ad (€)",
    )),
    (FOR_EACH, (
        "Amount per month", "Amount (per year)", "Amount p.a.", "Amount pcm", "Each week", "Monthly amount",
        "Amount (monthly)", "Annual cost", "Amount a month", "Cost per session", "Cost / month", "Cost p/w",
    )),
    (None, (
        "Amount (£)", "Amount (GBP)", "Amount (up to £5,000 per year)", "Amount, maximum £3,000 a year", "20",
        "Amount in pounds and pence", "Amount (£, no pence)", "Amount for a year", "Between £500 and £1,000",
        "Total cost of the weekly club", "Please TRY to say it", "CAD and PA systems", "Within a year",
    )),
)  # fmt: skip


@pytest.mark.parametrize(("unit", "headings"), HEADINGS)
def test_a_heading_says_the_unit_of_its_amounts(unit: Unit | None, headings: tuple[str, ...]) -> None:
    assert {heading: unit_in(heading) for heading in headings} == dict.fromkeys(headings, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *((text, None) for text in ("GBP", "£", "Pounds", "British pound (£)", "sterling")),
        *((text, FOREIGN) for text in ("EUR", "euro", "$", "Swiss", "PLN (zloty)")),
        ("£000s", THOUSANDS),
    ],
)
def test_a_currency_is_pounds_or_not(text: str, unit: Unit | None) -> None:
    assert unit_of_currency(text) == unit


@pytest.mark.parametrize(
    ("text", "times", "pence"),
    [
        ("4", THOUSANDS, 400_000),
        ("£4.1255", THOUSANDS, 412_550),
        ("4.5k", THOUSANDS, 450_000),  # it says so itself
        ("450,000", PENCE, 450_000),
        ("£4,500 in all", None, 450_000),
    ],
)
def test_the_unit_of_a_column_counts_and_that_of_the_cell_before_it(
    text: str, times: Unit | None, pence: int
) -> None:
    unit = times or Unit("", read_money.__kwdefaults__["times"])

    assert unit.times is not None
    assert read_money(text, times=unit.times) == pence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EUR", True),
        ("£", True),
        ("£000", True),
        ("Pounds sterling", True),
        ("weekly", False),
        ("£500", False),
        ("Coventry", False),
        ("pounds, and something in kind", False),
    ],
)
def test_what_is_a_unit_and_nothing_else(text: str, expected: bool) -> None:
    assert is_a_unit(text) is expected
