"""The journal as plain sentences: who changed what, when, and what stood there before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from models.journal import canonical
from models.journal.chain import Entry, entries
from models.operation import Operation
from models.operations.awards.export_accounts import ExportAccounts
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.registry import OPERATIONS
from models.queries.applications.intake import YOU_DECLARED
from models.schema.applications.application import application_table
from models.schema.panel.panel import interest_table, member_table
from models.schema.panel.sheet import sheet_table
from models.schema.set_up.round import area_table
from models.session import Session
from models.store.upkeep import UPKEEP
from models.values.as_done import as_done
from scoring.round import InterestKind

KINDS: Mapping[str, type[Operation]] = {**UPKEEP, **OPERATIONS}
ON_SHEETS = frozenset({"set mark", "set reason"})
ERASED = "What was changed here has been erased."
OTHERS = "A mark or reason on another member's sheet; it opens once your own is handed in."
NOT_YET = "What was given opens when the area is at its meeting."
EARLY = "A recommendation; it opens once your own sheet is handed in, or the area is at its meeting."
AT_MEETING = ("meeting", "recommending", "deciding", "done")
"""The stages from which marks are open to those who give none."""

Sheet = tuple[int, str]
"""A round by number, and an application of it."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change. `detail` says what was set and what stood there before, "" where there is nothing to say.

    `application` is the reference that the change is about, "" for none.
    """

    seq: int
    at: datetime
    name: str
    role: str
    kind: str
    words: str
    detail: str
    application: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the member's code or None, what they handed in and declared, and what is at its meeting."""

    member: str | None
    handed_in: frozenset[Sheet]
    closed: frozenset[Sheet]
    met: frozenset[Sheet]


def history(session: Session, member: str | None) -> tuple[HistoryLine, ...]:
    """Return every change, the newest first.

    A member of a panel (by code) is told of others' marks only where the own sheet is handed in, what was
    recommended there or where the area is at the meeting, and of an application in which they declared a
    conflict only that something was changed. Who is no member is told that a mark was given, and what it was
    once its area is at the meeting.
    """
    reader = Reader(None, frozenset(), frozenset(), _met(session))
    if member is not None:
        reader = replace(
            reader, member=member, handed_in=_handed_in(session, member), closed=_declared(session, member)
        )
    return tuple(reversed([_line(entry, reader) for entry in entries(session)]))


def _met(session: Session) -> frozenset[Sheet]:
    """Return the applications whose areas have come to their meetings."""
    rows = session.execute(
        select(application_table.c.round_id, application_table.c.reference)
        .join(area_table, area_table.c.id == application_table.c.area_id)
        .where(area_table.c.stage.in_(AT_MEETING))
    )
    return frozenset((round_id, reference) for round_id, reference in rows)


def _declared(session: Session, member: str) -> frozenset[Sheet]:
    """Return what a member declared a conflict in."""
    rows = session.execute(
        select(member_table.c.round_id, application_table.c.reference, interest_table.c.kind)
        .join(interest_table, interest_table.c.member_id == member_table.c.id)
        .join(application_table, application_table.c.id == interest_table.c.application_id)
        .where(member_table.c.code == member)
    )
    return frozenset((round_id, of) for round_id, of, kind in rows if InterestKind(kind).is_conflict)


def _handed_in(session: Session, member: str) -> frozenset[Sheet]:
    rows = session.execute(
        select(member_table.c.round_id, application_table.c.reference)
        .join(sheet_table, sheet_table.c.member_id == member_table.c.id)
        .join(application_table, application_table.c.id == sheet_table.c.application_id)
        .where(member_table.c.code == member, sheet_table.c.is_submitted)
    )
    return frozenset((round_id, reference) for round_id, reference in rows)


def _line(entry: Entry, reader: Reader) -> HistoryLine:
    actor = entry.actor
    if entry.body is None or entry.kind not in KINDS:
        words = ERASED if entry.body is None else entry.kind.capitalize()
        return HistoryLine(entry.seq, entry.at, actor.name, actor.role, entry.kind, words, "")
    operation = canonical.from_text(KINDS[entry.kind], entry.body)
    of = _of(operation)
    is_open = entry.kind not in ON_SHEETS or _is_open(operation, of, reader)
    if not is_open and reader.member is not None:
        return HistoryLine(entry.seq, entry.at, "A member", "member", entry.kind, OTHERS, "")
    if not _touched(operation).isdisjoint(reader.closed):
        words = f"{YOU_DECLARED}."
        return HistoryLine(entry.seq, entry.at, actor.name, actor.role, entry.kind, words, "", of)
    words, detail = as_done(operation.label), _detail(operation) if is_open else NOT_YET
    if isinstance(operation, RecordRecommendations) and not _is_told(operation, reader):
        words, detail = EARLY, ""
    return HistoryLine(entry.seq, entry.at, actor.name, actor.role, entry.kind, words, detail, of)


def _is_open(operation: Operation, of: str, reader: Reader) -> bool:
    """Whether what stands on a sheet is open to the reader."""
    sheet = (int(getattr(operation, "round_id", 0)), of)
    if reader.member is None:
        return sheet in reader.met
    return getattr(operation, "member", None) == reader.member or sheet in reader.handed_in


def _is_told(operation: RecordRecommendations, reader: Reader) -> bool:
    """Whether a reader is told what one recommendation was: its reason may say the total."""
    return reader.member is None or _touched(operation) <= reader.met | reader.handed_in


def _touched(operation: Operation) -> set[Sheet]:
    """Return the applications that a change's own words are about."""
    round_id = int(getattr(operation, "round_id", 0))
    named = {_of(operation), *getattr(operation, "order", ())}
    return {(round_id, of) for of in named if of}


def _of(operation: Operation) -> str:
    """Return the one application that a change is about, "" where it is about none or several."""
    items = operation.items if isinstance(operation, RecordRecommendations) else ()
    return items[0].application if len(items) == 1 else str(getattr(operation, "application", ""))


def _detail(operation: Operation) -> str:
    """Say what was set, what stood there before, and why, where the operation holds it."""
    parts = []
    for now in ("value", "text", "result"):
        if hasattr(operation, now):
            parts.append(
                f"{_said(getattr(operation, now))} (was {_said(getattr(operation, 'replacing', None))})"
            )
    if hasattr(operation, "detail"):
        parts.append(str(operation.detail))
    if isinstance(operation, ExportAccounts):
        parts.append(f"Asked for by {operation.asked_by}")
    reason = getattr(operation, "reason", "")
    if isinstance(operation, RecordRecommendations) and len(operation.items) == 1:
        reason = operation.items[0].reason
    return ". ".join([*parts, *([str(reason)] if reason else [])])


def _said(value: object) -> str:
    return "nothing" if value is None or value == "" else str(value)
