"""The printed tables in the record, and which of those that ship are not in it yet."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.papers.printed import PrintedTable
from models.schema.printed_figure import PrintedFigureTable, PrintedTableTable
from models.shipped_history import shipped_tables


def printed_tables(session: Session) -> tuple[PrintedTable, ...]:
    """Return the printed tables in the order in which they were taken in."""
    cells: dict[int, list[PrintedFigureTable]] = defaultdict(list)
    figure = PrintedFigureTable
    for cell in session.scalars(select(figure).order_by(figure.table_id, figure.row, figure.column)):
        cells[cell.table_id].append(cell)
    found = session.scalars(select(PrintedTableTable).order_by(PrintedTableTable.id))
    return tuple(_table(row, cells[row.id]) for row in found)


def missing_history(session: Session) -> tuple[PrintedTable, ...]:
    """Return the shipped tables that the record does not have."""
    table = PrintedTableTable
    there = {tuple(row) for row in session.execute(select(table.fund, table.year, table.code))}
    return tuple(printed for printed in shipped_tables() if printed.key not in there)


def _table(row: PrintedTableTable, cells: list[PrintedFigureTable]) -> PrintedTable:
    wide = max(cell.column for cell in cells)
    words = [cell.words for cell in cells]
    return PrintedTable(
        fund=row.fund,
        year=row.year,
        code=row.code,
        title=row.title,
        source=row.source,
        headings=tuple(cell.heading for cell in cells[:wide]),
        kinds=tuple(cell.kind for cell in cells[:wide]),
        rows=tuple(tuple(words[start : start + wide]) for start in range(0, len(words), wide)),
        total=row.total,
    )
