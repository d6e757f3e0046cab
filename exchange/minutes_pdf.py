"""The minutes of a meeting as a PDF: attendance first, then a table for each item in running order."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from exchange.atomic import write_beside
from exchange.minutes_values import SIGN_WORDS, MinuteItem, Minutes
from exchange.pdf_pages import INNER_WIDTH, Bookmark, Document, PageWords, check_pdf, outline_title
from exchange.pdf_tables import BODY, SMALL, STRONG, base_commands, heading_row, panel, style, table
from exchange.pdf_text import BOLD, para, printable, register_fonts
from exchange.schedule_words import moment

Tick = Callable[[int, int], None] | None
"""Called with (done, total); may raise to cancel."""

TITLE = style("minutes title", BOLD, 18)
ITEM = style("minutes item", BOLD, 10.5)
MARK_WIDTH, SPREAD_WIDTH, AGREED_WIDTH, CRITERION_WIDTH = 52, 40, 40, 150
MOST_MEMBERS = 8
"""More members than this share one column, so that the reasons keep their room."""


def write_minutes_pdf(minutes: Minutes, path: Path, tick: Tick = None) -> Path:
    """Write the minutes and return the path they really have (another when the file is open elsewhere)."""

    def write(part: Path) -> None:
        register_fonts()
        made = f"Generated {moment(minutes.made_at)}."
        words = PageWords(
            printable(minutes.title),
            printable(minutes.marking),
            _status(minutes),
            not minutes.confirmed,
            (made, ""),
        )
        Document(part, words, minutes.made_at, _ignore).write(list(_story(minutes, tick)))

    return write_beside(path, write, check_pdf)


def _ignore(flowable: Any) -> None:
    """Count nothing: the items are counted as they are made."""


def _status(minutes: Minutes) -> str:
    return "Confirmed by the panel" if minutes.confirmed else "Draft, not confirmed"


def _story(minutes: Minutes, tick: Tick) -> Iterator[Any]:
    yield Bookmark("Minutes")
    yield para(minutes.title, TITLE)
    yield Spacer(0, 10)
    yield from _attendance(minutes)
    for number, item in enumerate(minutes.items, start=1):
        yield CondPageBreak(140)
        yield Bookmark(outline_title(f"{item.reference} {item.organisation}"))
        yield from _item(minutes, number, item)
        if tick is not None:
            tick(number, len(minutes.items))
    yield from _confirmed(minutes)


def _attendance(minutes: Minutes) -> Iterator[Any]:
    areas = dict.fromkeys(row.area for row in minutes.attendance)
    for area in areas:
        for state, word in (("present", "Present"), ("absent", "Absent")):
            names = [row.name for row in minutes.attendance if (row.area, row.state) == (area, state)]
            if names:
                yield para(f"{word}{'' if minutes.area else f', {area}'}: {', '.join(names)}.", BODY)
    if not minutes.attendance:
        yield para("Attendance was not put down.", BODY)
    yield Spacer(0, 12)


def _item(minutes: Minutes, number: int, item: MinuteItem) -> Iterator[Any]:
    head = [
        para(f"{number}. {item.reference} {item.organisation}", ITEM),
        para(_under(item), SMALL),
        Spacer(0, 4),
    ]
    yield KeepTogether(head)
    yield _lines(minutes, item)
    if item.dissent:
        yield Spacer(0, 4)
        yield para(f"Dissent: {item.dissent}", BODY)
    yield Spacer(0, 14)


def _under(item: MinuteItem) -> str:
    parts = [item.project] if item.project else []
    parts.append(f"Out of the room: {', '.join(item.away)}" if item.away else "Nobody left the room")
    if item.abstained:
        parts.append(f"Abstained: {', '.join(item.abstained)}")
    parts.append("Closed" if item.is_closed else "Not closed")
    return ". ".join(parts) + "."


def _lines(minutes: Minutes, item: MinuteItem) -> Any:
    is_wide = len(minutes.members) > MOST_MEMBERS
    members = ("Marks",) if is_wide else minutes.members
    marks = MARK_WIDTH * 3 if is_wide else MARK_WIDTH
    widths = [CRITERION_WIDTH, *(marks for _ in members), SPREAD_WIDTH, AGREED_WIDTH]
    widths.append(INNER_WIDTH - sum(widths))
    rows = [heading_row(("Criterion", *members, "Spread", "Agreed", "Reason"), ())]
    for line in item.lines:
        given = (", ".join(line.marks),) if is_wide else line.marks
        cells = (line.criterion, *given, line.spread)
        rows.append([*(para(c, BODY) for c in cells), para(line.agreed, STRONG), para(line.reason, BODY)])
    return table(rows, widths, base_commands(()))


def _confirmed(minutes: Minutes) -> Iterator[Any]:
    yield para(SIGN_WORDS, SMALL)
    yield Spacer(0, 10)
    for area, by, at in minutes.confirmed:
        yield para(f"The panel confirmed the record of {area}. Put down by {by} on {moment(at)}.", BODY)
    if not minutes.confirmed:
        yield para("The panel has not confirmed this record yet.", BODY)
    yield Spacer(0, 14)
    rows = [heading_row(("Chair of the panel", "Signature", "Date"), ()), ["", "", ""]]
    yield KeepTogether(
        [panel(rows, (220, 300, 150), [*base_commands(()), ("TOPPADDING", (0, 1), (-1, -1), 18)])]
    )
