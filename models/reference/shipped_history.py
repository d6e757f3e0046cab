"""The tables of earlier years that ship with the product, as values."""

import csv
from collections.abc import Iterator, Mapping
from itertools import groupby

import resources
from models.papers.year.printed import STATEMENTS, PrintedTable

_SAID = ("Statement", "Tables", "Rows", "Measure", "Of", "Printed")

_OTHERS = {"County Durham priorities": "durham", "West Mercia commissioning": "west-mercia"}
OFFICES = ("west-midlands", *_OTHERS.values())
"""The offices whose tables ship."""


def office_of(table: PrintedTable) -> str:
    """Return which of the offices printed a table."""
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
