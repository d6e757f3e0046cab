"""Sheets of the workbooks that we write: their page, panes and filter, and their row of headings."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from math import ceil
from textwrap import wrap
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.text import RichText
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import cm_to_EMU, pixels_to_EMU
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from exchange.reading.cell_names import cell_name, column_name
from exchange.written_text import one_line
from exchange.xlsx.table import (
    HEADING,
    HEADING_APART,
    HEADING_RIGHT,
    INK,
    NOTE,
    TABLE_HEADING_ROW,
    TITLE,
    CellValue,
    Formula,
    Kind,
    Look,
    SheetChart,
    TableBook,
    TableColumn,
)
from exchange.xlsx.xlsx_cells import Rows, height_of
from scoring.written.names import shortened

TITLE_HEIGHT, HEADING_HEIGHT = 24, 30
A4 = 9
WIDEST_ON_ONE_PAGE, WELL_ON_ONE_PAGE = 220, 180
"""Characters in a row that still read on one page, and at which type of ten points is printed in eight.

Wider sheets go over several pages, each of which reads well.
"""
SIDE_MARGIN = 0.25
"""In inches."""
MOST_IN_HEAD = 42
"""So many letters of a title have room in a page's head before they meet the marking."""


def set_up_sheet(
    sheet: Any,
    head: TableBook,
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
        (text, HEADING_APART if look.indent else HEADING if look.kind is Kind.TEXT else HEADING_RIGHT)
        for text, look in headings
    )
    rows.line(looks, height)


def _header_and_footer(sheet: Any, head: TableBook) -> None:
    sheet.oddHeader.center.text = safe_in_head(head.marking)
    sheet.oddHeader.left.text = safe_in_head(shortened(head.title, MOST_IN_HEAD))
    sheet.oddHeader.right.text = safe_in_head(head.status)
    sheet.oddFooter.center.text = safe_in_head(head.marking)
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Page &P of &N"


def safe_in_head(text: str) -> str:
    """Return text for a page head, where & starts a code."""
    return one_line(text).replace("&", "&&")[:200]


OF_A_LETTER, BESIDE = 1.1, 1
"""How wide a letter is, and the room beside a word, in characters of a cell."""
WIDEST_FOR_A_WORD = 24
"""A longer word is an address or a slip, and is broken."""
ON_LINES = ("wrapped", "apart")
"""The kinds of columns whose texts go on over several lines."""


C = TypeVar("C")


def holding_words(
    columns: Sequence[C], rows: Sequence[Sequence[Any]], totals: Sequence[Sequence[Any]] = ()
) -> tuple[C, ...]:
    """Return the columns of a sheet, those of texts on several lines as wide as their longest usual word.

    Those of money hold their longest amount, that of a total too: a program shows "###" for one they do not.
    """
    return tuple(
        _holding(column, [row[n] for row in rows], [row[n] for row in totals])
        for n, column in enumerate(columns)
    )


def _holding_money(column: Any, cells: Sequence[Any]) -> Any:
    """Return a column of money wide enough for figures in bold, where the usual width is for fewer."""
    pence = ".2f" if column.kind == "pounds" else ".0f"
    amounts = (Decimal(cell.cached) for cell in cells if isinstance(cell, Formula) and cell.cached)
    given = (Decimal(cell) / 100 for cell in cells if isinstance(cell, int))
    longest = max((len(f"£{amount:,{pence}}") for amount in (*amounts, *given)), default=0)
    return replace(column, width=longest + 1.0) if longest > column.width else column


def _holding(column: Any, cells: Sequence[Any], totals: Sequence[Any]) -> Any:
    if column.kind.endswith("pounds"):
        return _holding_money(column, (*cells, *totals))
    if column.kind not in ON_LINES:
        return column
    words = (word for cell in cells if isinstance(cell, str) for word in cell.split())
    wides = (len(word) * OF_A_LETTER + BESIDE for word in words)
    wide = max((wide for wide in wides if wide <= WIDEST_FOR_A_WORD), default=0.0)
    return replace(column, width=wide) if wide > column.width else column


def heading_height(columns: Sequence[Any]) -> float:
    """Return the height in which every heading is read whole: its bold words are wider than a text's."""
    return max(HEADING_HEIGHT, height_of((column.heading, column.width * 0.8) for column in columns))


