"""The worked examples of the banks' document on checking account numbers, with their results."""

import pytest

from tests.models.values.diligence.bank_rows import bank_tables

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
