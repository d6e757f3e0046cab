"""An area's work taken out of a record on a server with a laptop, and brought back: nothing is overwritten.

What was done on the laptop is done over again in the office's record, each change with its checks; what no
longer fits is listed with both sides, for a person.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, ClassVar

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from models.copies.diverged import Changed, Standing, compare
from models.operation import Operation, carried_out, parts_of, references_of
from models.operations.applications.attachments import OfSubject
from models.operations.packs.consolidated import BringAreaBack, Carried, CarriedChange
from models.operations.registry import OPERATIONS
from models.queries.packs.own_record import PACKS
from models.queries.packs.pack_lines import AreaOut, areas_out, brought_back, last_taken
from models.queries.permissions.acting import refusal
from models.record import Record
from models.schema.applications import application_table
from models.schema.set_up import area_table
from models.session import Session
from models.store import chain
from models.store.postgres.troubles import overwritten
from models.store.sqlite.backup import Tick
from models.trouble import refuse
from models.values import canonical
from models.values.as_done import as_done
from scoring.written.text import Refused

FILES_STAY = "Files and what is said of them stay there: save a copy of each file there, and add it here."


class LeftOver(Struct, frozen=True):
    """A change of the laptop that is not made: what it was, why not, and what the office did there since."""

    row: int
    person: str
    words: str
    why: str
    here: tuple[str, ...]


class AreaBack(Struct, frozen=True):
    """What bringing an area back comes to: the changes that are made, and what is left for a person.

    `again` are how many of the laptop's changes came back before; `is_out` is whether the area is still out.
    """

    passes_locks: ClassVar[bool] = False
    operation: BringAreaBack
    left: tuple[LeftOver, ...]
    again: int
    is_out: bool

    @property
    def is_new(self) -> bool:
        return self.is_out or bool(self.operation.changes)

    def put_beside(self, session: Session) -> None:
        """Put nothing in beside the change: an area's work holds no accounts and no keys."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Say each change that is made, and each that is left for a person with both sides."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        yield from (f"{one.person}: {one.change.label}" for one in self.operation.changes)
        for left in self.left:
            which = f"row {left.row:,} there, by {left.person}: {left.words}"
            yield f"Not made, for you to decide: {which}. {left.why}"
            yield from (f"  here: {words}" for words in left.here)
        if self.again:
            yield f"{self.again:,} of its changes came back before."


def plan_area_back(office: Record, laptop: Record, tick: Tick = None) -> AreaBack:
    """Try a laptop's changes over again in the office's record, and return what fits; nothing is changed.

    `tick` is told how many are tried, of how many, and may raise to stop. Refused where the file was not
    taken out of this record, or its area is out with another laptop by now.
    """
    found = compare(office, laptop)
    if found.standing is Standing.ANOTHER:
        raise Refused("That file was not taken out of this record. Choose the file that was.")
    taken = _taken(office, laptop, found.common)
    back = office.ask(brought_back)
    known = {one.row for _, change in back for one in change.changes}
    done = laptop.ask(_done_there, taken, found.common)
    new = tuple(one for one in done if one.row not in known)
    brought = {seq for seq, change in back if change.taken == taken.row}
    unseen = [one.seq for one in found.here if one.seq not in brought]
    changes, left = office.try_out(partial(_tried, new=new, since=found.here, tick=tick), unseen=unseen)
    operation = BringAreaBack(taken.round_id, taken.area, taken.row, changes)
    is_out = taken.row in {one.row for one in office.ask(areas_out)}
    return AreaBack(operation, left, len(done) - len(new), is_out)


def _taken(office: Record, laptop: Record, common: int) -> AreaOut:
    """Return by which going out the file left the office; refused where another came after it."""
    found = [one for one in laptop.ask(areas_out) if one.seq <= common]
    newest = office.ask(last_taken, found[-1].round_id, found[-1].area) if found else None
    is_again = newest is not None and newest.row != found[-1].row
    refuse(PACKS.not_brought(bool(found), newest if is_again else None))
    return found[-1]


