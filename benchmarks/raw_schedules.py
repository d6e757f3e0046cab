"""The other side: the same cells written with the bare libraries, without our code."""

from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle


class RawSheet(NamedTuple):
    """A finished sheet as plain values: its name, column widths, and rows of cells."""

    name: str
    widths: dict[str, float]
    rows: list[list[Any]]


def raw_xlsx(sheets: list[RawSheet], path: Path) -> None:
    """Write cells (value, number format, is bold, is wrapped) with openpyxl, write-only."""
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    book = Workbook(write_only=True)
    for sheet in sheets:
        out = book.create_sheet(sheet.name)
        for column, width in sheet.widths.items():
            out.column_dimensions[column].width = width
        for row in sheet.rows:
            cells = []
            for value, number_format, is_bold, is_wrapped in row:
                cell = WriteOnlyCell(out, value)
                if number_format != "General":
                    cell.number_format = number_format
                if is_bold:
                    cell.font = bold
                if is_wrapped:
                    cell.alignment = wrapped
                cells.append(cell)
            out.append(cells)
    book.save(path)


def raw_pdf(tables: list[list[list[Any]]], widths: list[float], font: Path, path: Path) -> None:
    """Write tables of text, Paragraphs where text may wrap, figures as they are, with reportlab."""
    registerFont(TTFont("Raw", str(font)))
    style = ParagraphStyle("raw", fontName="Raw", fontSize=7.2, leading=9)
    look = TableStyle(
        [("FONT", (0, 0), (-1, -1), "Raw", 7.2, 9), ("LINEBELOW", (0, 1), (-1, -1), 0.35, "#C9D1DE")]
    )
    story = []
    for rows in tables:
        cells = [[_cell(c, style) for c in row] for row in rows]
        story.append(LongTable(cells, colWidths=widths, repeatRows=1, style=look))
    SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=36, rightMargin=36).build(story)


def _cell(content: Any, style: ParagraphStyle) -> Any:
    return content[0] if isinstance(content, tuple) else Paragraph(content, style)
