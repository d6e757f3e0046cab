"""The journal as plain sentences: who changed what, when, and what stood there before."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Operation, every_operation
from models.permissions.viewing import DECLARE_FIRST, YOU_DECLARED, Viewer, codes_among
from models.queries.applications.applications import areas_by_reference, awarded
from models.queries.panel.area_panels import areas_of_other_panels
from models.queries.panel.panel import interests, members
from models.queries.panel.sheets import handed_in
from models.queries.permissions.declarations import own_conflicts
from models.queries.permissions.reading import rounds_to_declare_in
from models.queries.set_up.rounds import rounds
from models.role import PANEL, SIGNING
from models.schema.applications import application_table
from models.schema.journal import erasure_table
from models.schema.set_up import area_table
from models.session import Session
from models.store.chain import Entry, entries, tombstones
from models.store.upkeep import UPKEEP
from models.values import canonical
from models.values.as_done import as_done
from models.values.rounds import BEFORE_MEETING

RECOMMENDED = "record recommendations"
ON_SHEETS = frozenset({"set mark", "set reason"})
ERASED = "What was changed here has been erased."
PARTLY_ERASED = "Words of applicants in it were erased"
CLOSED = "What was changed here is not open to you."
UNREADABLE = "Nobody can read what was changed here: whoever looks after the server sets it aside."
OTHERS = "A mark or reason on another member's sheet; it opens once your own is handed in."
NOT_YET = "What was given opens when the area is at its meeting."
EARLY = "A recommendation; it opens once you hand in your own sheet, or the area is at its meeting."

Sheet = tuple[int, str]
"""A round by number, and an application of it."""


class HistoryLine(Struct, frozen=True):
    """One change. `detail` says what was set and what stood there before, "" where there is nothing to say.

    `application` is the reference that the change is about, "" for none; `names` are all that it is on, in
    the round that it is of, 0 for none.
    """

    seq: int
    at: datetime
    name: str
    role: str
    kind: str
    words: str
    detail: str
    application: str = ""
    names: frozenset[str] = frozenset()
    round_id: int = 0


class Reader(Struct, frozen=True):
    """Who reads: where they sit on a panel, what they handed in and declared, and what is at its meeting.

    Of the applications `elsewhere`, another panel's, no mark is told to who takes notes for a panel.
    `erased` are the journal's rows whose words are gone, with what is said in their place; others that are
    not there a server keeps back. `closed_awards` are those on what is closed, by reference. In the rounds
    `to_declare` in, nothing of any of the `applications` is told yet.
    """

    own: frozenset[Sheet]
    handed_in: frozenset[Sheet]
    closed: frozenset[Sheet]
    closed_awards: frozenset[str]
    met: frozenset[Sheet]
    elsewhere: frozenset[Sheet]
    erased: Mapping[int, str]
    to_declare: frozenset[int]
    applications: frozenset[Sheet]
    references: frozenset[str]


def history(session: Session, viewer: Viewer) -> tuple[HistoryLine, ...]:
    """Return every change, the newest first.

    Whoever declares first is told only that something was changed on an application, and any other member of
    others' marks only where the own sheet is handed in, what was recommended there or where the area is at
    the meeting, and of an application in which they declared a conflict only that something was changed. Who
    is no member is told that a mark was given, and what it was once its area is at the meeting.
    """
    reader = _reader(session, viewer)
    return tuple(reversed([_line(entry, reader) for entry in entries(session)]))


def _reader(session: Session, viewer: Viewer) -> Reader:
    """Return what of each round is a person's own: by name, as a code is another's in another round."""
    me = Viewer(viewer.name, viewer.role, None if viewer.name else viewer.member)
    waits = set(rounds_to_declare_in(session, viewer)) if viewer.role in SIGNING else set[int]()
    own, done, closed, elsewhere = set[Sheet](), set[Sheet](), set[Sheet](), set[Sheet]()
    for at in (line.round_id for line in rounds(session)):
        codes = codes_among(members(session, at), me)
        own |= {(at, code) for code in codes}
        done |= {(at, of) for who, of in handed_in(session, at) if who in codes}
        closed |= {(at, of) for of in own_conflicts(session, at, me)}
        others = areas_of_other_panels(session, at, me)
        elsewhere |= {(at, of) for of, area in areas_by_reference(session, at).items() if area in others}
        if viewer.role in PANEL and codes - {row.member for row in interests(session, at)}:
            waits.add(at)
    of, instead = application_table.c, tombstones(session)
    columns = select(of.round_id, of.reference, area_table.c.stage).outerjoin(area_table)
    stages = {(at, reference): stage for at, reference, stage in session.execute(columns)}
    return Reader(
        own=frozenset(own),
        handed_in=frozenset(done),
        closed=frozenset(closed),
        closed_awards=frozenset(one.award for one in awarded(session) if one.key in closed),
        met=frozenset(sheet for sheet, stage in stages.items() if stage not in (None, *BEFORE_MEETING)),
        elsewhere=frozenset(elsewhere),
        erased={row: instead.get(row, "") for row in session.scalars(select(erasure_table.c.seq))},
        to_declare=frozenset(waits),
        applications=frozenset(stages),
        references=frozenset(reference for _, reference in stages),
    )


def _line(entry: Entry, reader: Reader) -> HistoryLine:
    actor = entry.actor
    body = reader.erased.get(entry.seq, "") if entry.body is None else entry.body
    kind = UPKEEP.get(entry.kind) or every_operation().get(entry.kind)
    line = HistoryLine(entry.seq, entry.at, actor.name, actor.role, entry.kind, "", "")
    if not body or kind is None:
        closed = ERASED if entry.seq in reader.erased else CLOSED
        return replace(line, words=entry.kind.capitalize() if body else closed)
    try:
        operation = canonical.from_text(kind, body)
    except ValueError:
        return replace(line, words=UNREADABLE)
    # None in a paper of the office, which is of no round
    of, at = _of(operation), getattr(operation, "round_id", None) or 0
    is_open = entry.kind not in ON_SHEETS or _is_open(operation, (at, of), reader)
    if not is_open and reader.own:
        return replace(line, name="A member", role="member", words=OTHERS)
    held = frozenset(_strings(msgspec.json.decode(body)))
    line, closed = replace(line, application=of, round_id=at), _closed(operation, at, reader, held)
    if closed:
        return replace(line, words=f"{closed}.")
    words, detail = as_done(operation.label), _detail(operation) if is_open else NOT_YET
    may_read = not reader.own or _touched(operation, at) <= reader.met | reader.handed_in
    if operation.kind == RECOMMENDED and not may_read:  # its reason may say the total
        words, detail = EARLY, ""
    if entry.body is None:
        detail = f"{detail}. {PARTLY_ERASED}" if detail else PARTLY_ERASED
    return replace(line, words=words, detail=detail, names=reader.references & held)


def _closed(operation: Operation, at: int, reader: Reader, held: frozenset[str]) -> str:
    """Say why nothing is told of a change on applications, "" where it is.

    What holds one among others is told to whoever declared an interest in it where no word of it names that.
    """
    if not (reader.to_declare or reader.closed):
        return ""
    within = {(at, of) for of in held} & reader.applications
    if within and at in reader.to_declare:
        return DECLARE_FIRST
    said = f"{operation.label} {_detail(operation)}"
    named = {sheet for sheet in within if _names(said, sheet[1])}
    is_closed = not (named | _touched(operation, at)).isdisjoint(reader.closed)
    awards = reader.closed_awards & held if not is_closed else ()
    return YOU_DECLARED if is_closed or any(_names(said, award) for award in awards) else ""


def _names(said: str, reference: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(reference)}(?!\w)", said))


def _strings(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, list | dict):
        for one in held.values() if isinstance(held, dict) else held:
            yield from _strings(one)


def _is_open(operation: Operation, sheet: Sheet, reader: Reader) -> bool:
    """Whether what stands on a sheet is open to the reader."""
    if not reader.own:
        return sheet in reader.met - reader.elsewhere
    return (sheet[0], str(getattr(operation, "member", ""))) in reader.own or sheet in reader.handed_in


def _touched(operation: Operation, round_id: int) -> set[Sheet]:
    """Return the applications of a round that a change's own words are about."""
    allowed = str(getattr(getattr(operation, "allowed", None), "awards", "")).split(", ")
    return {(round_id, of) for of in (_of(operation), *allowed, *getattr(operation, "order", ())) if of}


def _of(operation: Operation) -> str:
    """Return the one application that a change is about, "" where it is about none or several."""
    items = _recommended(operation)
    return str(items[0].application if len(items) == 1 else getattr(operation, "application", ""))


def _recommended(operation: Operation) -> tuple[Any, ...]:
    return tuple(getattr(operation, "items", ())) if operation.kind == RECOMMENDED else ()


def _detail(operation: Operation) -> str:
    """Say what was set, what stood there before, and why, where the operation holds it."""
    # what takes the place of nothing, as the text of a pack, is no value that was set
    parts = [
        f"{_shown(getattr(operation, now))} (was {_shown(operation.replacing)})"
        for now in ("value", "text", "result")
        if hasattr(operation, now) and hasattr(operation, "replacing")
    ]
    if hasattr(operation, "detail"):
        parts.append(operation.detail)
    if hasattr(operation, "asked_by"):
        parts.append(f"Asked for by {operation.asked_by}")
    items = _recommended(operation)
    reason = items[0].reason if len(items) == 1 else getattr(operation, "reason", "")
    return ". ".join(filter(None, [*parts, reason]))


def _shown(value: object) -> str:
    return "nothing" if value in (None, "") else str(value)
