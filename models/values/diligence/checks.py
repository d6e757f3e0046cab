"""Due diligence before an agreement: what is looked at, what came of it, and what the record itself finds."""

from datetime import date

from msgspec import Struct

from models.schema.base import TextAbout

NUMBER, ACCOUNTS, STANDING, ADDRESS = "number", "accounts", "standing", "address"
PAYEE, BANK, SANCTIONS, RETURNS, PUBLIC_MONEY = "payee", "bank", "sanctions", "returns", "public_money"
CHECKS = {
    NUMBER: "Registered number valid and active",
    ACCOUNTS: "Accounts not overdue",
    STANDING: "Not removed, insolvent or in liquidation",
    ADDRESS: "Address as in the register",
    PAYEE: "No other payee with this account or address",
    BANK: "Account number right for its sort code",
    SANCTIONS: "Sanctions list",
    RETURNS: "No earlier return missing",
    PUBLIC_MONEY: "Public money over three years",
}
"""Every check there is, by code, in the order in which it is shown."""

PASSED, FAILED, NOT_NEEDED = "passed", "failed", "not needed"
RESULTS = {PASSED: "Passed", FAILED: "Not passed", NOT_NEEDED: "Not needed here"}
"""What may come of a check, by code; only one that is not passed stands in the way of an agreement."""

CLEAR, CONCERN, NOT_CHECKED = "clear", "concern", "not checked"
"""What the record finds by itself; a person decides what comes of it."""


class CheckResult(Struct, frozen=True):
    """What a person recorded of one check: the result, on which day, and a note; who is the actor."""

    result: str
    checked_on: date
    note: TextAbout = ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is asked: passed, or not needed for a reason."""
        return self.result in (PASSED, NOT_NEEDED)


class CheckDone(Struct, frozen=True):
    """A result with the person who recorded it."""

    result: CheckResult
    checked_by: str


class Finding(Struct, frozen=True):
    """What the record itself has to say on a check, in a sentence or more; it accuses nobody."""

    state: str
    words: str


def concern_words(code: str) -> str:
    """Return why a check that found something is not passed without a note."""
    if code == SANCTIONS:
        found = "A name like it is on the sanctions list."
        return f"{found} Say in the note why it is another body, or what was decided."
    return "Something was found. Say in the note what was looked at, and why it is passed all the same."
