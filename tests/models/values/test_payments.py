"""Accounts that a grant is paid into: read, shown without them, and weighed by the banks' own tables."""

from collections.abc import Callable, Iterator

import pytest

from models.values.payments import BankDetails, BankTables, WeightRow, account_number_of, masked, sort_code_of


@pytest.mark.parametrize(
    ("reads", "typed", "kept"),
    [
        (sort_code_of, "089999", "08-99-99"),
        (sort_code_of, "08-99-99", "08-99-99"),
        (sort_code_of, " 08 99 99 ", "08-99-99"),
        (sort_code_of, "08999", None),
        (sort_code_of, "0899999", None),
        (sort_code_of, "08-99-9a", None),
        (sort_code_of, "٠٨٩٩٩٩", None),
        (sort_code_of, "", None),
        (account_number_of, "66374958", "66374958"),
        (account_number_of, "6637 4958", "66374958"),
        (account_number_of, "123456", "00123456"),
        (account_number_of, "12345", None),
        (account_number_of, "663749581", None),
        (account_number_of, "6637495x", None),
        (account_number_of, "+6637495", None),
    ],
)
def test_a_sort_code_is_six_digits_in_pairs_and_an_account_number_eight_with_its_noughts(
    reads: Callable[[str], str | None], typed: str, kept: str | None
) -> None:
    assert reads(typed) == kept


def test_an_account_is_shown_by_its_last_four_digits_and_no_report_of_an_error_holds_it() -> None:
    details = BankDetails("Heath Town Youth", "08-99-99", "66374958")

    assert (masked(details.last_four), repr(details)) == ("••••4958", "BankDetails()")


WEIGHTS = """\
070116 070116 MOD11    0    0    7    6    5    8    9    4    5    6    7    8    9   -1  12
070116 070116 MOD10    0    3    2    4    5    8    9    4    5    6    7    8    9   -1  13
074456 074456 MOD11    0    0    7    6    5    8    9    4    5    6    7    8    9   -1  12
074456 074456 MOD10    0    3    2    4    5    8    9    4    5    6    7    8    9   -1  13
086090 086090 MOD10    0    0    3    7    1    3    7    1    3    7    1    3    7    1   8
089000 089999 MOD10    0    0    0    0    0    0    7    1    3    7    1    3    7    1
102400 107999 MOD11    0    0    0    0    0    0    8    7    6    5    4    3    2    1
110000 119280 DBLAL    0    0    2    1    2    1    2    1    2    1    2    1    2    1   1
134012 134020 MOD11    0    0    0    7    5    9    8    4    6    3    5    2    0    0   4
180002 180002 MOD11    0    0    0    0    0    0    8    7    6    5    4    3    2    1  14
200901 201159 MOD11    0    0    0    0    0    0    0    7    6    5    4    3    2    1   6
200901 201159 DBLAL    2    1    2    1    2    1    2    1    2    1    2    1    2    1   6
202700 203239 MOD11    0    0    0    0    0    0    0    7    6    5    4    3    2    1
202700 203239 DBLAL    2    1    2    1    2    1    2    1    2    1    2    1    2    1
309070 309070 MOD11    0    0    3    2    9    8    5    7    6    5    4    3    2    1   2
309070 309070 MOD11    0    0    3    2    9    8    1    7    6    5    4    3    2    1   9
771900 772799 MOD11    0    0    1    2    5    3    6    4    8    7   10    9    3    1   7
820000 826097 MOD11    0    0    0    0    0    0    0    0    7    3    4    9    2    1
820000 826097 DBLAL    2    1    2    1    2    1    2    1    2    1    2    1    2    1   3
826919 827999 MOD11    0    0    0    0    0    0    0    0    7    3    4    9    2    1
826919 827999 DBLAL    2    1    2    1    2    1    2    1    2    1    2    1    2    1   3
870000 872791 MOD11    0    0    1    2    5    3    6    4    8    7   10    9    3    1  10
870000 872791 MOD11    0    0    5   10    9    8    0    7    6    5    4    3    2    1  11
938000 938696 MOD11    7    6    5    4    3    2    7    6    5    4    3    2    0    0   5
938000 938696 DBLAL    2    1    2    1    2    1    2    1    2    1    2    1    2    0   5
"""
SUBSTITUTES = "938600 938611\n938289 938068\n"


def bank_tables() -> BankTables:
    """Return those rows as values."""
    pairs = (line.split() for line in SUBSTITUTES.splitlines())
    return BankTables(tuple(_rows()), dict(pairs))


def _rows() -> Iterator[WeightRow]:
    for line in WEIGHTS.splitlines():
        first, last, method, *numbers = line.split()
        weights, exception = numbers[:14], numbers[14:]
        yield WeightRow(first, last, method, tuple(map(int, weights)), int(exception[0]) if exception else 0)


TABLES = bank_tables()
FIT = {
    "089999 66374958": "modulus 10",
    "107999 88837491": "modulus 11",
    "202959 63748472": "modulus 11 and double alternate",
    "871427 46238510": "exceptions 10 and 11, the first passes",
    "872427 46238510": "exceptions 10 and 11, the second passes",
    "871427 09123496": "exception 10, ab = 09 and g = 9",
    "871427 99123496": "exception 10, ab = 99 and g = 9",
    "820000 73688637": "exception 3, c = 6",
    "827999 73988638": "exception 3, c = 9",
    "827101 28748352": "exception 3, both are checked",
    "134020 63849203": "exception 4",
    "118765 64371389": "exception 1",
    "938611 07806039": "exception 5",
    "938600 42368003": "exception 5 with another sort code",
    "938063 55065200": "exception 5, both remainders 0",
    "772798 99345694": "exception 7",
    "086090 06774744": "exception 8",
    "309070 02355688": "exceptions 2 and 9, the first passes",
    "309070 12345668": "exceptions 2 and 9, the second passes",
    "309070 12345677": "exception 2, a is not 0 and g is not 9",
    "309070 99345694": "exception 2, a is not 0 and g = 9",
    "074456 12345112": "exceptions 12 and 13, modulus 11 passes",
    "070116 34012583": "exceptions 12 and 13, both pass",
    "074456 11104102": "exceptions 12 and 13, modulus 10 passes",
    "180002 00000190": "exception 14, passes moved on by a digit",
}
DO_NOT = {
    "938063 15764273": "exception 5, the second digit is wrong",
    "938063 15764264": "exception 5, the first digit is wrong",
    "938063 15763217": "exception 5, remainder 1",
    "118765 64371388": "exception 1",
    "203099 66831036": "double alternate",
    "203099 58716970": "modulus 11",
    "089999 66374959": "modulus 10",
    "107999 88837493": "modulus 11",
    "180002 00000192": "exception 14, h is none of 0, 1 and 9",
}
UNTOLD = {
    "200915 41011166": "exception 6, an account in foreign currency",
    "999999 12345678": "no row has the sort code",
}


@pytest.mark.parametrize(
    ("account", "is_right"),
    [*((one, True) for one in FIT), *((one, False) for one in DO_NOT), *((one, None) for one in UNTOLD)],
)
def test_an_account_fits_as_the_worked_example_says(account: str, is_right: bool | None) -> None:
    assert TABLES.fits(*account.split()) is is_right