class Top(NamedTuple):
    """A title and its note, the columns' widths over which they may stand, and the row over the headings."""

    title: str
    note: str
    over: list[float]
    above: Sequence[tuple[CellValue, Look]] = ()


def write_top(rows: Rows, head: TableBook, top: Top, *, has_logo: bool) -> None:
    """Write the title, the note on as many lines as it needs, and the row over the headings."""
    rows.line([(head.area.labelled(top.title), TITLE)], TITLE_HEIGHT)
    note = head.area.said(top.note)
    lines = wrap(note, round(sum(top.over)))
    first = lines[0] if len(lines) == 2 and not top.above else note
    if head.logo and has_logo:
        add_logo(rows.sheet, head.logo, top.over, top.title)
    _write_note(rows, first, top.over)
    rows.line(top.above or [(note.removeprefix(first).strip(), NOTE)])


def _write_note(rows: Rows, text: str, over: list[float]) -> None:
    """Write a note; what two lines do not hold goes on in its own row, across the columns."""
    if len(text) <= sum(over):
        rows.line([(text, NOTE)])
        return
    row, last = rows.row + 1, column_name(len(over))
    if len(over) > 1:
        rows.sheet.merged_cells.add(f"A{row}:{last}{row}")
    rows.line([(text, replace(NOTE, wrap=True))], height_of([(text, sum(over))]))


_WHOLE = ("whole", "0", "Type a whole number, 0 or more, such as 12.")
_MONEY = ("decimal", "0", "Type an amount in pounds, such as 450.50.")
_DAY = ("date", "36526", "Type a date, such as 02/12/2026.")
"""What is checked, the least it may be (the date is 1 January 2000), and what is said otherwise."""
CHECKS = {"count": _WHOLE, "pounds": _MONEY, "day": _DAY}


def open_entries(sheet: Any, columns: Sequence[TableColumn], last_row: int) -> None:
    """Lock a sheet and check its entries.

    There is no password: the lock keeps rows from being mixed up, not people out.
    """
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "autoFilter"):
        setattr(sheet.protection, allowed, False)
    for number, column in enumerate(columns, 1):
        if column.is_entry and column.kind in CHECKS and last_row > TABLE_HEADING_ROW:
            sheet.data_validations.append(_check(column.kind, column_name(number), last_row))


def _check(kind: str, letters: str, last_row: int) -> DataValidation:
    checks, least, words = CHECKS[kind]
    rule = DataValidation(type=checks, operator="greaterThanOrEqual", formula1=least, allow_blank=True)
    rule.errorTitle, rule.error, rule.showErrorMessage = "Not kept", words, True
    rule.add(f"{letters}{TABLE_HEADING_ROW + 1}:{letters}{last_row}")
    return rule


class Described(OneCellAnchor):  # type: ignore[misc]
    """A place for a picture or a chart that says in words what it shows.

    openpyxl makes the frame that bears the words only as it writes, and leaves them out or writes "Picture".
    """

    __elements__, __attrs__, __nested__ = (
        OneCellAnchor.__elements__,
        OneCellAnchor.__attrs__,
        OneCellAnchor.__nested__,
    )
    words = ""

    def to_tree(self, *args: Any, **kwargs: Any) -> Any:
        """Return the place as XML."""
        node = super().to_tree(*args, **kwargs)
        for one in node.iter():
            if one.tag.rpartition("}")[2] == "cNvPr":
                one.set("descr", self.words)
        return node


HEIGHT_PX, WIDEST_PX = 30, 180
"""A logo stands beside the title, in its row."""
CHARACTER_PX, TITLE_CHARACTER_PX, CELL_PX = 7, 11, 5
"""What a character of a column's width takes on a screen, one of a title, and what a cell takes besides."""
LOGO = "Logo of the office"
"""What is read out of it; whose it is stands on the sheet of the office."""


