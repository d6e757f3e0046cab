"""Areas and pots as people paste and type them."""

import pytest

from exchange.reading.pasted import read_areas, read_plan
from scoring.budget.spending_plan import PlanLine
from scoring.refused import Refused
from scoring.round import Area

COVENTRY = Area("Coventry", 4_800_000)


@pytest.mark.parametrize(
    "text",
    [
        "Coventry\t£48,000",
        "Coventry; 48000",
        "Coventry £48,000",
        "Coventry, 48,000.00",
        "\nCoventry: 48000\n",
    ],
)
def test_an_area_is_read_however_it_is_written(text: str) -> None:
    assert read_areas(text) == (COVENTRY,)


def test_a_table_is_read_with_all_its_amounts_and_without_its_headings() -> None:
    table = "Area\tPot £\tStart-up\tCommitted\nB'ham East\t62,000\t10,000\t\nCoventry\t£48,000"

    assert read_areas(table) == (Area("B'ham East", 6_200_000, 1_000_000), COVENTRY)


@pytest.mark.parametrize("typed", ["Dudley £30,000.50 £10,000", "Dudley: £30,000.50, £ 10,000"])
def test_all_amounts_of_a_typed_line_are_read(typed: str) -> None:
    assert read_areas(typed) == (Area("Dudley", 3_000_050, 1_000_000),)


def test_an_area_without_an_amount_has_an_empty_pot() -> None:
    assert read_areas("Sandwell\nArea 9") == (Area("Sandwell", 0), Area("Area", 900))
    assert read_areas("") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Coventry\t48000\nDudley\tlots", "Line 2, pot: “lots”"),
        ("Dudley\t1\tmany", "Line 1, start-up money"),
        ("\t48000", "Line 1 has no name"),
        ("Coventry £1\nDudley -5", "Line 2: “Dudley -5” has an amount in the area's name"),
        ("£££", "Line 1: “£££” has an amount"),
        ("Walsall 12k", "Line 1: “Walsall 12k” has an amount"),
        ("Walsall, 1.2 Million", "Line 1: “Walsall, 1.2 Million” has an amount"),
        ("Dudley £30,000 and £10,000", "Line 1: “Dudley £30,000 and” has an amount"),
        ("Dudley\t1\t2\t3\t4", "Line 1 has more than a name and three amounts"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_areas(text)


def test_a_line_of_a_plan_may_name_an_award_after_what_is_planned() -> None:
    text = "Purpose\tPlanned\tAwarded\nNight wardens\t£120,000\tA-030-01\nShelter;90,000;5,000;10"

    assert read_plan(text) == (
        PlanLine("Night wardens", 12_000_000, award="A-030-01"),
        PlanLine("Shelter", 9_000_000, 500_000, 1_000),
    )
    with pytest.raises(Refused):
        read_plan("Wardens; lots; A-030-01")
