"""The benchmarks' table: each figure that was measured, its aim, and whether it reaches the aim."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module

import msgspec

HEADINGS = ("", "What is measured", "Measured", "Aim", "Unit")


class Row(msgspec.Struct, frozen=True):
    """One figure with its aim: the most it may be, or the least where `at_least` is set.

    Both are compared as they are printed, in hundredths.
    """

    subject: str
    measured: float
    aim: float
    unit: str
    detail: str = ""
    at_least: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether the figure is within its aim."""
        measured, aim = round(self.measured, 2), round(self.aim, 2)
        return measured >= aim if self.at_least else measured <= aim

    @property
    def texts(self) -> tuple[str, str, str, str, str]:
        """The row's cells, in the order of `HEADINGS`."""
        bound = "at least" if self.at_least else "at most"
        verdict = "held" if self.is_reached else "MISSED"
        return verdict, self.subject, _figure(self.measured), f"{bound} {_figure(self.aim)}", self.unit


Part = Callable[[], Iterable[Row]]
"""A benchmark's `measure`, which goes on as its rows are asked for."""


def write_rows(module: str) -> None:
    """Measure one part, and write each row to standard output as soon as it is there, as JSON."""
    part: Part = import_module(f"benchmarks.{module}").measure
    for row in part():
        sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
        sys.stdout.buffer.flush()


def line(row: Row) -> str:
    """Return a row as it is printed while the rest is measured."""
    verdict, subject, measured, aim, unit = row.texts
    return f"{verdict:<6} {subject}: {measured} {unit} ({aim}){row.detail and f'; {row.detail}'}"


def conclude(rows: Sequence[Row]) -> int:
    """Print the whole table and then each miss; return 1 if there is a miss or no row at all, else 0."""
    missed = [row for row in rows if not row.is_reached]
    print(*_table([HEADINGS, *(row.texts for row in rows)]), sep="\n")
    print(f"{len(rows) - len(missed)} of {len(rows)} aims are held.")
    for row in missed:
        print(line(row))
    return 1 if missed or not rows else 0


def _table(lines: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _figure(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")
