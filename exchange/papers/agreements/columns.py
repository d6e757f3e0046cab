"""A column of an agreement's table that would hold nothing but dashes is left out, and a table of nothing."""

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table


def leave_out_table(word: WordDocument, placeholder: str) -> None:
    """Take a template's tables out in which a placeholder stands alone in a cell."""
    for table in list(word.tables):
        if any(cell.text.strip() == placeholder for row in table.rows for cell in row.cells):
            table._tbl.getparent().remove(table._tbl)


def leave_out_column(word: WordDocument, placeholder: str) -> None:
    """Take the column in whose cells a placeholder stands alone out of a template's tables.

    Its width goes to the first column. A table with cells that are joined keeps all it has.
    """
    for table in word.tables:
        rows = [row._tr.tc_lst for row in table.rows]
        texts = [[cell.text.strip() for cell in row.cells] for row in table.rows]
        columns = {at for row in texts for at, text in enumerate(row) if text == placeholder}
        is_plain = len({len(row) for row in rows}) == 1 and len(rows[0]) == len(texts[0]) > 1
        if is_plain and len(columns) == 1:
            _take_out(table, rows, columns.pop())


def _take_out(table: Table, rows: list[Any], column: int) -> None:
    for cells in rows:
        cells[column].getparent().remove(cells[column])
    grid = table._tbl.tblGrid.findall(qn("w:gridCol"))
    width = grid[column].w or 0
    grid[column].getparent().remove(grid[column])
    left = [each for at, each in enumerate(grid) if at != column]
    left[0].w = (left[0].w or 0) + width
    for row in table.rows:
        first = row.cells[0]
        first.width = left[0].w