def add_logo(sheet: Any, png: bytes, widths: list[float], title: str) -> None:
    """Put a picture at the right end of the first page; nothing where the title would run into it."""
    columns = [round(width * CHARACTER_PX) + CELL_PX for width in widths]
    picture = Image(BytesIO(png))
    scale = min(HEIGHT_PX / picture.height, WIDEST_PX / picture.width)
    wide, high = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    left = sum(columns) - wide
    if left < len(title) * TITLE_CHARACTER_PX:
        return
    column, offset = 0, left
    while column < len(columns) - 1 and offset >= columns[column]:
        column, offset = column + 1, offset - columns[column]
    marker = AnchorMarker(col=column, colOff=pixels_to_EMU(offset), row=0, rowOff=pixels_to_EMU(2))
    size = XDRPositiveSize2D(pixels_to_EMU(wide), pixels_to_EMU(high))
    picture.anchor = Described(_from=marker, ext=size)
    picture.anchor.words = LOGO
    sheet.add_image(picture)


COLOURS = ("B8C2D6", INK)
"""Behind the last figures, which are what is looked at, stand paler ones."""
WIDEST_CM, HEAD_CM, BAR_CM, ROW_CM, CHARACTER_CM = 24.0, 3.0, 0.45, 0.53, 0.19
MOST_ON_ONE_PAGE = 16
"""A table of so many rows is printed on one page with its chart, which would else be cut in two."""
POUNDS = '"£"#,##0'


class _Labels(DataLabelList):  # type: ignore[misc]
    """Labels in their own format, each on one line: LibreOffice breaks them at a bar's thickness otherwise.

    openpyxl can write neither attribute.
    """

    __elements__, __attrs__, __nested__ = (
        DataLabelList.__elements__,
        DataLabelList.__attrs__,
        DataLabelList.__nested__,
    )

    def to_tree(self, *args: Any, **kwargs: Any) -> Any:
        """Return the labels as XML."""
        node = super().to_tree(*args, **kwargs)
        for one in node.iter():
            name = one.tag.rpartition("}")[2]
            if name == "numFmt":
                one.set("sourceLinked", "0")
            elif name == "bodyPr":
                one.set("wrap", "none")
        return node


def add_chart(sheet: Any, chart: SheetChart, rows: tuple[int, int], at: int, wide: float) -> int:
    """Put a chart of the first to the last of some rows at a row; return the last row that it covers.

    The row over the first holds the headings, which name the bars; it is no wider than so many characters.
    """
    first, last = rows
    bars = BarChart()
    bars.type, bars.grouping, bars.gapWidth, bars.title = "bar", "clustered", 60, chart.title
    for number in chart.figures:
        bars.add_data(Reference(sheet, number + 1, first - 1, number + 1, last), titles_from_data=True)
    bars.set_categories(Reference(sheet, 1, first, 1, last))
    _dress(bars, chart)
    bars.width = min(WIDEST_CM, CHARACTER_CM * wide)
    high = HEAD_CM + BAR_CM * len(chart.figures) * (last - first + 1)
    bars.height = high
    size = XDRPositiveSize2D(cm_to_EMU(bars.width), cm_to_EMU(high))
    bars.anchor = Described(_from=AnchorMarker(row=at - 1), ext=size)
    bars.anchor.words = f"{chart.title}: a bar chart. {chart.sentence} Its figures are in the table above it."
    sheet.add_chart(bars)
    if last - first < MOST_ON_ONE_PAGE:
        sheet.page_setup.fitToHeight = 1
    return at + ceil(high / ROW_CM)


def _dress(bars: Any, chart: SheetChart) -> None:
    """Colour the bars, read them from the top down, and show each figure at its bar."""
    colours: Sequence[str] = COLOURS[-len(chart.figures) :]
    for series, colour in zip(bars.series, colours, strict=True):
        series.graphicalProperties.solidFill = colour
    bars.x_axis.scaling.orientation = "maxMin"
    bars.x_axis.delete, bars.y_axis.delete = False, True
    bars.y_axis.majorGridlines, bars.y_axis.scaling.min = None, 0
    figures = POUNDS if chart.is_money else "0"
    words = RichText(
        p=[Paragraph(ParagraphProperties(defRPr=CharacterProperties()), endParaRPr=CharacterProperties())]
    )
    bars.dataLabels = _Labels(showVal=True, numFmt=figures, txPr=words)
    bars.dataLabels.showSerName = bars.dataLabels.showCatName = bars.dataLabels.showLegendKey = False
    bars.legend.position = "b"
    if len(chart.figures) == 1:
        bars.legend = None
