"""Bank details as they are typed and as they are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.bank import BankDetails, account_name_of, account_number_of, masked, sort_code_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("089999", "08-99-99"),
        ("08-99-99", "08-99-99"),
        (" 08 99 99 ", "08-99-99"),
        ("08999", None),
        ("0899999", None),
        ("08-99-9a", None),
        ("٠٨٩٩٩٩", None),
        ("", None),
    ],
)
def test_a_sort_code_is_six_digits_in_pairs(typed: str, kept: str | None) -> None:
    assert sort_code_of(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("66374958", "66374958"),
        ("6637 4958", "66374958"),
        ("123456", "00123456"),
        ("12345", None),
        ("663749581", None),
        ("6637495x", None),
        ("+6637495", None),
    ],
)
def test_an_account_number_is_eight_digits_and_keeps_its_noughts(typed: str, kept: str | None) -> None:
    assert account_number_of(typed) == kept


@given(st.integers(0, 99_999_999))
def test_a_whole_account_number_stays_as_it_is(number: int) -> None:
    assert account_number_of(f"{number:08d}") == f"{number:08d}"


def test_an_account_name_is_one_line() -> None:
    assert account_name_of("  Heath\nTown  Youth ") == "Heath Town Youth"
    assert account_name_of(" \n") is None


def test_an_account_is_shown_by_its_last_four_digits() -> None:
    assert masked(BankDetails("Heath Town Youth", "08-99-99", "66374958").last_four) == "••••4958"


def test_a_report_of_an_error_holds_no_account() -> None:
    assert repr(BankDetails("Heath Town Youth", "08-99-99", "66374958")) == "BankDetails()"
