"""The journal of a damaged record: read as far as its chain holds, and done over again row by row."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from models.copies.backup import Tick
from models.journal import chain as journal
from models.journal.chain import StoredRow
from models.journal.tombstones import said_instead
from models.journal.verify import KNOWN
from models.operation import Actor
from models.operations.retention.erasure import EraseBodies
from models.salvage.recovered_rows import LaterRow
from models.session import Session
from models.store.sqlite.engine import RawConnection
from models.values import canonical
from scoring.refused import Refused

_ROWS = (
    "SELECT j.seq, j.at, j.actor, j.role, j.kind, j.digest, j.prev, j.hash, b.salt, b.body "
    "FROM journal j LEFT JOIN journal_body b ON b.seq = j.seq WHERE j.seq > ? ORDER BY j.seq"
)
_ERASED = (
    "SELECT e.seq FROM erasure e JOIN journal j ON j.seq = e.by_seq WHERE j.kind = ? AND e.seq < e.by_seq"
)
_UNFIT = (TypeError, ValueError, AttributeError, OverflowError)


def read_rows(raw: RawConnection) -> tuple[list[StoredRow], str]:
    """Return the rows as far as the chain holds, and why no further; "" at the journal's end."""
    rows: list[StoredRow] = []
    erased = frozenset(row[0] for row in raw.execute(_ERASED, (EraseBodies.kind,)).fetchall())
    before = journal.NOTHING_BEFORE
    for found in raw.execute(_ROWS, (0,)).fetchall():
        number = len(rows) + 1
        row = StoredRow._make(found)
        if row.seq != number:
            return rows, f"Row {number:,} lies in a damaged part of the file, or is missing."
        fault = _fault(row, before, number, erased)
        if fault:
            return rows, fault
        rows.append(row)
        before = row.hash
    if last_row(raw) > len(rows):
        return rows, f"Row {len(rows) + 1:,} lies in a damaged part of the file, or is missing."
    return rows, ""


def last_row(raw: RawConnection) -> int:
    """Return the number of the last row that can be seen, 0 when none can."""
    seen = "SELECT seq FROM journal UNION ALL SELECT seq FROM journal_body"
    return int(raw.execute(f"SELECT coalesce(max(seq), 0) FROM ({seen})").fetchone()[0])


def later_rows(raw: RawConnection, after: int) -> Iterator[LaterRow]:
    """Yield the rows after a number that are whole in themselves: who, when and what kind."""
    for found in raw.execute(_ROWS, (after,)).fetchall():
        row = StoredRow._make(found)
        if _is_whole(row):
            yield LaterRow(row.seq, row.at, row.actor, row.role, row.kind)


def do_again(session: Session, rows: list[StoredRow], tick: Tick) -> str:
    """Do rows over again and keep each as it was; return why it went no further, "" at their end."""
    dead = said_instead((row.seq, row.body) for row in reversed(rows) if row.kind == EraseBodies.kind)
    for row in rows:
        if tick is not None:
            tick(row.seq, len(rows))
        if row.body is None and row.seq not in dead:
            return f"What row {row.seq:,} says is missing, and no erasure names it."
        stopped = _done_again(session, row, dead.get(row.seq, row.body or ""))
        if stopped:
            return stopped
    return ""


def _done_again(session: Session, row: StoredRow, body: str) -> str:
    """Do one row over again and keep it as it was; return why it cannot be done."""
    kind = KNOWN.get(row.kind)
    if kind is None:
        return f"Row {row.seq:,} is of a kind this program does not know."
    try:
        with session.begin_nested():
            if body:
                at = datetime.fromisoformat(row.at)
                canonical.from_text(kind, body).apply(session, Actor(row.actor, row.role), at)
            journal.put_stored(session, row)
    except (Refused, ValueError, TypeError, KeyError, SQLAlchemyError) as error:
        return f"Row {row.seq:,} cannot be repeated ({str(error).splitlines()[0]})."
    return ""


def _fault(row: StoredRow, before: bytes, number: int, erased: frozenset[int]) -> str:
    try:
        return journal.fault_of(row, before, number, erased)
    except _UNFIT:
        return f"Journal row {number} cannot be read."


def _is_whole(row: StoredRow) -> bool:
    """Say whether a row's own code holds, whatever went before it."""
    try:
        return not journal.fault_of(row, row.prev, row.seq, frozenset({row.seq}))
    except _UNFIT:
        return False
