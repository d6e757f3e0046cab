"""The account that a grant is paid into, whether its number can be right, and an office's payment files."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from msgspec import Struct, field, toml
from msgspec.structs import replace

import resources
from models.values import canonical
from models.values.canonical import Guarded

SORT_CODE_DIGITS = 6
FEWEST_DIGITS, MOST_DIGITS = 6, 8
LAST = 4
SUM_DIGITS = 64
_SUM = b"gp-account-1\0"
_SALT_BYTES = 32
NO_TABLES = "Not checked against the banks' own tables: they are not loaded."

NOT_RECORDED = (
    "The bank details of {} were changed outside the program: they are not the ones that were recorded. Ring "
    "the payee on a number you already had, and enter them again."
)

NAME_WANTED = "Type the name on the account."
SORT_CODE_WANTED = "Type the six digits of the sort code, such as 08-99-99."
NUMBER_WANTED = "Type the eight digits of the account number."


def new_salt() -> str:
    """Return what makes the sum of an account tell nothing of it: 32 random bytes in hexadecimal digits."""
    return secrets.token_hex(_SALT_BYTES)


class BankDetails(Guarded, frozen=True):
    """An account: sort code as NN-NN-NN, number as eight digits. Its repr holds none of it.

    Two are the same account by these alone, whatever name was typed for it. The salt is kept beside the
    account alone and goes with it; the sum, which the journal keeps, then tells nothing.
    """

    unshown = frozenset({"account_name", "sort_code", "account_number", "salt"})
    uncompared = frozenset({"salt", "account_name"})
    account_name: str
    sort_code: str
    account_number: str
    salt: str = field(default_factory=new_salt)

    @property
    def sum(self) -> str:
        """Return the SHA-256 of salt, name, sort code and number, by which a changed one is known."""
        said = canonical.dumps([self.salt, self.account_name, self.sort_code, self.account_number])
        return hashlib.sha256(_SUM + said.encode()).hexdigest()

    @property
    def last_four(self) -> str:
        return self.account_number[-LAST:]


def is_account_of(details: BankDetails, last_four: str, account_sum: str) -> bool:
    """Say whether an account is the one recorded with these last digits and this sum."""
    return (details.last_four, details.sum) == (last_four, account_sum)


def masked(last_four: str) -> str:
    """Return an account as it is shown: "••••1234"."""
    return f"••••{last_four}"


def changed_words(changed_after: str) -> str:
    """Say that an account was changed after it was "checked" or "paid" into; "" when it was not."""
    after = {"checked": "it was verified", "paid": "a payment was made"}.get(changed_after)
    return f"Changed after {after}" if after else ""


def flag_words(changed_after: str, *, is_verified: bool) -> str:
    """Say the same on paper, and whether it was verified since."""
    words = changed_words(changed_after)
    return words and f"{words}{', verified since' if is_verified else ', not verified since'}"


def sort_code_of(text: str) -> str | None:
    """Return a typed sort code as NN-NN-NN, None when it is not one."""
    digits = _digits(text)
    if len(digits) != SORT_CODE_DIGITS:
        return None
    return f"{digits[:2]}-{digits[2:4]}-{digits[4:]}"


def account_number_of(text: str) -> str | None:
    """Return a typed account number as eight digits, leading zeros; None when it is not one."""
    digits = _digits(text)
    return digits.zfill(MOST_DIGITS) if FEWEST_DIGITS <= len(digits) <= MOST_DIGITS else None


def account_name_of(text: str) -> str | None:
    """Return a typed account name on one line, None when there is none."""
    return " ".join(text.split()) or None


def _digits(text: str) -> str:
    """Return the digits of a text that has only them, spaces and hyphens; "" otherwise."""
    bare = "".join(text.split()).replace("-", "")
    return bare if bare.isascii() and bare.isdigit() else ""


FIXED = "words"
"""What a column holds that says the same in every line; without words it is an empty column."""
AMOUNT = "amount"

ACCOUNT_FIELDS = frozenset({"account_name", "sort_code", "account_number"})
"""What is written only when a named person asks for accounts."""

OUTSTANDING, READY, EVERY = "outstanding", "ready", "all"
"""The payments that go into a file: what is outstanding, what may be paid now, or every one."""


class LayoutColumn(Struct, frozen=True):
    """A column: its heading, what it holds (a key of FIELDS), and the words of a fixed one."""

    heading: str
    holds: str
    words: str = ""


class PaymentLayout(Struct, frozen=True):
    """The columns of a payment file from left to right, and its form.

    `separator`, `dates` and `covers` are keys of the lists above. `has_mark` begins the file with the mark by
    which Excel knows UTF-8; `has_headings` gives it a first line of headings.
    """

    name: str
    columns: tuple[LayoutColumn, ...]
    separator: str = "comma"
    dates: str = "dd/mm/yyyy"
    covers: str = OUTSTANDING
    has_mark: bool = True
    has_headings: bool = True

    @property
    def has_accounts(self) -> bool:
        return any(column.holds in ACCOUNT_FIELDS for column in self.columns)


class _Said(Struct, frozen=True):
    """What a payment file may be; the comments of `resources/forms/payments.toml` say what each part is."""

    fields: dict[str, str]
    separators: dict[str, tuple[str, str]]
    dates: dict[str, str]
    covers: dict[str, str]
    standard: PaymentLayout


_SAID = toml.decode(resources.text("forms/payments.toml"), type=_Said)
FIELDS, SEPARATORS, DATE_FORMS, COVERS = _SAID.fields, _SAID.separators, _SAID.dates, _SAID.covers
STANDARD = _SAID.standard


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
