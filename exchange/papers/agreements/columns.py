"""What of an agreement's tables comes to nothing is left out: a column of dashes, a table, lines to sign."""

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

SIGNATURE = "signature"
"""What stands beside the line for a signature."""
STANDS = "…"
"""What stands in the signatures' place until the placeholders are filled."""


def leave_out_signatures(word: WordDocument) -> Paragraph | None:
    """Take the tables out in which both sides sign; return a paragraph in the place of the first, if any.

    What stands there is put in once the placeholders are filled: a name may look like one.
    """
    said = None
    for table in [table for table in word.tables if _has_signature(table)]:
        if said is None:
            said = word.add_paragraph(STANDS)
            table._tbl.addprevious(said._p)
        table._tbl.getparent().remove(table._tbl)
    return said


def _has_signature(table: Table) -> bool:
    return any(row.cells and row.cells[0].text.strip().casefold() == SIGNATURE for row in table.rows)


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
