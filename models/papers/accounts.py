"""The accounts that a finance schedule is paid into: never part of its values, its journal or its issue."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from models.guarded import Guarded


class AccountLine(Guarded, frozen=True):
    """The account of one award; its repr holds none of it. `flag` is "" unless it was changed late.

    `fits` says whether the number fits its sort code by the banks' tables.
    """

    unshown: ClassVar = frozenset({"account_name", "sort_code", "account_number"})
    reference: str
    account_name: str
    sort_code: str
    account_number: str
    entered_by: str
    entered_on: date
    verified_by: str
    verified_on: date | None
    flag: str
    fits: str = "Not checked"


class Accounts(Struct, frozen=True):
    """The accounts of a round as they were asked for: by whom, why, and the journal's row that says so."""

    round_id: int
    asked_by: str
    reason: str
    journal_row: int
    lines: tuple[AccountLine, ...]
