"""The packs of a round at a glance, and which areas are out with a laptop."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select

from models.operation import operation_of
from models.queries.packs.pack_files import PackFiles, sorted_files, together
from models.queries.packs.packs import (
    Enrolled,
    enrolled,
    histories_of,
    settled_histories,
    sheets_to_score,
)
from models.queries.panel.score_sheets import SheetLine, SheetState
from models.queries.set_up.rounds import area_dates, round_line
from models.role import is_asked_for_marks
from models.schema.journal import journal_body_table, journal_table
from models.schema.packs import pack_table, returned_table
from models.session import Session
from models.store.locks.signing_on import told
from models.values.rounds import BEFORE_MEETING
from scoring.written.days import short_moment


class PackLine(Struct, frozen=True):
    """A member with the newest pack, if any, and what came back; `open` counts what is to be decided.

    `items` are the applications that a pack made now would hold; `to_mark` those of them that can be marked
    away from the office, `files` their attachments; `to_come` those that the member is still asked for.
    `marks_close_on` is the last day on which any of them
    takes marks, None where an area has no such day.
    """

    member: str
    name: str
    items: int
    to_mark: int
    to_come: int
    issued_at: datetime | None
    expires_on: date | None
    returned_at: datetime | None
    open: int
    marks_close_on: date | None
    files: PackFiles = PackFiles()


def pack_lines(session: Session, round_id: int) -> tuple[PackLine, ...]:
    """Return the members of a round with their packs and returns, in the panel's order."""
    round_uid, files = round_line(session, round_id).uid, sorted_files(session, round_id)
    return tuple(
        _pack_line(session, (round_id, round_uid), code, member, files)
        for code, member in enrolled(session, round_id).items()
    )


def _pack_line(
    session: Session, of: tuple[int, str], code: str, member: Enrolled, files: Mapping[str, PackFiles]
) -> PackLine:
    (round_id, round_uid), uid = of, member.uid
    sheets = sheets_to_score(session, round_id, code)
    to_mark = sum(one.stage in BEFORE_MEETING and one.state is not SheetState.HANDED_IN for one in sheets)
    to_come = to_mark if is_asked_for_marks(member.role) else 0
    table, back = pack_table, returned_table
    newest = select(table.c.issued_at, table.c.expires_on).where(
        table.c.round == round_uid, table.c.member == uid
    )
    issued = session.execute(
        newest.order_by(table.c.issued_at.desc(), table.c.after_row.desc()).limit(1)
    ).first()
    of_member = (back.c.round == round_uid) & (back.c.member == uid)
    last = session.scalar(select(func.max(back.c.at)).where(of_member))
    known = histories_of(session, round_uid, uid)
    still = sum(h.is_open for h in settled_histories(session, round_id, code).values()) if known else 0
    issued_at, expires_on = issued or (None, None)
    closes = _last_marks(session, round_id, sheets)
    held = together(files[one.reference] for one in sheets if one.reference in files)
    return PackLine(
        *(code, member.name, len(sheets), to_mark, to_come, issued_at, expires_on, last, still, closes, held)
    )


def _last_marks(session: Session, round_id: int, sheets: Sequence[SheetLine]) -> date | None:
    """Return the last day on which one of these sheets takes marks, None where that is not said of each."""
    dates = area_dates(session, round_id)
    days = [dates[area].marks_close_on for area in {line.area for line in sheets} if area in dates]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len({line.area for line in sheets}) else None


OUT, BACK = "take area out", "bring area back"
"""The kinds of changes by which an area's work goes with a laptop, and comes back."""


class AreaOut(Struct, frozen=True):
    """An area that is out: with whom, on which computer, since when (UTC), and its journal row's hash."""

    round_id: int
    area: str
    person: str
    computer: str
    since: datetime
    seq: int
    row: str

    @property
    def words(self) -> str:
        return (
            f"{self.area} is out with {self.person} ({self.computer}) since {short_moment(self.since)} UTC."
        )


def areas_out(session: Session) -> tuple[AreaOut, ...]:
    """Return the areas that are out, in the order in which they went."""
    out: dict[tuple[int, str], AreaOut] = {}
    for passage in _known(session):
        place = (passage.round_id, passage.area)
        out.pop(place, None)
        if passage.computer:
            out[place] = passage
    return tuple(out.values())


def last_taken(session: Session, round_id: int, area: str) -> AreaOut | None:
    """Return the last time that an area of a round went out, None where it never did."""
    known = (one for one in _known(session) if one.computer and (one.round_id, one.area) == (round_id, area))
    return next(reversed([*known]), None)


def brought_back(session: Session) -> tuple[tuple[int, Any], ...]:
    """Return the rows of the journal by which an area's work came back, each with the change."""
    return tuple((seq, change) for seq, _, _, change in _passages(session) if change.kind == BACK)


def _known(session: Session) -> Iterator[AreaOut]:
    """Yield each going out, and each coming back as one without a computer, to everybody."""
    rows = told(session)
    if rows is None:
        for seq, at, digest, change in _passages(session):
            person, computer = getattr(change, "person", ""), getattr(change, "computer", "")
            yield AreaOut(change.round_id, change.area, person, computer, at, seq, digest.hex())
        return
    for row in rows:
        if row.kind in (OUT, BACK):
            where = int(row.round), row.area
            yield AreaOut(*where, row.person or "", row.computer or "", row.at, row.seq, row.hash.hex())


def _passages(session: Session) -> Iterator[tuple[int, datetime, bytes, Any]]:
    """Yield each going out and coming back, oldest first; of one whose words were erased nothing is known."""
    row = journal_table.c
    rows = session.execute(
        select(row.seq, row.at, row.hash, row.kind, journal_body_table.c.body)
        .join(journal_body_table)
        .where(row.kind.in_((OUT, BACK)))
        .order_by(row.seq)
    )
    for seq, at, digest, kind, body in rows:
        yield seq, at, digest, operation_of(kind, body)
