"""The accounts that a finance schedule is paid into: never part of its values, its journal or its issue."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class AccountLine:
    """The account of one award; its repr holds none of it. `flag` is "" unless it was changed late.

    `fits` says whether the number fits its sort code by the banks' tables.
    """

    reference: str
    account_name: str = field(repr=False)
    sort_code: str = field(repr=False)
    account_number: str = field(repr=False)
    entered_by: str
    entered_on: date
    verified_by: str
    verified_on: date | None
    flag: str
    fits: str = "Not checked"


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts as they were asked for: by whom, why, and the journal's row that says so."""

    asked_by: str
    reason: str
    journal_row: int
    lines: tuple[AccountLine, ...]
