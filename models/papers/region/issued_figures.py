"""What a regional book keeps of a file that an office issued: awards or tables, no marks, no persons."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from models.papers.year.year_end_tables import YEAR_END
from models.papers.year.year_rates import AWARD_RATES, BY_AWARDED
from models.papers.year.year_tables import YearCell, YearTable, YearTables, total

ADDED = ("pounds", "count")
KEPT_TABLES = (AWARD_RATES, YEAR_END)
"""The year tables that can be put side by side; all others are of one office's own areas and lists."""


class IssuedAward(Struct, frozen=True):
    """One award of an office, as its open data has it; money in pence, None where nobody asked for it."""

    identifier: str
    title: str
    recipient_id: str
    recipient: str
    registered: str
    fund: str
    area: str
    asked_pence: int | None
    awarded_pence: int
    awarded_on: date


class IssuedFigures(Struct, frozen=True):
    """An issued file as a regional book keeps it.

    `paper` is its title, by which a newer version takes its place; `sha256` is of the data that it was issued
    with, as the office's own record has it.
    """

    kind: str
    office: str
    paper: str
    version: int
    sha256: str
    made_at: datetime
    awards: tuple[IssuedAward, ...] = ()
    tables: tuple[YearTable, ...] = ()

    @property
    def has_figures(self) -> bool:
        """Whether anything of it stands beside other offices: tables that are kept as printed do not."""
        return bool(self.awards or self.tables)


def unsound_words(figures: IssuedFigures) -> str:
    """Return which table's lines do not add up to its own sums, as a sentence goes on; "" where all do."""
    for table in figures.tables:
        whole, parts = _sums(table)
        for name, rows in parts.items():
            for n, column in enumerate(table.columns):
                if column.kind in ADDED and total([whole[n]]) != total(row[n] for row in rows):
                    return f"{table.fund}, {table.name}: {column.heading} {name} does not add up".strip()
    return ""


def _sums(table: YearTable) -> tuple[Sequence[YearCell], Mapping[str, list[Sequence[YearCell]]]]:
    """Return the sums of a table, and the rows that each come to them, by what those are counted by.

    Award rates count the same applications several times, and by the size of award only some of them.
    """
    if table.code != AWARD_RATES:
        return table.totals or (None,) * len(table.columns), {"": list(table.rows)} if table.totals else {}
    parts: dict[str, list[Sequence[YearCell]]] = {}
    for row in table.rows[1:]:
        if row[0] != BY_AWARDED:
            parts.setdefault(f"by {row[0]}", []).append(row)
    return table.rows[0], parts


def kept_tables(paper: YearTables) -> tuple[YearTable, ...]:
    """Return the tables of a paper that a regional book keeps."""
    return tuple(table for table in paper.tables if table.code in KEPT_TABLES and table.rows)
