"""How the sheets of a round workbook look: widths, what stays in view, what is printed, drop-down lists."""

from collections.abc import Sequence
from typing import Any

from exchange.cells.cell_names import cell_name, column_name
from exchange.round_workbook import layout
from exchange.round_workbook.choices import choices_of
from exchange.round_workbook.content import SheetContent
from exchange.xlsx.xlsx_sheets import pages_across, safe_in_head, set_up_page
from scoring.scheme import Scheme

NARROW, MEDIUM, WIDE = 12, 20, 44
MARK, COMMENT = 7, 32

_WIDTHS = {
    "Area": MEDIUM,
    "Title": WIDE,
    "Name": 26,
    "Organisation": 34,
    "Project": 34,
    "Bands": 30,
    "Guidance": 70,
    "Text": 100,
    "Detail": WIDE,
    "Reason": 60,
    "Dissent": WIDE,
    "Eligibility reason": 34,
    "Amount requested": 15,
    "Received": 19,
    "Contact name": MEDIUM,
    "Email": 28,
    "Address": 34,
    "Summary": WIDE,
    "Need": WIDE,
    "Outcomes": WIDE,
}
_PROSE = frozenset({"Title", "Guidance", "Text", "Detail", "Reason", "Dissent", "Eligibility reason"})

WITH_MONEY = (layout.POTS, layout.APPLICATIONS)
"""The sheets whose figures stand right, as sums of money do."""

_FIXED = {layout.APPLICATIONS: 1, layout.MARKS: 3, layout.AGREED: 1}
"""How many columns, which name a row, stay in view and stand on each page of the widest sheets."""


def lay_out(sheet: Any, content: SheetContent, scheme: Scheme, title: str) -> None:
    """Set a sheet up before its first row is written; `title` names its round on each printed page."""
    marked = {criterion.code for criterion in scheme.judged}
    widths = [
        MARK
        if heading in marked and content.name in (layout.MARKS, layout.AGREED)
        else width(content.name, heading)
        for heading in content.headings
    ]
    for column, wide in enumerate(widths, 1):
        sheet.column_dimensions[column_name(column)].width = wide
    sheet.freeze_panes = cell_name(2, _FIXED.get(content.name, 0) + 1)
    _set_up_page(sheet, content, widths)
    sheet.oddHeader.right.text = safe_in_head(title)
    if content.name in (layout.APPLICATIONS, layout.MARKS) and content.rows:
        sheet.auto_filter.ref = f"A1:{column_name(len(content.headings))}{len(content.rows) + 1}"
    for choice in choices_of(content, scheme):
        sheet.data_validations.append(choice)


def _set_up_page(sheet: Any, content: SheetContent, widths: Sequence[int]) -> None:
    """Say how a sheet is printed: fitted to its pages, under its name, and where it has no row that."""
    fixed = _FIXED.get(content.name, 1)
    set_up_page(sheet, pages_across(widths, fixed), fixed, header_row=1)
    sheet.print_area = f"A1:{column_name(len(widths))}{len(content.rows) + 1}"
    sheet.oddHeader.left.text = "&A" if content.rows else "&A: nothing is entered here."
    sheet.oddFooter.right.text = "Page &P of &N"


def width(sheet: str, heading: str) -> int:
    """Return the width of a column, in characters."""
    if _is_comment(heading):
        return COMMENT
    if sheet == layout.ROUND:
        return WIDE if heading == "Value" else 24
    if heading in _WIDTHS:
        return _WIDTHS[heading]
    return NARROW if heading in layout.COLUMNS[sheet] else MEDIUM


def is_prose(heading: str) -> bool:
    """Whether the texts of a column are wrapped."""
    return heading in _PROSE or _is_comment(heading)


def _is_comment(heading: str) -> bool:
    return heading.endswith((layout.comment_heading(""), layout.reason_heading("")))
