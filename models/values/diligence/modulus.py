"""Whether an account number can be right for its sort code, by the banks' own tables.

Rule: VocaLink, "Validating account numbers: UK modulus checking", which the office downloads with its two
tables; they are not part of the program. A number that fits may still be nobody's, or somebody else's.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

MOD10, MOD11, DOUBLE = "MOD10", "MOD11", "DBLAL"
DIGITS = 14
"""Six of the sort code, then the eight of the account number, which the document calls a to h."""
_A, _B, _G, _H = 6, 7, 12, 13
_HEAD = 8
"""The digits whose weights an exception makes nought: the sort code, a and b."""

_EURO = (0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1)
_EURO_NINE = (0,) * _HEAD + _EURO[_HEAD:]
_IN_PLACE_OF = {8: "090126", 9: "309634"}
_EITHER = {2, 10, 12}
"""Exceptions of a first row after which the second row alone will do."""


class WeightRow(Struct, frozen=True):
    """A row of the table: sort codes from `first` to `last`, how they are checked, and its exception or 0."""

    first: str
    last: str
    method: str
    weights: tuple[int, ...]
    exception: int = 0


class BankTables(Struct, frozen=True):
    """Both tables: the rows in their order, and which sort codes are checked as another."""

    rows: tuple[WeightRow, ...] = ()
    substitutes: Mapping[str, str] = field(default_factory=dict)

    def fits(self, sort_code: str, number: str) -> bool | None:
        """Say whether eight digits can be of six; None where the tables cannot tell.

        They cannot where no row has the sort code, and for what may be an account in foreign currency.
        """
        rows = [row for row in self.rows if row.first <= sort_code <= row.last]
        if not rows or (rows[0].exception == 6 and number[0] in "45678" and number[6] == number[7]):
            return None
        first = self._passes(rows[0], sort_code, number)
        if len(rows) == 1:
            is_short = not first and rows[0].exception == 14 and number[7] in "019"
            return self._passes(rows[0], sort_code, f"0{number[:7]}") if is_short else first
        if rows[0].exception in _EITHER:
            return first or self._passes(rows[1], sort_code, number)
        if rows[1].exception == 3 and number[2] in "69":
            return first
        return first and self._passes(rows[1], sort_code, number)

    def _passes(self, row: WeightRow, sort_code: str, number: str) -> bool:
        """Check one row: the sum of each digit times its weight, whose remainder is nought or as excepted."""
        code = _IN_PLACE_OF.get(row.exception, sort_code)
        code = self.substitutes.get(code, code) if row.exception == 5 else code
        digits = tuple(map(int, code + number))
        products = [a * b for a, b in zip(digits, _weighted(row, digits).weights, strict=True)]
        total = sum(sum(divmod(one, 10)) if row.method == DOUBLE else one for one in products)
        total += 27 if row.exception == 1 else 0
        modulus = 11 if row.method == MOD11 else 10
        remainder = total % modulus
        if row.exception == 4:
            return remainder == digits[_G] * 10 + digits[_H]
        if row.exception == 5:
            check = digits[_G if row.method == MOD11 else _H]
            return check == (modulus - remainder) % modulus
        return remainder == 0


def _weighted(row: WeightRow, digits: Sequence[int]) -> WeightRow:
    """Return a row with the weights that its exception gives a number."""
    if row.exception == 2 and digits[_A]:
        return replace(row, weights=_EURO_NINE if digits[_G] == 9 else _EURO)
    is_headless = row.exception == 7 or (row.exception == 10 and digits[_A] in (0, 9) and digits[_B] == 9)
    if is_headless and digits[_G] == 9:
        return replace(row, weights=(0,) * _HEAD + row.weights[_HEAD:])
    return row
