"""At least 99 of 100 values of an export are read as what they are, whichever tool or office wrote it."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from exchange.applications.fields import AreaNames
from exchange.applications.importer import applications_in, document
from exchange.applications.row_reader import Setting
from exchange.reading.sheets import Book, Cell, read_book
from models.reference.defaults import UsualArea
from tests.exchange.applications.form_exports import TOOLS, Export, Maker
from tests.exchange.applications.form_values import AREAS
from tests.exchange.applications.forms import sheet

_EACH_TOOL = 4
_LEAST = 0.99


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M:%S}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else str(cell)


def _book(export: Export, folder: Path) -> Book:
    """Return what the export reads as: a text file is written and read, a workbook made in memory."""
    if not export.delimiter:
        return Book("export", "xlsx", (sheet(export.rows, merges=export.merges),))
    path = folder / "export.csv"
    with path.open("w", newline="", encoding=export.encoding, errors="replace") as file:
        csv.writer(file, delimiter=export.delimiter).writerows([map(_text, row) for row in export.rows])
    return read_book(path)


def _is_same(wanted: Any, got: Any, field: str) -> bool:
    if isinstance(wanted, str) and isinstance(got, str):
        length = 10 if field == "received_at" else None
        return " ".join(wanted.split())[:length] == " ".join(got.split())[:length]
    return bool(wanted == got)


def _judged(export: Export, folder: Path) -> Iterator[tuple[bool, str]]:
    """Yield for each value of the truth whether it was read so, and which it is; for a row too much, no."""
    usual = tuple(UsualArea(area, forms) for area, forms in AREAS.items())
    setting = Setting("ACF", AreaNames(usual))
    rows = document(applications_in(_book(export, folder), setting))["applications"]
    found = {row["organisation"]: row for row in rows}
    for said in export.truth:
        row = found.pop(said["organisation"], {"answers": {}})
        for field, wanted in said.items():
            if field != "answers":
                yield _is_same(wanted, row.get(field), field), f"{field} {wanted!r}"
        for heading, wanted in said["answers"].items():
            yield not wanted or " ".join(heading.split()) in row["answers"], f"answer {heading!r}"
    for organisation in found:
        yield from [(False, f"no application: {organisation}")] * 5


def test_ninety_nine_of_a_hundred_values_are_read_as_what_they_are(tmp_path: Path) -> None:
    judged = [
        (is_right, f"{seed} {TOOLS[seed % len(TOOLS)]}: {what}")
        for seed in range(_EACH_TOOL * len(TOOLS))
        for is_right, what in _judged(Maker(seed).make(), tmp_path)
    ]

    wrong = [what for is_right, what in judged if not is_right]
    assert len(judged) > 10_000
    assert len(wrong) <= (1 - _LEAST) * len(judged), wrong[:40]
