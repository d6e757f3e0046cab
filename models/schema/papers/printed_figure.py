"""Tables that papers of earlier years printed, apart from every application."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table
from models.schema.columns import one_of


class PrintedTableColumns(Columns):
    """A printed table of a fund's year; `total` says whose its total is. Fund and year are as printed."""

    id: Named[int] = Column(primary_key=True)
    fund: Named[str]
    year: Named[str]
    code: Named[str]
    title: Named[str]
    source: Named[str]
    total: Named[str]


printed_table_table = record_table(
    "printed_tables",
    PrintedTableColumns,
    UniqueConstraint("fund", "year", "code"),
    one_of("total", "printed", "summed", "none"),
    CheckConstraint("trim(fund) <> '' AND trim(code) <> ''", name="is_named"),
)


class PrintedFigureColumns(Columns):
    """One cell of a printed table: its words as printed, and the pence that they stand for, if any.

    Rows and columns count from 1; `heading` is the column's, `kind` what the column holds.
    """

    table_id: Named[int] = Column(ForeignKey("printed_tables.id"), primary_key=True)
    row: Named[int] = Column(primary_key=True)
    column: Named[int] = Column(primary_key=True)
    heading: Named[str]
    kind: Named[str]
    words: Named[str]
    pence: Named[int | None]


printed_figure_table = record_table(
    "printed_figures",
    PrintedFigureColumns,
    one_of("kind", "text", "pounds", "count", "percent"),
    CheckConstraint("pence IS NULL OR kind = 'pounds'", name="pence_of_pounds"),
)
