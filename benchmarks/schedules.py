"""Writing award schedules, against the bare libraries writing the same cells."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

import resources
from benchmarks.made_schedule import DRAFT, made_schedule
from benchmarks.paired import growth, paired, ratio
from benchmarks.raw_schedules import RawSheet, raw_pdf, raw_xlsx
from benchmarks.table import Row
from exchange.papers.schedule.schedule_pdf import WIDTHS, headings_of, write_schedule_pdf
from exchange.papers.schedule.schedule_sheets import is_whole, place_words, rule_words, score_words
from exchange.papers.schedule.schedule_xlsx import write_schedule_xlsx
from models.papers.paper_words import pounds
from scoring.schedule.values import AwardSchedule

BLOCK = 200


def measure() -> Iterator[Row]:
    """Yield the ratios for 10,000 lines of workbook and 2,000 lines of PDF, and how each grows."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _workbooks(Path(folder))
        yield from _papers(Path(folder))


def once() -> None:
    """Write a workbook of 10,000 lines once, for measuring memory."""
    with tempfile.TemporaryDirectory() as folder:
        write_schedule_xlsx(made_schedule(10_000), DRAFT, Path(folder, "schedule.xlsx"))


def _workbooks(folder: Path) -> Iterator[Row]:
    large, small = made_schedule(10_000), made_schedule(1_000)
    ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"
    sheets = cells_of(write_schedule_xlsx(large, DRAFT, ours))
    figures = paired(lambda: write_schedule_xlsx(large, DRAFT, ours), lambda: raw_xlsx(sheets, theirs), 3)
    yield ratio("Schedule .xlsx of 10,000 lines", figures, 1.3, "openpyxl write-only")
    figures = paired(
        lambda: write_schedule_xlsx(large, DRAFT, ours), lambda: write_schedule_xlsx(small, DRAFT, ours), 3
    )
    yield growth("Schedule .xlsx", figures)


def _papers(folder: Path) -> Iterator[Row]:
    large, small = made_schedule(2_000), made_schedule(200)
    ours, theirs = folder / "ours.pdf", folder / "theirs.pdf"
    tables, font = tables_of(large), resources.path("fonts/NotoSans-Regular.ttf")
    figures = paired(
        lambda: write_schedule_pdf(large, DRAFT, ours), lambda: raw_pdf(tables, list(WIDTHS), font, theirs), 3
    )
    yield ratio("Schedule .pdf of 2,000 lines", figures, 1.2, "reportlab LongTable")
    figures = paired(
        lambda: write_schedule_pdf(large, DRAFT, ours), lambda: write_schedule_pdf(small, DRAFT, ours), 3
    )
    yield growth("Schedule .pdf", figures)


def cells_of(path: Path) -> list[RawSheet]:
    """Return every cell of a finished workbook with its number format, weight and wrapping."""
    sheets = []
    for sheet in load_workbook(path).worksheets:
        letters = [get_column_letter(i) for i in range(1, sheet.max_column + 1)]
        widths = {letter: sheet.column_dimensions[letter].width for letter in letters}
        rows = [
            [(c.value, c.number_format, bool(c.font.b), bool(c.alignment.wrap_text)) for c in row]
            for row in sheet.iter_rows()
        ]
        sheets.append(RawSheet(sheet.title, widths, rows))
    return sheets


def tables_of(schedule: AwardSchedule) -> list[list[list[Any]]]:
    """Return each area's lines as tables of at most 200 rows; a figure is a tuple of its text."""
    tables: list[list[list[Any]]] = []
    for _, lines in schedule.by_area():
        rows = [
            [
                (line.reference,),
                *(escape(text) for text in (line.organisation, line.project)),
                *((pounds(p),) for p in (line.requested_pence, line.recommended_pence, line.awarded_pence)),
                (score_words(schedule, line),),
                (place_words(line),),
                line.outcome,
                escape(line.reason if is_whole(line) else f"{line.reason} {rule_words(line)}"),
            ]
            for line in lines
        ]
        for start in range(0, len(rows), BLOCK):
            tables.append([list(headings_of(schedule)), *rows[start : start + BLOCK]])
    return tables
