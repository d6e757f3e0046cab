"""Sheets that are filled in: all cells locked but the entries, and each entry checked as it is typed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from exchange.cells.cell_names import column_name
from exchange.xlsx.xlsx_sheets import TABLE_HEADING_ROW

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

_WHOLE = ("whole", "0", "Type a whole number, 0 or more, such as 12.")
_MONEY = ("decimal", "0", "Type an amount in pounds, such as 450.50.")
_DAY = ("date", "36526", "Type a date, such as 02/12/2026.")
"""What is checked, the least it may be (the date is 1 January 2000), and what is said otherwise."""
CHECKS = {"count": _WHOLE, "pounds": _MONEY, "day": _DAY}


def open_entries(sheet: Any, columns: Sequence[tuple[str, bool]], last_row: int) -> None:
    """Lock a sheet and check its entries; each column is its kind and whether it is an entry.

    There is no password: the lock keeps rows from being mixed up, not people out.
    """
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "autoFilter"):
        setattr(sheet.protection, allowed, False)
    for number, (kind, is_entry) in enumerate(columns, 1):
        if is_entry and kind in CHECKS and last_row > TABLE_HEADING_ROW:
            sheet.data_validations.append(_check(kind, column_name(number), last_row))


def _check(kind: str, letters: str, last_row: int) -> "DataValidation":
    from openpyxl.worksheet.datavalidation import DataValidation  # as in `xlsx_cells`

    checks, least, words = CHECKS[kind]
    rule = DataValidation(type=checks, operator="greaterThanOrEqual", formula1=least, allow_blank=True)
    rule.errorTitle, rule.error, rule.showErrorMessage = "Not kept", words, True
    rule.add(f"{letters}{TABLE_HEADING_ROW + 1}:{letters}{last_row}")
    return rule
