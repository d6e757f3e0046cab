"""The printed tables in the record, and which of those that ship are not in it yet."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Row, select

from models.papers.year.printed import PrintedTable
from models.reference.shipped_history import shipped_tables
from models.schema.papers import printed_figure_table, printed_table_table
from models.session import Session


def printed_tables(session: Session) -> tuple[PrintedTable, ...]:
    """Return the printed tables in the order in which they were imported."""
    cells: dict[int, list[Row[Any]]] = defaultdict(list)
    figure = printed_figure_table
    for cell in session.execute(select(figure).order_by(figure.c.table_id, figure.c.row, figure.c.column)):
        cells[cell.table_id].append(cell)
    found = session.execute(select(printed_table_table).order_by(printed_table_table.c.id))
    return tuple(_table(row, cells[row.id]) for row in found)


def has_printed(session: Session, fund: str, year: str) -> bool:
    """Whether the record has a printed table of a fund's year."""
    table = printed_table_table.c
    wanted = select(table.id).where(table.fund == fund, table.year == year).limit(1)
    return session.scalar(wanted) is not None


def missing_history(session: Session) -> tuple[PrintedTable, ...]:
    """Return the shipped tables that the record does not have."""
    table = printed_table_table
    there = {tuple(row) for row in session.execute(select(table.c.fund, table.c.year, table.c.code))}
    return tuple(printed for printed in shipped_tables() if printed.key not in there)


def _table(row: Row[Any], cells: list[Row[Any]]) -> PrintedTable:
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
