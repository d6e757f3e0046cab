"""The account that a grant is paid into: how its numbers are read, and how it is shown without them.

Whether a number could be right for its sort code takes tables that finance supplies; without them
that is not checked, and `NOT_CHECKED` says so.
"""

from dataclasses import dataclass, field

SORT_CODE_DIGITS = 6
FEWEST_DIGITS, MOST_DIGITS = 6, 8
LAST = 4
NOT_CHECKED = "Not checked against the banks' own tables: finance has not supplied them."

NAME_WANTED = "Type the name on the account."
SORT_CODE_WANTED = "Type the six digits of the sort code, such as 08-99-99."
NUMBER_WANTED = "Type the eight digits of the account number."


@dataclass(frozen=True, slots=True)
class BankDetails:
    """An account: sort code as NN-NN-NN, number as eight digits. Its repr holds none of it."""

    account_name: str = field(repr=False)
    sort_code: str = field(repr=False)
    account_number: str = field(repr=False)

    @property
    def last_four(self) -> str:
        """Return the last four digits of the number, all that is shown and journalled."""
        return self.account_number[-LAST:]


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
    """Return a typed account number as eight digits, noughts in front; None when it is not one."""
    digits = _digits(text)
    return digits.zfill(MOST_DIGITS) if FEWEST_DIGITS <= len(digits) <= MOST_DIGITS else None


def account_name_of(text: str) -> str | None:
    """Return a typed account name on one line, None when there is none."""
    return " ".join(text.split()) or None


def _digits(text: str) -> str:
    """Return the digits of a text that has only them, spaces and hyphens; "" otherwise."""
    bare = "".join(text.split()).replace("-", "")
    return bare if bare.isascii() and bare.isdigit() else ""
