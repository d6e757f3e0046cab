"""Cells are read as money, numbers, yes or no as people write them, and what is not exact is refused."""

from datetime import date
from decimal import Decimal
from functools import partial
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.cells.values import (
    cell_text,
    is_nothing,
    read_decimal,
    read_money,
    read_whole,
    read_yes_no,
)
from exchange.reading.cell_names import cell_name, column_name, column_number
from exchange.reading.sheets import Cell, CellError, NoSavedValue
from scoring.written.text import Unreadable, one_line

read_plain_money = partial(read_money, is_plain=True)
POUNDS_4500 = [
    4500,
    4500.0,
    "£4,500",
    "4.5k",
    "£4.5K",
    "4.5 k",
    "4500.00",
    "4500.0",
    "4,500 pounds",
    "4,500 Pounds Sterling",
    "GBP 4,500",
    "4500GBP",
    "£4,500.00 ",
    " £ 4,500",
    "£4,500\n",
    "4 500",
    "£4,500.",
    "4.5 thousand",
    "£4,500/-",
    "£4,500.-",
    "'4500",
    "+4500",
    "£4,500 only",
]
PLAIN_4500 = [4500, 4500.0, "4500", "4,500", "£4500", "£4,500.00", " £ 4,500.0 "]
NOT_MONEY: list[tuple[Cell, str]] = [
    ("about 5000", "not an exact amount"),
    ("c. £5,000", "not an exact amount"),
    ("tbc", "not an exact amount"),
    ("N/A", "not an exact amount"),
    ("4,50", "not an exact amount"),
    ("1,2,3", "not an exact amount"),
    ("45,000,00", "not an exact amount"),
    ("4.500,00", "not an exact amount"),
    ("£", "not an exact amount"),
    (".", "not an exact amount"),
    ("k", "not an exact amount"),
    ("50p", "not an exact amount"),
    ("£4,500 + VAT", "not an exact amount"),
    ("£4,500?", "not an exact amount"),
    ("4500-", "not an exact amount"),
    ("٤٥٠٠", "not an exact amount"),
    (True, "not an exact amount"),
    (date(2026, 3, 4), "not an exact amount"),
    ("4000-5000", "not one amount"),
    ("£4,000 – £5,000", "not one amount"),
    ("4k to 5k", "not one amount"),
    ("4000 or 5000", "not one amount"),
    ("$500", "not in pounds"),
    ("500 EUR", "not in pounds"),
    ("€500.00", "not in pounds"),
    ("£500 per month", "for each of something"),
    ("500pcm", "not an exact amount"),
    ("£500 a week", "for each of something"),
    ("£500/month", "for each of something"),
    ("-500", "below £0"),
    ("£-500", "below £0"),
    ("(£500)", "below £0"),
    (-0.01, "below £0"),
    ("4500.005", "more than two decimals"),
    ("4.500", "more than two decimals"),
    (4500.005, "more than two decimals"),
    ("4.505055k", "more than two decimals"),
    (1e13, "more than any fund holds"),
    (CellError("#REF!"), "the error #REF!"),
    (NoSavedValue(), "open the workbook in Excel, save it"),
]


@pytest.mark.parametrize("cell", POUNDS_4500, ids=repr)
def test_an_amount_is_read_as_people_write_it(cell: Cell) -> None:
    assert read_money(cell) == 450_000


@pytest.mark.parametrize(
    ("cell", "pence"),
    [
        ("1.2m", 120_000_000),
        ("4.555k", 455_500),
        ("0", 0),
        ("£0.99", 99),
        (".5", 50),
        ("£1,234,567.89", 123_456_789),
    ],
)
def test_other_amounts_are_read_to_the_penny(cell: Cell, pence: int) -> None:
    assert read_money(cell) == pence


