"""What importing returns came to, as a paper: what came, the counts, every value, and who decided what."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

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
from models.values.pack_plans import Count, Decided, Item, MemberReport, MergeReport, slot_words, value_words
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.days import short_moment

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
    """Refuse a file name whose ending no report is written with."""
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
