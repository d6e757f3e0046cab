"""The minutes of a meeting as a paper: attendance first, then each item in running order with its marks."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise

from msgspec.structs import replace

from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Look,
    Para,
    Signature,
    Table,
    Together,
)
from exchange.papers.marks_table import (
    headed_by,
    how_many_marked,
    is_marked,
    key_of,
    lines_of,
    marks_table,
    printed,
)
from exchange.papers.meeting_held import areas_of, left_open, when_it_met, who_came
from exchange.papers.paper_words import NO_AREA, NONE_GIVEN, pounds
from exchange.papers.prose import prose
from exchange.papers.schedule.schedule_words import moment
from models.papers.minutes import MinuteItem, Minutes, sign_words
from models.papers.status import PaperStatus
from scoring.counted import counted, listed
from scoring.marks.meeting import counts_words
from scoring.schedule.exceptions import INCOMPLETE
from scoring.written.names import round_names
from scoring.written.text import as_sentence, with_capital

NOTE_TAKER = "Note taker"
NOTED = "Noted"
"""Heads what those who could take part in an item without a quorum came to, which agrees nothing."""
SCORE = "Score and place"
NO_RESULT, NOT_CONSIDERED = "No recommendation.", "Not considered yet."
IN_ORDER = (
    "Items are numbered in the running order, with as few members leaving the room as could be; the number "
    "is no place in the ranking."
)
AREA_BY_AREA = (
    "Items are numbered in the running order, area by area whichever met first, with as few members leaving "
    "the room as could be; the number is no place in the ranking."
)
LINES_AFTER, LINES_OF_A_TABLE = 9, 5
"""How much of an item's marks, and of the first table of results, stays with its heading."""
MOST_LINES_TOGETHER = 20
"""With how many lines a table or a list stays with what leads to it."""
LONGEST_RESULT = 1_000
"""The most letters of result and dissent that stay with an item's heading."""
MOST_MEMBERS = 8
"""More members than this share one column, so that the reasons keep their room."""


def minutes_document(minutes: Minutes, status: PaperStatus) -> Document:
    """Return the minutes as a paper; a copy that is no issue says whether the panel confirmed them."""
    under = (*round_names(minutes.fund, minutes.round, minutes.year), minutes.area or "")
    paper = prose(minutes, status, _blocks(minutes, status.dated), under, is_landscape=True)
    confirmed = _confirmed(minutes, is_draft=status.is_draft)
    return replace(
        paper,
        status=confirmed if status.is_draft else f"{status.words}. {confirmed}",
        is_draft=status.is_draft and (not minutes.confirmed or bool(_unconfirmed(minutes))),
    )


def _confirmed(minutes: Minutes, *, is_draft: bool) -> str:
    """Say whether the panel confirmed the minutes, and of how many areas where it did of some alone."""
    if not minutes.confirmed:
        return "Draft, not confirmed" if is_draft else "Not confirmed by the panel yet"
    done, left = len(minutes.confirmed), len(_unconfirmed(minutes))
    areas = minutes.letterhead.area_label.counted(done + left)
    return f"Confirmed by the panel{f' for {done} of {areas}' if left else ''}"


def _unconfirmed(minutes: Minutes) -> list[str]:
    """Return the areas minuted here whose minutes the panel has not confirmed."""
    done = {area for area, _, _ in minutes.confirmed}
    return [area for area in areas_of(minutes) if area not in done and area != NO_AREA]


def _blocks(minutes: Minutes, today: date) -> Iterator[Block]:
    yield Heading("The meeting")
    yield from when_it_met(minutes, today)
    yield from who_came(minutes)
    yield from left_open(minutes)
    if minutes.interests:
        yield Heading("Declarations of interest")
        yield from map(Para, minutes.interests)
    if any(item.result for item in minutes.items):
        yield from _under_one(Heading("What the panel recommends"), _results(minutes))
        has_areas = len(areas_of(minutes)) > 1
        if _is_by_exits(minutes.items) or (has_areas and len({words for _, words in minutes.held}) > 1):
            order = minutes.letterhead.area_label.said(AREA_BY_AREA) if has_areas else IN_ORDER
            yield Para(order, Look.SMALL)
    words = counts_words(minutes.combine)
    signs = sign_words({mark for item in minutes.items for mark in printed(item.lines)})
    is_short = headed_by(minutes.members) != minutes.members
    key = key_of(minutes.members, range(len(minutes.members))) if is_short else ""
    told = [Para(words, Look.SMALL) for words in (signs, key) if words]
    before: tuple[Heading | Para, ...] = (Heading("Items"), *told)
    before = (*before, Para(words)) if words else before
    area = ""
    for number, item in minutes.numbered:
        if minutes.area is None and item.area != area:
            before, area = (*before, Heading(item.area or NO_AREA)), item.area
        yield from _item(minutes, number, item, before)
        before = ()
    yield Together(tuple(_end(minutes)))