@pytest.mark.parametrize(("cell", "said"), NOT_MONEY, ids=repr)
def test_what_is_no_exact_amount_is_refused_in_a_sentence(cell: Cell, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as caught:
        read_money(cell)

    assert str(caught.value).endswith(".")


def test_a_number_is_taken_at_fifteen_digits_before_its_decimals_are_judged() -> None:
    # 0.1 + 0.2 is stored as 0.30000000000000004; 1.005 x 100 must not become 100.49999
    assert read_money(0.1 + 0.2) == 30
    assert read_money(4500.1 + 0.2) == 450_030


@pytest.mark.parametrize("cell", PLAIN_4500, ids=repr)
def test_a_round_workbook_takes_numbers_and_plain_amounts(cell: Cell) -> None:
    assert read_plain_money(cell) == 450_000


@pytest.mark.parametrize("cell", ["4.5k", "4,500 pounds", "GBP 4,500", "4 500", "none", "-1"])
def test_a_round_workbook_takes_no_loose_amounts(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        read_plain_money(cell)


@given(st.integers(0, 10**13))
def test_every_amount_comes_back_from_each_of_its_forms(pence: int) -> None:
    pounds = f"{pence // 100}.{pence % 100:02}"

    forms = (pounds, f"£{pence // 100:,}.{pence % 100:02}", f"GBP {pounds}", float(pounds))

    assert [read_money(form) for form in forms] == [pence] * 4
    assert read_plain_money(forms[1]) == pence


@given(st.text(max_size=12) | st.text("£0123456789.,k -", max_size=9))
def test_any_text_is_an_amount_or_unreadable(text: str) -> None:
    answer = money_or_sentence(text)

    if isinstance(answer, str):
        assert answer.endswith(".")
    else:
        assert (answer is None) == (one_line(text) == "")


def money_or_sentence(text: str) -> int | str | None:
    try:
        return read_money(text)
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize("read", [read_money, read_plain_money, read_whole, read_yes_no])
def test_an_empty_cell_is_none(read: object) -> None:
    assert callable(read)

    assert [read(cell) for cell in (None, "", "  ", "\n")] == [None] * 4


@pytest.mark.parametrize("read", [read_money, read_plain_money, read_whole, read_yes_no])
@pytest.mark.parametrize("cell", [CellError("#N/A"), NoSavedValue()])
def test_a_cell_in_error_is_never_read(read: object, cell: Cell) -> None:
    assert callable(read)

    with pytest.raises(Unreadable, match="The cell holds"):
        read(cell)


def test_whole_numbers_are_read_from_numbers_and_text() -> None:
    cells: tuple[Cell, ...] = (4, 4.0, "4", "4.0", " 1,200 ", "-3", 0)

    assert [read_whole(cell) for cell in cells] == [4, 4, 4, 4, 1200, -3, 0]


@pytest.mark.parametrize(
    "cell", [4.5, "4.5", "200 people", "about 200", True, "1e3", "²", "1,2", date(2026, 1, 1)]
)
def test_what_is_not_whole_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="is not a whole number"):
        read_whole(cell)


def test_decimals_are_exact_and_their_places_are_counted() -> None:
    assert read_decimal(12.5) == Decimal("12.5")
    assert read_decimal("12.50") == Decimal("12.5")
    assert read_decimal(0.1 + 0.2) == Decimal("0.3")
    with pytest.raises(Unreadable, match="more than two decimals"):
        read_decimal("1.234")


def test_a_percent_sign_is_no_part_of_a_number() -> None:
    with pytest.raises(Unreadable):
        read_decimal("25%")


@pytest.mark.parametrize(
    "cell",
    [
        "Yes",
        "y",
        "TRUE",
        True,
        1,
        1.0,
        "1",
        "✓",
        "☑",
        " yes. ",
        "Oes / Yes",
        "Do / Yes",
        "Yes, in 2024",
        "yes (2024)",
    ],
)
def test_yes_in_its_spellings(cell: Cell) -> None:
    assert read_yes_no(cell) is True


@pytest.mark.parametrize(
    "cell", ["No", "n", "false", False, 0, 0.0, "0", "✗", "☐", "NO!", "Nac oes / No", "No - never"]
)
def test_no_in_its_spellings(cell: Cell) -> None:
    assert read_yes_no(cell) is False


@pytest.mark.parametrize(
    "cell",
    [
        "x",
        "don't know",
        "Yes, but not yet",
        "No, we will write one",
        "No-one",
        "No. 5",
        "Yes, pending",
        2,
        "N/A",
        "Yes / No",
        date(2026, 1, 1),
    ],
)
def test_what_is_neither_yes_nor_no_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="neither yes nor no"):
        read_yes_no(cell)


def test_text_keeps_line_breaks_and_loses_control_characters() -> None:
    assert cell_text("\ufeff one\r\ntwo\rthree\x0bfour\x00\t! \u200b") == "one\ntwo\nthree\nfour\t!"


def test_text_of_numbers_has_no_needless_noughts() -> None:
    cells: tuple[Cell, ...] = (4.0, 0.1 + 0.2, 1e16, 7700900123.0, 1e-7, 100)

    assert [cell_text(cell) for cell in cells] == [
        "4",
        "0.3",
        "1" + "0" * 16,
        "7700900123",
        "0.0000001",
        "100",
    ]


def test_text_of_other_cells() -> None:
    cells: tuple[Cell, ...] = (True, date(2026, 3, 4), CellError("#REF!"), NoSavedValue(), None)

    assert [cell_text(cell) for cell in cells] == ["TRUE", "2026-03-04", "#REF!", "", ""]


def test_words_for_nothing_are_known_and_no_is_not_one() -> None:
    assert all(
        map(
            is_nothing,
            ("", " ", "N/A", "n.a.", "NA", "none", "None ", "nil", "-", "–", "--", "not applicable"),
        )
    )
    assert not any(map(is_nothing, ("no", "0", "tbc", "n", "a", "-5", "nonesuch")))


@given(st.integers(1, 16_384))
def test_columns_are_named_and_counted_alike(column: int) -> None:
    assert column_number(column_name(column)) == column


def test_cells_are_named_as_in_a_spreadsheet() -> None:
    assert (cell_name(17, 6), column_name(8), column_name(27), column_name(16_384)) == (
        "F17",
        "H",
        "AA",
        "XFD",
    )


def test_a_long_value_is_shortened_in_the_sentence() -> None:
    with pytest.raises(Unreadable) as caught:
        read_money("word " * 50)

    assert len(str(caught.value)) < 120


def test_a_long_text_that_is_no_amount_is_refused_at_once() -> None:
    began = thread_time()

    for text in ("1," * 16_000, "1 and " * 5_000, "(" * 32_000, "1." * 16_000):
        for _ in range(20):
            with pytest.raises(Unreadable):
                read_money(text)

    assert thread_time() - began < 4  # one look at all of the first text took a third of a second or more
