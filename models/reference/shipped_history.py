"""A table as a paper printed it, cell by cell, and those of earlier years that ship with the product."""

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from msgspec import Struct

import resources
from scoring.written.text import Refused

_SAID = ("Statement", "Tables", "Rows", "Measure", "Of", "Printed")

_OTHERS = {"County Durham priorities": "durham", "West Mercia commissioning": "west-mercia"}
OFFICES = ("west-midlands", *_OTHERS.values())
"""The offices whose tables ship."""


KINDS = ("text", "pounds", "count", "percent")
"""What a column holds."""
TOTALS = ("printed", "summed", "none")
"""Whether the last row is the paper's total, or the total is ours alone, or there is none."""
STATEMENTS = "Stated in the text"
"""The code of a table that holds what a paper says of its tables in sentences."""

_MONEY = re.compile(r"([-−]?)£?(\d[\d,]*(?:\.\d+)?)\s*(million|m\b)?")
_FIRST = re.compile(r"[-−]?£[\d,.]*\d(?:\s*million|m\b)?")


class PrintedTable(Struct, frozen=True):
    """One printed table; `code` is what its paper calls it, and a fund's year has one of each.

    Every cell is its words as printed. Raises Refused where the cells do not fit the headings.
    """

    fund: str
    year: str
    code: str
    title: str
    source: str
    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: str = "none"

    def __post_init__(self) -> None:
        if not (self.fund.strip() and self.code.strip() and self.headings and self.rows):
            raise Refused("A printed table needs a fund, a name, headings and rows.")
        if len(set(self.headings)) < len(self.headings):
            raise Refused(f"{self.name} has a heading twice. Name each column once.")
        if len(self.kinds) != len(self.headings) or not set(self.kinds) <= set(KINDS):
            raise Refused(f"{self.name} does not say what each of its columns holds.")
        if self.total not in TOTALS:
            raise Refused(f"{self.name}: “{self.total}” is not a kind of total.")
        for number, row in enumerate(self.rows, 1):
            self._check(number, row)

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what names the table in a record: fund, year and code."""
        return self.fund, self.year, self.code

    @property
    def name(self) -> str:
        return f"{self.code} of {self.fund} {self.year}".rstrip()

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        return self.rows[:-1] if self.total == "printed" else self.rows

    def figure(self, column: int, words: str) -> int | None:
        """Return what a cell stands for: pence, a count, hundredths of a percent, or None."""
        return read_figure(self.kinds[column], words)

    def _check(self, number: int, row: tuple[str, ...]) -> None:
        if len(row) != len(self.headings):
            raise Refused(f"{self.name}: row {number} has {len(row)} cells under {len(self.headings)} heads.")
        for column, words in enumerate(row):
            if self.kinds[column] != "text" and words.strip() and self.figure(column, words) is None:
                raise Refused(
                    f"{self.name}: “{words}” in row {number} is not a figure. Correct it or make it text."
                )


def read_figure(kind: str, words: str) -> int | None:
    """Return the figure of a cell in a column of that kind, None where it holds none."""
    if kind == "pounds":
        return read_pence(words)
    found = re.fullmatch(r"\s*(\d[\d,]*(?:\.\d+)?)\s*%?\s*", words)
    if kind == "text" or found is None:
        return None
    number = Decimal(found[1].replace(",", ""))
    return int(number * 100) if kind == "percent" else int(number)


def read_pence(words: str) -> int | None:
    """Return the pence of the first sum of money in some words: "-2,469", "£0.8m", "circa £3,321,000"."""
    marked = _FIRST.search(words)
    found = _MONEY.search(marked[0] if marked else words)
    if found is None:
        return None
    pence = Decimal(found[2].replace(",", "")) * (100_000_000 if found[3] else 100)
    return -int(pence) if found[1] else int(pence)


def office_of(table: PrintedTable) -> str:
    return _OTHERS.get(table.fund, OFFICES[0])


def shipped_tables() -> tuple[PrintedTable, ...]:
    """Return the tables of `resources/history`, and after them what their papers say in sentences."""
    return (*map(_table, _listed("tables")), *_statements())


def _table(entry: Mapping[str, str]) -> PrintedTable:
    headings, *rows = _cells(entry["File"])
    return PrintedTable(
        fund=entry["Fund"],
        year=entry["Year"],
        code=entry["Code"],
        title=entry["Title"],
        source=entry["Source"],
        headings=headings,
        kinds=tuple(entry["Kinds"].split(",")),
        rows=tuple(rows),
        total=entry["Total"],
    )


def _statements() -> Iterator[PrintedTable]:
    kinds = ("text",) * len(_SAID)
    for (fund, year, source), said in groupby(_listed("statements"), _whose):
        rows = tuple(tuple(entry[name] for name in _SAID) for entry in said)
        yield PrintedTable(fund, year, STATEMENTS, STATEMENTS, source, _SAID, kinds, rows)


def _whose(entry: Mapping[str, str]) -> tuple[str, str, str]:
    return entry["Fund"], entry["Year"], entry["Source"]


def _listed(name: str) -> list[dict[str, str]]:
    headings, *rows = _cells(name)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def _cells(name: str) -> list[tuple[str, ...]]:
    lines = resources.text(f"history/{name}.tsv").split("\n")
    return [tuple(row) for row in csv.reader(filter(None, lines), delimiter="\t", quoting=csv.QUOTE_NONE)]