def _is_by_exits(items: Sequence[MinuteItem]) -> bool:
    """Whether the items of an area stand in another order than their references."""
    return any(one.area == after.area and one.reference > after.reference for one, after in pairwise(items))


def _under_one(heading: Heading, blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield blocks below a heading that is on the page of the first of them."""
    first = next(blocks)
    if isinstance(first, Together):
        yield Together((heading, *first.blocks), first.lines_after)
    else:
        yield from (Together((heading,), LINES_OF_A_TABLE), first)
    yield from blocks


def _end(minutes: Minutes) -> Iterator[Heading | Para | Signature]:
    """Yield what stands below the items, where it is signed; it is on one page."""
    if minutes.agreement:
        yield Heading("How far the members agreed")
        yield from map(Para, minutes.agreement)
    yield Heading("The record")
    for area, by, at in minutes.confirmed:
        yield Para(f"The panel confirmed the minutes of {area}. Recorded by {by} on {moment(at)}.")
    left = _unconfirmed(minutes)
    if not minutes.confirmed:
        yield Para("The panel has not confirmed these minutes yet.")
    elif left:
        yield Para(f"The panel has not confirmed the minutes of {listed(left)} yet.")
    yield Signature(", ".join(("Chair of the panel", *minutes.chairs[:1])))
    yield Signature(", ".join((NOTE_TAKER, *minutes.note_takers[:1])))


def _results(minutes: Minutes) -> Iterator[Block]:
    """Yield every item with what came of it, in the order of the meeting, a table for each area."""
    has_scores = any(item.score for item in minutes.items)
    columns = tuple(_columns(has_scores=has_scores))
    numbered, pots = minutes.numbered, dict(minutes.pots)
    for area, items in groupby(numbered, lambda one: "" if minutes.area else one[1].area or NO_AREA):
        here = tuple(items)
        if area and not any(item.result or item.is_considered for _, item in here):
            yield Para(f"{area}: {counted(len(here), 'item')}, not considered yet.")
            continue
        rows = tuple(tuple(_row(n, item, has_scores=has_scores)) for n, item in here)
        own = [item for _, item in here]
        ties = [Para(words) for of, words in minutes.ties if of == own[0].area]
        summed = (*_sum(area or "In all", own, pots.get(own[0].area, "")), *ties)
        yield Table(area, columns, rows, is_close=True)
        yield from summed
    yield from map(Para, minutes.unasked)
    if len({item.area for item in minutes.items}) > 1:
        yield from _sum("In all", minutes.items)
    if minutes.left_out:
        many = Para(f"Not before the panel, {counted(len(minutes.left_out), 'application')}:")
        named = Bullets(tuple(f"{who}: {why}" for who, why in minutes.left_out))
        yield from (
            [Together((many, named))] if len(minutes.left_out) <= MOST_LINES_TOGETHER else (many, named)
        )


def _columns(*, has_scores: bool) -> Iterator[Column]:
    yield from (Column("Item", 0.5), Column("Reference", 1), Column("Applicant", 2.4))
    if has_scores:
        yield Column(SCORE, 1.8)
    yield Column("Result", 5)


def _row(number: int, item: MinuteItem, *, has_scores: bool) -> Iterator[str]:
    yield from (str(number), item.reference, item.organisation)
    if has_scores:
        yield with_capital(item.score) or NONE_GIVEN
    yield _result(item)


def _sum(of: str, items: Sequence[MinuteItem], pot: str = "") -> Iterator[Para]:
    """Yield what is recommended of items in all, nothing while nothing is or its sums were not kept."""
    given = [item.recommended_pence for item in items if item.recommended_pence]
    if given:
        many = "the one application"
        if len(items) > 1:
            many = f"{len(given)} of {counted(len(items), 'application')}"
        pot = f"{pounds(sum(given))} is recommended for {many}. {pot}".rstrip()
    if pot:
        yield Para(f"{of}: {pot}", Look.STRONG)


def _result(item: MinuteItem) -> str:
    """Return what came of an item, after that it had no quorum, and where nothing came what it waits for."""
    if item.result:
        room = "" if item.has_quorum else as_sentence(item.room.partition(". ")[0])
        return f"{room} {item.result}".lstrip()
    if not item.is_considered:
        return f"{NOT_CONSIDERED} {item.waits.rstrip('.')}." if item.waits else NOT_CONSIDERED
    codes = [line.criterion.split()[0] for line in item.lines if line.agreed == NONE_GIVEN]
    without = item.not_agreed or codes
    why = f"No mark is agreed on {listed(without)}" if without else item.waits
    return f"{NO_RESULT} {why.rstrip('.')}." if why else NO_RESULT


def _is_incomplete(item: MinuteItem) -> bool:
    """Whether the panel recommends nothing of an item for something that the applicant has not sent."""
    return not item.result and item.waits.startswith(INCOMPLETE)


def _item(
    minutes: Minutes, number: int, item: MinuteItem, before: tuple[Heading | Para, ...]
) -> Iterator[Block]:
    """Yield an item, what came of it before its marks; what stands `before` it is on its page."""
    head = (
        *before,
        Heading(f"{number}. {item.reference} {item.organisation}", 2),
        Para(_under(minutes, item), Look.SMALL),
    )
    dissent = f"Dissent: {as_sentence(item.dissent)}" if item.dissent else ""
    withdrawn = [f"Interest of {words.rstrip('.')}." for words in item.withdrawn]
    result = item.result or (_result(item) if _is_incomplete(item) else "")
    score = f"{SCORE}: {as_sentence(item.score)}" if item.score else ""
    said = [Para(words) for words in (result, score, item.tie, dissent, *withdrawn, *item.reopened) if words]
    if sum(len(each.text) for each in said) <= LONGEST_RESULT:
        head, said = (*head, *said), []
    if not is_marked(item.lines):
        yield Together((*head, *said, Para("Nobody has marked it yet.")))
        return
    settled = "" if item.has_quorum else NOTED
    members = headed_by(minutes.members)
    table = marks_table(item.lines, members, minutes.combine, most=MOST_MEMBERS, share=1, settled=settled)
    if not said and sum(map(lines_of, item.lines)) <= MOST_LINES_TOGETHER:
        yield Together((*head, table))
        return
    yield Together(head, LINES_AFTER)
    yield from said
    yield table


def _under(minutes: Minutes, item: MinuteItem) -> str:
    parts = [item.project] if item.project else []
    there = {row.name for row in minutes.attendance if (row.area, row.state) == (item.area, "present")}
    was_met = bool(there)
    is_left_open = _is_left_open(minutes, item)
    was_taken = was_met and (bool(item.result) or item.is_considered) and not is_left_open
    late = [name for name in item.away if item.is_closed and name in (item.decided or ())]
    there.update(name for one in minutes.items if one.area == item.area for name in one.present or ())
    sheets = dict(item.late)
    away = [
        name
        for name in item.away
        if name not in late and (name in there or not was_met) and (was_taken or name not in sheets)
    ]
    if away:
        parts.append(f"{'Out of the room' if was_taken else 'Takes no part'}: {', '.join(away)}")
    elif was_met and item.is_considered and not is_left_open and not sheets:
        parts.append("Nobody left the room")
    parts += [f"{name} {words}" for name, words in item.late]
    if item.abstained:
        parts.append(f"Abstained: {', '.join(item.abstained)}")
    parts.append("Not closed" if is_left_open else _closed(item, minutes.quorum))
    if late:
        parts.append(f"Declared an interest after it was closed: {', '.join(late)}")
    if item.room:
        parts.append(item.room)
    elif item.decided is None and minutes.quorum and is_marked(item.lines):
        parts.append(f"{counted(how_many_marked(item.lines), 'member')} marked it, quorum {minutes.quorum}")
    return " ".join(filter(None, map(as_sentence, parts)))


def _is_left_open(minutes: Minutes, item: MinuteItem) -> bool:
    """Whether the panel recommends something of an item that it did not close, as it closed others there."""
    others = (one.is_closed for one in minutes.items if one.area == item.area)
    return bool(item.result) and not item.is_closed and any(others)


def _closed(item: MinuteItem, quorum: int) -> str:
    """Say whether an item is closed, and who agreed it where that was kept."""
    if not item.is_closed:
        return (
            ""
            if item.result or _is_incomplete(item)
            else "Not closed"
            if item.is_considered
            else "Not considered yet"
        )
    if item.decided is None:
        return "Closed"
    many = f" ({len(item.decided)}, quorum {quorum})" if quorum else ""
    return f"Closed. Agreed by: {', '.join(item.decided)}{many}"
