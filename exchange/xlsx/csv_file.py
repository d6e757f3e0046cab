"""A list as a CSV file: written beside, read back for its number of rows, then put in place."""

import csv
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from exchange.atomic import require_whole, write_beside
from exchange.written_text import clean

_SKIPPED = " \u00a0\ufeff\u200b\u200c\u200d\u2060"
_SIGNS = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BREAKS = ("\t", "\r", "\n")


def csv_text(text: str) -> str:
    """Return text as a CSV cell has it, with an apostrophe before what a spreadsheet would run."""
    cleaned = clean(text)
    runs = cleaned.lstrip(_SKIPPED).startswith(_SIGNS) or text.startswith(_BREAKS)
    return f"'{cleaned}" if runs else cleaned


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]], many: int) -> Path:
    """Write headings and so `many` rows in UTF-8 with a mark that spreadsheets know it by; return the path.

    Each cell is written as it is given: what applicants wrote goes through `csv_text` before. Raises Trouble
    where the file does not have all the rows.
    """
    return write_beside(path, partial(_write, headings, rows), partial(_check, many))


def _write(headings: Sequence[str], rows: Iterable[Sequence[str]], part: Path) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(headings)
        writer.writerows(rows)


def _check(many: int, path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = sum(1 for _ in csv.reader(stream)) - 1
    require_whole(path, is_whole=found == many)
