"""A block from a spreadsheet comes into the grid's columns, whatever stands around it."""

import pytest

from exchange.reading.pasted import (
    AREA_HEADS,
    MEMBER_HEADS,
    Pasted,
    is_block,
    read_area_block,
    read_block,
)

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
