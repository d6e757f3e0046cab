"""Pictures in workbooks: a letterhead's logo and the charts of a year, each with its description."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.text import RichText
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import cm_to_EMU, pixels_to_EMU

from exchange.xlsx.xlsx_cells import INK
from exchange.xlsx.xlsx_sheets import SheetChart


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


HEIGHT_PX, LOW_PX, WIDEST_PX = 46, 30, 180
"""Over the title and the line below it, or beside the title alone; a wide logo is lower."""
FIRST_PAGE = 150
"""So many characters stand on the first page of a sheet that goes over several."""
CHARACTER_PX, CELL_PX = 7, 5
"""What a character of a column's width takes on a screen, and what its cell takes besides."""
TITLE_CHARACTER_PX = 11
LOGO = "Logo of the office"
"""What is read out of it; whose it is stands on the sheet of the office."""


def add_logo(sheet: Any, png: bytes, widths: list[float], lines: tuple[str, str], most: float) -> None:
    """Put a picture at the right end of the first page; nothing where the title would run into it.

    `lines` are the title and the line below it: where this one is long, the picture stands beside the title
    alone. A sheet of more than `most` characters goes over several pages.
    """
    if not png:
        return
    columns = [round(width * CHARACTER_PX) + CELL_PX for width in widths]
    is_wide = sum(widths) > most
    end = FIRST_PAGE * CHARACTER_PX if is_wide else sum(columns)
    picture, (title, below) = Image(BytesIO(png)), lines
    is_low = is_wide or len(below) * CHARACTER_PX > end - WIDEST_PX
    scale = min((LOW_PX if is_low else HEIGHT_PX) / picture.height, WIDEST_PX / picture.width)
    wide, high = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    left = end - wide
    if left < len(title) * TITLE_CHARACTER_PX:
        return
    column, offset = _at(columns, left)
    marker = AnchorMarker(col=column, colOff=pixels_to_EMU(offset), row=0, rowOff=pixels_to_EMU(2))
    size = XDRPositiveSize2D(pixels_to_EMU(wide), pixels_to_EMU(high))
    picture.anchor = Described(_from=marker, ext=size)
    picture.anchor.words = LOGO
    sheet.add_image(picture)


def _at(columns: list[int], left: int) -> tuple[int, int]:
    """Return the column in which a place stands, from 0, and how far into it."""
    for number, wide in enumerate(columns):
        if left < wide:
            return number, left
        left -= wide
    return len(columns) - 1, 0


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
