"""Filling in a saved round workbook from a panel's own, as the demonstration does by itself.

A panel workbook has sheets of a round workbook, and `Eligible` with the columns of `Applications` that
the panel fills in, found by their reference.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from exchange.reading.sheets import Book, Cell, SheetTable
from exchange.round_workbook.layout import APPLICATIONS, folded
from exchange.round_workbook.table import find_sheet
from exchange.round_workbook.values import text

ELIGIBLE = "Eligible"
REFERENCE = "Reference"


def filled_in(saved: Book, panel: Book) -> Book:
    """Return the saved workbook with the panel's sheets in place of its own, and the gates filled in."""
    eligible = find_sheet(panel, ELIGIBLE)
    sheets = []
    for sheet in saved.sheets:
        theirs = find_sheet(panel, sheet.name)
        if theirs is not None:
            sheets.append(theirs)
        elif eligible is not None and folded(sheet.name) == folded(APPLICATIONS):
            sheets.append(_with_gates(sheet, eligible))
        else:
            sheets.append(sheet)
    return replace(saved, sheets=tuple(sheets))


def _with_gates(applications: SheetTable, eligible: SheetTable) -> SheetTable:
    given = {text(row[0]): dict(zip(_headings(eligible), row, strict=True)) for row in eligible.rows[1:]}
    headings = _headings(applications)
    at = headings.index(folded(REFERENCE))
    body = [_filled_row(headings, row, given.get(text(row[at]), {})) for row in applications.rows[1:]]
    return replace(applications, rows=(applications.rows[0], *body))


def _headings(sheet: SheetTable) -> list[str]:
    return [folded(text(cell)) for cell in sheet.rows[0]]


def _filled_row(headings: list[str], row: tuple[Cell, ...], given: Mapping[str, Cell]) -> tuple[Cell, ...]:
    return tuple(given.get(heading, cell) for heading, cell in zip(headings, row, strict=True))
