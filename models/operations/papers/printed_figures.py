"""Taking tables of earlier years into the record as printed figures, and out again."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.writing import Row, next_id, put, remove
from models.queries.papers.year_tables import printed_tables
from models.reference.shipped_history import STATEMENTS, PrintedTable
from models.schema.papers import printed_figure_table, printed_table_table
from models.session import Session
from scoring.counted import counted
from scoring.refused import Refused

"""Who keeps the figures of earlier years."""
_TOUCHED = frozenset({Topic.FUNDS, Topic.RECORD})


class AddPrintedTables(RegisteredOperation, frozen=True):
    """Take printed tables in, apart from every application; a table that is there already is refused."""

    kind: ClassVar[str] = "add printed tables"
    tables: tuple[PrintedTable, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Import {_count(_keys(self.tables))} of earlier years"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put them in as they are printed."""
        if not self.tables:
            raise Refused("There is no table to import. Nothing was added.")
        there = {table.key for table in printed_tables(session)}
        for table in self.tables:
            if table.key in there:
                raise Refused(f"The record has {table.name} already. Nothing was added.")
            there.add(table.key)
        start = next_id(session, printed_table_table.c.id)
        put(session, printed_table_table, [_head(n, table) for n, table in enumerate(self.tables, start)])
        cells = [cell for n, table in enumerate(self.tables, start) for cell in _cells(n, table)]
        put(session, printed_figure_table, cells)
        words = f"{_count(_keys(self.tables))} with {_rows(self.tables)} were imported as printed figures."
        return Outcome(_TOUCHED, RemovePrintedTables(_keys(self.tables)), words)


class RemovePrintedTables(RegisteredOperation, frozen=True):
    """Take printed tables out, each named by fund, year and code."""

    kind: ClassVar[str] = "remove printed tables"
    keys: tuple[tuple[str, str, str], ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Remove {_count(self.keys)} of earlier years"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take them out; refused where one is not there."""
        there = {table.key: table for table in printed_tables(session)}
        for fund, year, code in self.keys:
            if (fund, year, code) not in there:
                raise Refused(f"The record has no {code} of {fund} {year}. Nothing was removed.")
        for fund, year, code in self.keys:
            _remove(session, fund, year, code)
        inverse = AddPrintedTables(tuple(there[key] for key in self.keys))
        return Outcome(_TOUCHED, inverse, f"{_count(self.keys)} of printed figures were removed.")


def _head(number: int, table: PrintedTable) -> Row:
    return {
        "id": number,
        "fund": table.fund,
        "year": table.year,
        "code": table.code,
        "title": table.title,
        "source": table.source,
        "total": table.total,
    }


def _cells(number: int, table: PrintedTable) -> Iterator[Row]:
    for row, cells in enumerate(table.rows, 1):
        for column, words in enumerate(cells):
            is_money = table.kinds[column] == "pounds"
            yield {
                "table_id": number,
                "row": row,
                "column": column + 1,
                "heading": table.headings[column],
                "kind": table.kinds[column],
                "words": words,
                "pence": table.figure(column, words) if is_money else None,
            }


def _remove(session: Session, fund: str, year: str, code: str) -> None:
    table = printed_table_table
    meant = (table.c.fund == fund) & (table.c.year == year) & (table.c.code == code)
    number = select(table.c.id).where(meant).scalar_subquery()
    remove(session, printed_figure_table, printed_figure_table.c.table_id == number)
    remove(session, table, meant)


def _count(keys: Iterable[tuple[str, str, str]]) -> str:
    """Return how many tables there are, without what papers say of them in sentences."""
    return counted(sum(code != STATEMENTS for _, _, code in keys), "table")


def _rows(tables: Iterable[PrintedTable]) -> str:
    return counted(sum(len(table.lines) for table in tables if table.code != STATEMENTS), "row")


def _keys(tables: Iterable[PrintedTable]) -> tuple[tuple[str, str, str], ...]:
    return tuple(table.key for table in tables)
