"""Which areas are out with a laptop, and which of a laptop's changes came back already."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from models.operations.packs.area_out import BringAreaBack, TakeAreaOut
from models.schema.journal import journal_body_table, journal_table
from models.session import Session
from models.store.locks.signing_on import told
from models.values import canonical
from scoring.written.days import short_moment


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
        """Return it as a sentence."""
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
    taken = [
        AreaOut(change.round_id, change.area, change.person, change.computer, at, seq, digest.hex())
        for seq, at, digest, change in _passages(session)
        if isinstance(change, TakeAreaOut) and (change.round_id, change.area) == (round_id, area)
    ]
    return taken[-1] if taken else None


def brought_rows(session: Session) -> frozenset[str]:
    """Return the hashes of the laptops' journal rows that came back already."""
    return frozenset(
        one.row
        for _, _, _, change in _passages(session)
        if isinstance(change, BringAreaBack)
        for one in change.changes
    )


def brought_by(session: Session, taken: str) -> frozenset[int]:
    """Return the rows of the journal by which the work of one going out came back, `taken` its row's hash."""
    return frozenset(
        seq
        for seq, _, _, change in _passages(session)
        if isinstance(change, BringAreaBack) and change.taken == taken
    )


def _known(session: Session) -> Iterator[AreaOut]:
    """Yield each going out, and each coming back as one without a computer, to everybody."""
    rows = told(session)
    if rows is None:
        for seq, at, digest, change in _passages(session):
            person, computer = getattr(change, "person", ""), getattr(change, "computer", "")
            yield AreaOut(change.round_id, change.area, person, computer, at, seq, digest.hex())
        return
    for row in rows:
        if row.kind in (TakeAreaOut.kind, BringAreaBack.kind):
            where = int(row.round), row.area
            yield AreaOut(*where, row.person or "", row.computer or "", row.at, row.seq, row.hash.hex())


def _passages(session: Session) -> Iterator[tuple[int, datetime, bytes, TakeAreaOut | BringAreaBack]]:
    """Yield each going out and coming back, oldest first; of one whose words were erased nothing is known."""
    kinds: dict[str, type[TakeAreaOut | BringAreaBack]] = {
        TakeAreaOut.kind: TakeAreaOut,
        BringAreaBack.kind: BringAreaBack,
    }
    row = journal_table.c
    rows = session.execute(
        select(row.seq, row.at, row.hash, row.kind, journal_body_table.c.body)
        .join(journal_body_table, journal_body_table.c.seq == row.seq)
        .where(row.kind.in_(tuple(kinds)))
        .order_by(row.seq)
    )
    for seq, at, digest, kind, body in rows:
        yield seq, at, digest, canonical.from_text(kinds[kind], body)
