"""The tables of earlier years that ship with the product, as values."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby

import resources
from models.papers.year.printed import STATEMENTS, PrintedTable

_SAID = ("Statement", "Tables", "Rows", "Measure", "Of", "Printed")

_OTHERS = {"County Durham priorities": "durham", "West Mercia commissioning": "west-mercia"}
OFFICES = ("west-midlands", *_OTHERS.values())
"""The offices whose tables ship."""
_BREAK = " | "
"""Stands in the list of run-together cells where one name ends and the next begins."""


def office_of(table: PrintedTable) -> str:
    """Return which of the offices printed a table."""
    return _OTHERS.get(table.fund, OFFICES[0])


def shipped_tables() -> tuple[PrintedTable, ...]:
    """Return the tables of `resources/history`, and after them what their papers say in sentences."""
    return (*map(_table, _listed("tables")), *_statements())


def lines_of(table: PrintedTable) -> Mapping[str, tuple[str, ...]]:
    """Return the cells in which print has several names without a break, each with its names one by one."""
    return _run_together().get(table.key, {})


def note_of(table: PrintedTable) -> str:
    """Return what is to be said of the cells of a shipped table, "" where nothing is."""
    return _notes().get(table.key, "")


@cache
def _run_together() -> Mapping[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    found: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}
    for entry in _listed("lines"):
        lines = tuple(entry["Lines"].split(_BREAK))
        found.setdefault(_key(entry), {})[" ".join(lines)] = lines
    return found


@cache
def _notes() -> Mapping[tuple[str, ...], str]:
    return {_key(one): one["Note"] for one in _listed("tables")}


def _key(entry: Mapping[str, str]) -> tuple[str, str, str]:
    return entry["Fund"], entry["Year"], entry["Code"]


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
