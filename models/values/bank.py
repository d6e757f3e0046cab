"""The account that a grant is paid into: how its numbers are read, and how it is shown without them.

Whether a number could be right for its sort code takes the banks' own tables, which the office loads; without
them that is not checked, and `NO_TABLES` says so.
"""

import hashlib
import secrets
from typing import ClassVar

from msgspec import field

from models.guarded import Guarded
from models.journal import canonical

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

    The salt is kept beside the account alone and goes with it; the sum, which the journal keeps, then tells
    nothing.
    """

    unshown: ClassVar = frozenset({"account_name", "sort_code", "account_number", "salt"})
    uncompared: ClassVar = frozenset({"salt"})
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
        """Return the last four digits of the number, all that is shown and journalled."""
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
