"""How the sheets of a round workbook look: widths, what stays in view, what is printed, drop-down lists."""

from typing import Any

from openpyxl.worksheet.properties import PageSetupProperties

from exchange.cells.cell_names import column_name
from exchange.round_workbook import layout
from exchange.round_workbook.choices import choices_of
from exchange.round_workbook.content import SheetContent
from scoring.scheme import Scheme

A4 = 9
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
    "Detail": WIDE,
    "Reason": 60,
    "Dissent": WIDE,
    "Eligibility reason": 34,
    "Amount requested": 15,
    "Received": 17,
    "Contact name": MEDIUM,
    "Email": 28,
    "Address": 34,
    "Summary": WIDE,
    "Need": WIDE,
    "Outcomes": WIDE,
}
_PROSE = frozenset({"Title", "Guidance", "Detail", "Reason", "Dissent", "Eligibility reason"})

WITH_MONEY = (layout.POTS, layout.APPLICATIONS)
"""The sheets whose figures stand right, as sums of money do."""

_LONG = (layout.APPLICATIONS, layout.MARKS, layout.AGREED)
"""The sheets too wide to be fitted to the width of a page."""


def lay_out(sheet: Any, content: SheetContent, scheme: Scheme) -> None:
    """Set a sheet up before its first row is written."""
    marked = {criterion.code for criterion in scheme.judged}
    for column, heading in enumerate(content.headings, 1):
        is_mark = heading in marked and content.name in (layout.MARKS, layout.AGREED)
        wide = MARK if is_mark else width(content.name, heading)
        sheet.column_dimensions[column_name(column)].width = wide
    fixed = {layout.APPLICATIONS: "B2", layout.MARKS: "D2", layout.AGREED: "B2"}
    sheet.freeze_panes = fixed.get(content.name, "A2")
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    if content.name not in _LONG:
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if content.name in (layout.APPLICATIONS, layout.MARKS) and content.rows:
        sheet.auto_filter.ref = f"A1:{column_name(len(content.headings))}{len(content.rows) + 1}"
    for choice in choices_of(content, scheme):
        sheet.data_validations.append(choice)


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
