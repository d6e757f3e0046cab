"""Papers about a record itself: its changes, all it holds on somebody, and what came of a merge."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Look,
    Pairs,
    Para,
    Table,
)
from exchange.papers.schedule.schedule_words import moment
from exchange.xlsx.table_book import TableBook, TableColumn, TableSheet, write_table_book
from models.papers.held import HeldOn, HeldTable, Said
from models.values.pack_plans import Count, Decided, Item, MemberReport, MergeReport, slot_words, value_words
from scoring.written.area_label import AreaLabel
from scoring.written.days import full_day, short_moment
from scoring.written.text import Refused, listed, with_capital

COLUMNS = (
    Column("When", 1.1),
    Column("Who", 1.2),
    Column("What was changed", 3),
    Column("What it was, and why", 3),
)


class HistoryRow(NamedTuple):
    """One change as it is read."""

    when: str
    who: str
    words: str
    detail: str


def write_history_pdf(rows: Sequence[HistoryRow], note: str, made_at: datetime, path: Path) -> Path:
    """Write the changes, and return the path it really has."""
    cells = tuple(tuple(cell or "–" for cell in row) for row in rows)
    blocks = (Para(note), Table("What was changed, when and by whom", COLUMNS, cells))
    return write_document_pdf(Document("History", blocks, made_at, is_landscape=True), path)


SENSITIVE = "OFFICIAL-SENSITIVE"
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[\d.]*(\+00:00)?)?")
_MOST_COLUMNS = 8
_WIDTHS, _WIDEST = ((12, 14), (60, 22), (200, 34)), 60
_NAME = 31


def write_held_book(held: HeldOn, made_at: datetime, path: Path) -> Path:
    """Write the workbook and return the path it really has."""
    title = f"All that is held on {held.name}"
    sheets = tuple(_sheet(title, table, held.area_label) for table in held.tables)
    return write_table_book(
        TableBook(title, SENSITIVE, f"As of {full_day(made_at.date())}", made_at, sheets), path
    )


def _sheet(title: str, table: HeldTable, label: AreaLabel) -> TableSheet:
    """Return a table with the columns that hold something; a wide one is told a line for each of them."""
    kept = [n for n in range(len(table.columns)) if any(_text(row[n]) for row in table.rows)]
    heads = [label.labelled(with_capital(table.columns[n])) for n in kept]
    rows = [tuple(_text(row[n]) for n in kept) for row in table.rows]
    if len(heads) > _MOST_COLUMNS:
        rows = [
            line
            for row in rows
            for line in (*zip(heads, row, strict=True), (None, None))
            if line[1] or not line[0]
        ]
        heads = ["What", "What is held"]
    columns = tuple(
        TableColumn(head, _wide(row[number] for row in rows), "wrapped", itemgetter(number))
        for number, head in enumerate(heads)
    )
    name = with_capital(table.name)[:_NAME]
    return TableSheet(name, title, "", columns, rows, printed_columns=len(columns))


def _wide(values: Iterable[str | None]) -> int:
    """Return how wide a column is: long texts have the room that short ones leave."""
    longest = max((len(value) for value in values if value), default=0)
    return next((width for most, width in _WIDTHS if longest <= most), _WIDEST)


def _text(value: Said) -> str | None:
    if value is None or value == "":
        return None
    words = str(value)
    if not _ISO.fullmatch(words):
        return words
    at = datetime.fromisoformat(words)
    return full_day(at.date()) if len(words) == len("2026-12-02") else f"{short_moment(at)} UTC"


WRITERS = {".pdf": write_document_pdf, ".docx": write_document_docx}
DRY = "Dry run: nothing was changed"
NOTHING = "There is nothing new in it: everything that came back is in the record already."
SIGNED = (
    "Each return is kept in the record exactly as its member signed it. Anyone who has the record can "
    "check later that the marks are those that the member sent."
)
LEFT = (
    "These changes were made in the copy alone and are not what members recorded. None of them was imported: "
    "look at each, and make it again here if it is to count."
)
FIRST_KEY = "The returns are signed with a key seen for the first time, code {}."
OTHER_KEY = (
    "The returns are signed with another key than before, code {}, compared with the member's receipt."
)


def check_ending(path: Path) -> None:
    if path.suffix.casefold() not in WRITERS:
        raise Refused(f"A report is written as .pdf or .docx; {path.name} is neither. Rename it.")


def write_merge_report(report: MergeReport, path: Path, at: datetime) -> Path:
    """Write a report made at a time (UTC) and return the path it really has."""
    check_ending(path)
    return WRITERS[path.suffix.casefold()](merge_document(report, at), path)


def merge_document(report: MergeReport, at: datetime) -> Document:
    """Return the report as a paper; of a dry run it says that nothing was changed."""
    done = report.done
    made = f"Generated {short_moment(at)} UTC."
    row = f"Journal row {done.row:,}, {done.code}." if done else f"Journal head row {report.after_row:,}."
    return Document(
        title="Returns imported" if done else "What importing the returns would do",
        blocks=tuple(_blocks(report)),
        made_at=at,
        subtitle=report.names,
        above=report.office,
        marking=report.marking,
        status="Imported" if done else DRY,
        is_draft=done is None,
        below=(f"{made} {row}", f"Record {report.record}"),
        is_landscape=True,
    )


def _blocks(report: MergeReport) -> Iterator[Block]:
    yield Para(f"{report.result} {'' if report.done else DRY + '.'}".strip(), Look.LEAD)
    yield Pairs(tuple(_facts(report)))
    if not any(one.taken or one.decided or one.refused for one in report.members):
        yield Para(NOTHING)
    if report.sources:
        yield Heading("What came")
        yield _sources(report)
        if any(source.what.startswith("Return") for source in report.sources):
            yield Para(SIGNED, Look.SMALL)
    if report.warnings:
        yield Heading("To know")
        yield Bullets(report.warnings)
    if report.unfit:
        yield Heading("Files that were not imported")
        rows = tuple((one.file, one.words) for one in report.unfit)
        yield Table(
            "Files that were left out, each with the reason", (Column("File"), Column("Why", 3)), rows
        )
    for member in report.members:
        yield from _member(report, member)
    if report.left:
        yield Heading("Left to decide")
        yield Para(LEFT)
        yield Bullets(report.left)


def _facts(report: MergeReport) -> Iterator[tuple[str, str]]:
    yield "Round", ", ".join(dict.fromkeys(member.round for member in report.members)) or "–"
    done = report.done
    if done is not None:
        yield "Imported by", done.by
        yield "On", moment(done.at)
        yield "Journal", f"row {done.row:,}, code {done.code}"
        yield "Copy saved before", done.copy or "–"


def _sources(report: MergeReport) -> Table:
    columns = (
        Column("File", 2),
        Column("Member", 1.6),
        Column("What"),
        Column("Key"),
        Column("New here", 0.8),
    )
    rows = ((s.file, s.member, s.what, s.key, "yes" if s.is_new else "no") for s in report.sources)
    return Table("What came, and whose it is", columns, tuple(rows))


def _member(report: MergeReport, member: MemberReport) -> Iterator[Block]:
    yield Heading(f"{member.name} ({member.code})")
    if member.key:
        yield Para((OTHER_KEY if member.is_key_changed else FIRST_KEY).format(member.key))
    yield _counts(member)
    if member.decided:
        yield Heading("What differs", 2)
        yield _decided(report, member)
    if member.taken:
        yield Heading("Imported without a question", 2)
        columns, rows = _columns("Was", "Is now"), tuple(_item(item) for item in member.taken)
        yield Table("Values that follow from what the record held", columns, rows)
    if member.refused:
        yield Heading("Not imported", 2)
        late = tuple((*_item(item), item.words) for item in member.refused)
        yield Table(
            "Values that were left out, each with the reason",
            (*_columns("Stays", "Came"), Column("Why", 2)),
            late,
        )


def _columns(before: str, after: str) -> tuple[Column, ...]:
    return Column("Application"), Column("What"), Column(before, 2), Column(after, 2)


def _counts(member: MemberReport) -> Table:
    names = ("Before", "New", "Taken away", "After", "Changed")
    columns = (Column("What", 2), *(Column(name, is_figure=True) for name in names))
    rows = tuple(_count(count) for count in member.counts)
    return Table("Before and new, less what is taken away, is after", columns, rows)


def _count(count: Count) -> tuple[str, ...]:
    figures = (count.before, count.new, count.gone, count.after, count.changed)
    return count.kind, *(f"{figure:,}" for figure in figures)


def _decided(report: MergeReport, member: MemberReport) -> Table:
    columns = (*_columns("Here", "Came"), Column("Decision", 1.6), Column("Why", 2.4))
    by = report.done.by if report.done else ""
    return Table("Where both were changed", columns, tuple(_choice(one, by) for one in member.decided))


def _choice(one: Decided, by: str) -> tuple[str, ...]:
    found, slot = one.difference, one.difference.key.slot
    theirs = listed([value_words(slot, side.value) for side in found.sides if not side.is_here], "or")
    stands = (found.reference or "Whole round", slot_words(slot), value_words(slot, found.here), theirs)
    if one.chosen is None:
        return *stands, "To be decided", "–"
    return *stands, f"{value_words(slot, one.chosen.value)}, {by}".rstrip(", "), one.reason


def _item(item: Item) -> tuple[str, str, str, str]:
    before, after = value_words(item.slot, item.before), value_words(item.slot, item.after)
    return item.reference or "Whole round", slot_words(item.slot), before, after
