"""The minutes of a meeting as a paper: attendance first, then each item in running order with its marks."""

from collections.abc import Iterator
from dataclasses import replace

from exchange.papers.document.values import (
    Block,
    Column,
    Document,
    Heading,
    Look,
    Para,
    Signature,
    Table,
    Together,
)
from exchange.papers.marks_table import marks_table
from exchange.papers.paper_words import NONE_GIVEN
from exchange.papers.prose import prose
from exchange.papers.schedule.schedule_words import moment
from models.papers.minutes import SIGN_WORDS, MinuteItem, Minutes
from models.papers.status import PaperStatus
from scoring.counted import listed
from scoring.marks.meeting import counts_words

MOST_MEMBERS = 8
"""More members than this share one column, so that the reasons keep their room."""


def minutes_document(minutes: Minutes, status: PaperStatus) -> Document:
    """Return the minutes as a paper; a copy that is no issue says whether the panel confirmed them."""
    under = (minutes.fund, minutes.round, minutes.year, minutes.area or "")
    paper = prose(minutes, status, _blocks(minutes), under, is_landscape=True)
    confirmed = "Confirmed by the panel" if minutes.confirmed else "Draft, not confirmed"
    return replace(
        paper,
        status=confirmed if status.is_draft else f"{status.words}. {confirmed}",
        is_draft=status.is_draft and not minutes.confirmed,
    )


def _blocks(minutes: Minutes) -> Iterator[Block]:
    yield Heading("Attendance")
    yield from _attendance(minutes)
    if any(item.result for item in minutes.items):
        yield Heading("What the panel recommends")
        yield _results(minutes)
    words = counts_words(minutes.combine)
    before: tuple[Heading | Para, ...] = (Heading("Items"), Para(SIGN_WORDS, Look.SMALL))
    before = (*before, Para(words)) if words else before
    for number, item in enumerate(minutes.items, start=1):
        yield from _item(minutes, number, item, before if number == 1 else ())
    if minutes.agreement:
        yield Heading("How far the members agreed")
        for words in minutes.agreement:
            yield Para(words)
    yield Heading("The record")
    for area, by, at in minutes.confirmed:
        yield Para(f"The panel confirmed the minutes of {area}. Recorded by {by} on {moment(at)}.")
    if not minutes.confirmed:
        yield Para("The panel has not confirmed these minutes yet.")
    yield Together((Signature("Chair of the panel"),))


def _results(minutes: Minutes) -> Table:
    """Return every item with what came of it, in the order of the meeting."""
    rows = tuple(
        (str(number), item.reference, item.organisation, item.result or NONE_GIVEN)
        for number, item in enumerate(minutes.items, start=1)
    )
    columns = (Column("Item", 0.5), Column("Reference", 1), Column("Applicant", 2.4), Column("Result", 5))
    return Table("", columns, rows)


def _attendance(minutes: Minutes) -> Iterator[Block]:
    areas = dict.fromkeys(row.area for row in minutes.attendance)
    for area in areas:
        for state, word in (("present", "Present"), ("absent", "Absent")):
            names = [row.name for row in minutes.attendance if (row.area, row.state) == (area, state)]
            if names:
                yield Para(f"{word}{'' if minutes.area else f', {area}'}: {', '.join(names)}.")
    if not minutes.attendance:
        yield Para("Attendance was not recorded.")
    yield from _part_of_the_time(minutes)


def _part_of_the_time(minutes: Minutes) -> Iterator[Block]:
    """Yield who was there when some items closed and not when others did."""
    rooms = {item.reference: item.present for item in minutes.items if item.present is not None}
    names = dict.fromkeys(name for present in rooms.values() for name in present)
    now = {row.name for row in minutes.attendance if row.state == "present"}
    for name in names:
        there = [reference for reference, present in rooms.items() if name in present]
        if len(there) < len(rooms):
            yield Para(f"{name} was there when {listed(there)} closed, and not for the other items.")
        elif name not in now:
            yield Para(f"{name} left after the last item that is closed.")


def _item(
    minutes: Minutes, number: int, item: MinuteItem, before: tuple[Heading | Para, ...]
) -> Iterator[Block]:
    """Yield an item; what stands `before` it is on its page."""
    yield Together(
        (
            *before,
            Heading(f"{number}. {item.reference} {item.organisation}", 2),
            Para(_under(item), Look.SMALL),
            marks_table(item.lines, minutes.members, minutes.combine, most=MOST_MEMBERS, share=1.4),
        )
    )
    if item.result:
        yield Para(item.result)
    if item.dissent:
        yield Para(f"Dissent: {item.dissent}")


def _under(item: MinuteItem) -> str:
    parts = [item.project] if item.project else []
    parts.append(f"Out of the room: {', '.join(item.away)}" if item.away else "Nobody left the room")
    if item.abstained:
        parts.append(f"Abstained: {', '.join(item.abstained)}")
    parts.append(_closed(item))
    return ". ".join(filter(None, parts)) + "."


def _closed(item: MinuteItem) -> str:
    """Say whether an item is closed, and who decided it where that was kept."""
    if not item.is_closed:
        return "" if item.result else "Not closed"
    return "Closed" if item.decided is None else f"Closed. Decided by: {', '.join(item.decided)}"
