"""Sheets of the workbooks that we write: their page, panes and filter, and their row of headings."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any, NamedTuple

from exchange.cells.cell_names import cell_name, column_name
from exchange.written_text import one_line
from exchange.xlsx.xlsx_cells import (
    HEADING,
    HEADING_APART,
    HEADING_RIGHT,
    Kind,
    Look,
    Rows,
)
from scoring.written.area_label import AREA, AreaLabel

TABLE_HEADING_ROW = 4
TITLE_HEIGHT, HEADING_HEIGHT = 24, 30
A4 = 9
WIDEST_ON_ONE_PAGE, WELL_ON_ONE_PAGE = 220, 180
"""Characters in a row that still read on one page, and at which type of ten points is printed in eight.

Wider sheets go over several pages, each of which reads well.
"""
SIDE_MARGIN = 0.25
"""In inches."""
ROOM_IN_HEAD, HEAD_SIZE = 330, 11
"""In points: how much room a title has in a page's head before it meets the marking, and its type."""

ALWAYS_IN_HEAD = 28
"""So many letters have room whatever they are."""


class SheetHead(NamedTuple):
    """What stands at the head of each printed page: the title, the marking and what the paper is.

    `area` is the office's own word for an area, in which headings say it; `logo` its picture as PNG, which
    stands on the sheet that is seen first and on the one that says who the workbook is from.
    """

    title: str
    marking: str
    status: str
    area: AreaLabel = AREA
    logo: bytes = b""


class SheetChart(NamedTuple):
    """Bars for each row of a table: the columns of their figures, from 0; names are in the first column."""

    title: str
    sentence: str
    figures: tuple[int, ...]
    is_money: bool = False


def set_up_sheet(
    sheet: Any,
    head: SheetHead,
    widths: Sequence[float],
    *,
    header_row: int,
    last_row: int,
    frozen_columns: int = 1,
    printed_columns: int | None = None,
) -> None:
    """Set widths, panes, filter, print area and titles; before the first row is written.

    `printed_columns` are how many are printed, from the left, all on one page; None or 0 prints every one.
    """
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[column_name(number)].width = width
    last_column = column_name(len(widths))
    sheet.freeze_panes = cell_name(header_row + 1, frozen_columns + 1)
    sheet.auto_filter.ref = f"A{header_row}:{last_column}{max(last_row, header_row)}"
    sheet.sheet_view.showGridLines = False
    across = 1 if printed_columns else pages_across(widths, frozen_columns)
    set_up_page(sheet, across, frozen_columns, header_row)
    sheet.print_area = f"A1:{last_column}{max(last_row, header_row)}"
    sheet.page_margins.left = sheet.page_margins.right = SIDE_MARGIN
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    _header_and_footer(sheet, head)


def set_up_page(sheet: Any, across: int, repeated: int, header_row: int) -> None:
    """Fit a sheet to so many pages side by side, each with its headings and the columns that name a row."""
    from openpyxl.worksheet.properties import PageSetupProperties  # as in `xlsx_cells`

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if across > 1:
        sheet.print_title_cols = f"A:{column_name(repeated)}"
    sheet.print_title_rows = f"{header_row}:{header_row}"


def pages_across(widths: Sequence[float], repeated: int) -> int:
    """Return how many pages side by side hold the columns, each with the first ones, which name a row."""
    first = sum(widths[:repeated])
    if sum(widths) <= WIDEST_ON_ONE_PAGE or first >= WELL_ON_ONE_PAGE:
        return 1
    return ceil((sum(widths) - first) / (WELL_ON_ONE_PAGE - first))


def write_headings(rows: Rows, headings: Iterable[tuple[str, Look]], height: float = HEADING_HEIGHT) -> None:
    """Write a row of headings, those over figures to the right."""
    looks = (
        (text, HEADING_RIGHT if look.kind is not Kind.TEXT and not look.indent else _heading(look))
        for text, look in headings
    )
    rows.line(looks, height)


def _heading(look: Look) -> Look:
    return HEADING_APART if look.indent else HEADING


def _header_and_footer(sheet: Any, head: SheetHead) -> None:
    sheet.oddHeader.center.text = safe_in_head(head.marking)
    sheet.oddHeader.left.text = safe_in_head(_beside_marking(head.title))
    sheet.oddHeader.right.text = safe_in_head(head.status)
    sheet.oddFooter.center.text = safe_in_head(head.marking)
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Page &P of &N"


def _beside_marking(title: str) -> str:
    """Return as much of a title as stands left of the marking, whose sheet has it whole below."""
    if len(title) <= ALWAYS_IN_HEAD:
        return title
    from exchange.pdf.type_width import type_width  # the measures of type take a moment to load

    ends = [at for at, letter in enumerate(title) if letter in ",:"]
    fitting = [at for at in (*ends, len(title)) if type_width(title[:at], HEAD_SIZE) <= ROOM_IN_HEAD]
    return title[: (fitting or ends or [len(title)])[-1 if fitting else 0]]


def safe_in_head(text: str) -> str:
    """Return text for a page head, where & starts a code."""
    return one_line(text).replace("&", "&&")[:200]
