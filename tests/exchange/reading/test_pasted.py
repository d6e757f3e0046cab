"""Rows copied from a spreadsheet: which areas they fill, and what each block is."""

import pytest

from exchange.reading.pasted import (
    AREA_HEADS,
    MEMBER_HEADS,
    Pasted,
    is_block,
    read_area_block,
    read_areas,
    read_block,
    read_plan,
)
from scoring.budget.limits import PlanLine
from scoring.round import Area
from scoring.written.text import Refused

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


DUDLEY = ("Dudley", "£34,000", "10000", "", "")
WALSALL = ("Walsall", "32,000.00", "", "500", "")


@pytest.mark.parametrize(
    "text",
    [
        "Dudley\t£34,000\t10000\t\r\nWalsall\t32,000.00\t\t500\r\n",
        "Area\tPot £\tStart-up\tCommitted already\nDudley\t£34,000\t10000\t\n\t\t\nWalsall\t32,000.00\t\t500",
        "Committed\tNPU\tBudget 2026/27\tStart-up\n\tDudley\t£34,000\t10000\n500\tWalsall\t32,000.00\t",
    ],
)
def test_the_cells_come_into_their_columns(text: str) -> None:
    assert read_area_block(text) == Pasted((DUDLEY, WALSALL))


def test_typed_lines_and_one_column_will_do() -> None:
    assert read_area_block("Dudley £34,000\nWalsall").rows == (
        ("Dudley", "£34,000", "", "", ""),
        ("Walsall", "", "", "", ""),
    )
    assert read_area_block("34000\n32000").rows[0][0] == "34000"
    assert read_area_block("Area\nArea 9\n").rows == (("Area", "9", "", "", ""),)
    assert read_area_block("").rows == ()


@pytest.mark.parametrize(
    ("total", "words"),
    [
        ("Total\t£66,000", "The row “Total” agrees with the areas, £66,000, and is left out."),
        ("Sum\tabout 66", "The row “Sum” is left out: it is not an area."),
    ],
)
def test_a_row_of_totals_is_no_area_and_is_held_against_them(total: str, words: str) -> None:
    # 34,000 + 32,000 = 66,000
    found = read_area_block(f"Dudley\t£34,000\t10000\nWalsall\t32,000.00\t\t500\n{total}")

    assert found == Pasted((DUDLEY, WALSALL), (words,))
    wrong = read_area_block("Dudley\t£34,000\t10000\nWalsall\t32,000.00\t\t500\nGrand total:\t£66,500")
    assert wrong.rows == (DUDLEY, WALSALL)
    assert wrong.warning == (
        "The pasted row “Grand total:” says £66,500, but the areas come to £66,000. Check the amounts."
    )


def test_what_does_not_fit_is_named() -> None:
    found = read_block("Name\tE-mail\tRole\nAnn Sample\tann@example.org\tChair", MEMBER_HEADS)
    assert found == Pasted(
        (("Ann Sample", "Chair", "", ""),), ("Left out, since the grid has no such column: “E-mail”.",)
    )
    unnamed = read_area_block("Area\tPot\nDudley\t£34,000\t10000\nWalsall\t32,000.00\t\t500\t\tx")
    assert unnamed.rows == (DUDLEY, WALSALL)
    assert unnamed.notes == ("Left out, since the grid has no such column: column 6.",)
    wide = read_block("Dudley\t1\t2\t3\tboth\t5", AREA_HEADS)
    assert wide.notes == ("Only the first 5 columns fit in the grid; the others are left out.",)
    assert len(read_block("\n".join(f"Area {n}" for n in range(300)), AREA_HEADS).rows) == 200


def test_one_cell_is_no_block() -> None:
    assert not is_block("Dudley\r\n")
    assert is_block("Dudley\t1")
    assert is_block("Dudley\nWalsall")
