"""Tables that papers of earlier years printed, apart from every application."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of, whole


class PrintedTableTable(Base):
    """A printed table of a fund's year; `total` says whose its total is. Fund and year are as printed."""

    __tablename__ = "printed_tables"
    __table_args__ = (
        UniqueConstraint("fund", "year", "code"),
        one_of("total", "printed", "summed", "none"),
        CheckConstraint("trim(fund) <> '' AND trim(code) <> ''", name="is_named"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fund: Mapped[str]
    year: Mapped[str]
    code: Mapped[str]
    title: Mapped[str]
    source: Mapped[str]
    total: Mapped[str]


class PrintedFigureTable(Base):
    """One cell of a printed table: its words as printed, and the pence that they stand for, if any.

    Rows and columns count from 1; `heading` is the column's, `kind` what the column holds.
    """

    __tablename__ = "printed_figures"
    __table_args__ = (
        one_of("kind", "text", "pounds", "count", "percent"),
        whole("pence"),
        CheckConstraint("pence IS NULL OR kind = 'pounds'", name="pence_of_pounds"),
        STRICT,
    )

    table_id: Mapped[int] = mapped_column(ForeignKey("printed_tables.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    column: Mapped[int] = mapped_column(primary_key=True)
    heading: Mapped[str]
    kind: Mapped[str]
    words: Mapped[str]
    pence: Mapped[int | None]