class _Done(Struct, frozen=True):
    """A change that was made on the laptop: its row there, the row's hash, and why it stays there, "" if not.

    `change` is None where its words were erased.
    """

    entry: chain.Entry
    row: str
    change: Any
    why: str


def _done_there(session: Session, taken: AreaOut, after: int) -> tuple[_Done, ...]:
    """Return what was done on the laptop alone, oldest first."""
    done = []
    for row in chain.stored_rows(session, after=after):
        change = _change_of(row.entry)
        done.append(_Done(row.entry, row.hash.hex(), change, _why_left(session, taken, change)))
    return tuple(done)


def _change_of(entry: chain.Entry) -> Operation | None:
    """Return the change that a row of the journal holds, None where it was erased or is of the file."""
    if entry.body is None or entry.kind not in OPERATIONS:
        return None
    return canonical.from_text(OPERATIONS[entry.kind], entry.body)


def _why_left(session: Session, taken: AreaOut, change: Operation | None) -> str:
    """Return why a change of the laptop is not of the area's work, "" where it is."""
    if isinstance(change, OfSubject):
        return FILES_STAY
    if not isinstance(change, Carried):
        return "It is not part of an area's work, from checks to signed recommendations."
    if {getattr(one, "round_id", taken.round_id) for one in (change, *parts_of(change))} != {taken.round_id}:
        return "It belongs to another round."
    areas = {getattr(change, "area", taken.area), *getattr(change, "areas", ())} - {taken.area}
    if areas:
        return f"It is of {', '.join(sorted(areas))}, which was not taken out."
    others = session.scalars(
        select(application_table.c.reference)
        .join(area_table, area_table.c.id == application_table.c.area_id)
        .where(application_table.c.round_id == taken.round_id, area_table.c.name != taken.area)
        .where(application_table.c.reference.in_(references_of(change)))
    ).all()
    return f"It is of {', '.join(others)}, which was not taken out." if others else ""


def _tried(
    session: Session, new: Sequence[_Done], since: Sequence[Changed], tick: Tick
) -> tuple[tuple[CarriedChange, ...], tuple[LeftOver, ...]]:
    """Make the changes one after another as far as they fit."""
    made: list[CarriedChange] = []
    left: list[LeftOver] = []
    for number, one in enumerate(new):
        if tick is not None:
            tick(number, len(new))
        why = one.why or _try(session, one.change, one.entry)
        if why:
            left.append(_left_over(one, why, since))
        else:
            actor = one.entry.actor
            made.append(CarriedChange(actor.name, actor.role, one.entry.at, one.row, one.change))
    return tuple(made), tuple(left)


def _try(session: Session, change: Operation, entry: chain.Entry) -> str:
    """Make a change, and return "", or why it is refused."""
    why = refusal(session, change, entry.actor)
    if why:
        return why
    step = session.begin_nested()
    try:
        carried_out(session, change, entry.actor, entry.at)
    except Refused as no:
        step.rollback()
        return str(no)
    except DBAPIError as error:
        step.rollback()
        if error.orig is None or not overwritten(error.orig):
            raise
        return "The office changed the same thing in the meantime, and that was kept."
    step.commit()
    return ""


def _left_over(one: _Done, why: str, since: Sequence[Changed]) -> LeftOver:
    words = one.entry.kind.capitalize() if one.change is None else as_done(one.change.label)
    here = tuple(_beside(since, references_of(one.change)))
    return LeftOver(one.entry.seq, one.entry.actor.name, words, why, here)


def _beside(since: Iterable[Changed], named: Collection[str]) -> Iterator[str]:
    """Yield what the office did since about the same applications."""
    for one in since:
        if any(name in one.words.split() or f"{name}," in one.words for name in named):
            yield f"row {one.seq:,}, by {one.actor}: {one.words}"
