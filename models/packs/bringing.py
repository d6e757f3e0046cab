"""An area's work taken out of a record on a server with a laptop, and brought back: nothing is overwritten.

What was done on the laptop is done over again in the office's record, each change with its checks; what no
longer fits is listed with both sides, for a person.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

from sqlalchemy import select

from models.journal import canonical, chain
from models.journal.divergence import Changed, Standing, changes_after, compare
from models.operation import Actor, Operation
from models.operations.packs.area_out import BringAreaBack, Carried, CarriedChange
from models.operations.registry import OPERATIONS
from models.permissions.check import refusal
from models.queries.packs.areas_out import AreaOut, areas_out, brought_rows, last_taken
from models.record import Record
from models.schema.applications.application import application_table
from models.schema.journal import journal_table
from models.schema.set_up.round import area_table
from models.session import Session
from models.values.as_done import as_done
from scoring.refused import Refused

_CARRIED: dict[str, type[Operation]] = {one.kind: one for one in get_args(Carried)}


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A change of the laptop that is not made: what it was, why not, and what the office did there since."""

    row: int
    person: str
    words: str
    why: str
    here: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bringing:
    """What bringing an area back comes to: the changes that are made, and what is left for a person.

    `again` are how many of the laptop's changes came back before; `is_out` is whether the area is still out.
    """

    operation: BringAreaBack
    left: tuple[LeftOver, ...]
    again: int
    is_out: bool

    @property
    def is_new(self) -> bool:
        """Whether anything is to be done."""
        return self.is_out or bool(self.operation.changes)


def bringing(office: Record, laptop: Record) -> Bringing:
    """Try a laptop's changes over again in the office's record, and return what fits; nothing is changed.

    Refused where the file was not taken out of this record, or its area is out with another laptop by now.
    """
    found = compare(office, laptop)
    if found.standing is Standing.ANOTHER:
        raise Refused("That file was not taken out of this record. Choose the file that was.")
    taken = _taken(office, laptop, found.common)
    known = office.ask(brought_rows)
    entries = laptop.ask(partial(_entries, after=found.common))
    new = tuple(one for one in entries if one[0] not in known)
    fits = {row: laptop.ask(partial(_belongs, taken=taken, entry=entry)) for row, entry in new}
    since = office.ask(partial(changes_after, row=found.common))
    attempt = partial(_tried, taken=taken, new=new, fits=fits, since=since)
    changes, left = office.try_out(attempt)
    operation = BringAreaBack(taken.round_id, taken.area, taken.row, changes)
    is_out = taken.row in {one.row for one in office.ask(areas_out)}
    return Bringing(operation, left, len(entries) - len(new), is_out)


def _taken(office: Record, laptop: Record, common: int) -> AreaOut:
    """Return by which going out the file left the office; refused where another came after it."""
    found = [one for one in laptop.ask(areas_out) if one.seq <= common]
    if not found:
        raise Refused(
            "No area was taken out with that file. Use “server take” to take one, or import what members "
            "entered there with “merge --copy”."
        )
    taken = found[-1]
    newest = office.ask(partial(last_taken, round_id=taken.round_id, area=taken.area))
    if newest is not None and newest.row != taken.row:
        raise Refused(
            f"{newest.area} was taken out again since, with {newest.person} ({newest.computer}). "
            "That file was taken out before. Nothing was changed; what is in it stays there."
        )
    return taken


Found = tuple[str, chain.Entry]


def _entries(session: Session, after: int) -> tuple[Found, ...]:
    """Return the laptop's own rows with their hashes, oldest first."""
    row = journal_table.c
    rows = session.execute(select(row.seq, row.hash).where(row.seq > after))
    hashes = {found.seq: found.hash.hex() for found in rows}
    return tuple((hashes[entry.seq], entry) for entry in chain.entries(session, after=after))


def _belongs(session: Session, taken: AreaOut, entry: chain.Entry) -> str:
    """Return why a change of the laptop is not of the area's work, "" where it is."""
    if entry.kind not in _CARRIED or entry.body is None:
        return "It is not part of an area's work, from checks to signed recommendations."
    change: Any = canonical.from_text(_CARRIED[entry.kind], entry.body)
    if change.round_id != taken.round_id:
        return "It is of another round."
    if getattr(change, "area", taken.area) != taken.area:
        return f"It is of {change.area}, which was not taken out."
    named = _references(change)
    others = session.scalars(
        select(application_table.c.reference)
        .join(area_table, area_table.c.id == application_table.c.area_id)
        .where(application_table.c.round_id == taken.round_id, area_table.c.name != taken.area)
        .where(application_table.c.reference.in_(named))
    ).all()
    return f"It is of {', '.join(others)}, which was not taken out." if others else ""


def _references(change: Any) -> set[str]:
    """Return the applications that a change names."""
    one = getattr(change, "application", None)
    named = {one} if isinstance(one, str) else set()
    named |= set(getattr(change, "applications", ()) or ())
    named |= {item.application for item in getattr(change, "items", ()) if hasattr(item, "application")}
    return {name for name in named if isinstance(name, str) and name}


def _tried(
    session: Session,
    taken: AreaOut,
    new: tuple[Found, ...],
    fits: dict[str, str],
    since: tuple[Changed, ...],
) -> tuple[tuple[CarriedChange, ...], tuple[LeftOver, ...]]:
    """Make the changes one after another as far as they fit."""
    made: list[CarriedChange] = []
    left: list[LeftOver] = []
    for row, entry in new:
        why = fits[row]
        change: Any = None
        if not why:
            change = canonical.from_text(_CARRIED[entry.kind], entry.body or "")
            why = _try(session, change, entry)
        if why:
            left.append(_left_over(entry, change, why, since))
        else:
            actor = entry.actor
            made.append(CarriedChange(actor.name, actor.role, entry.at, row, change))
    return tuple(made), tuple(left)


def _try(session: Session, change: Operation, entry: chain.Entry) -> str:
    """Make a change, and return "", or why it is refused."""
    why = refusal(session, change, entry.actor)
    if why:
        return why
    step = session.begin_nested()
    try:
        change.apply(session, Actor(entry.actor.name, entry.actor.role), entry.at)
    except Refused as no:
        step.rollback()
        return str(no)
    step.commit()
    return ""


def _left_over(entry: chain.Entry, change: Any, why: str, since: Collection[Changed]) -> LeftOver:
    words = entry.kind.capitalize()
    if change is None and entry.body is not None and entry.kind in OPERATIONS:
        change = canonical.from_text(OPERATIONS[entry.kind], entry.body)
    named = _references(change) if change is not None else set()
    if change is not None:
        words = as_done(change.label)
    here = tuple(_beside(since, named))
    return LeftOver(entry.seq, entry.actor.name, words, why, here)


def _beside(since: Collection[Changed], named: Collection[str]) -> Iterator[str]:
    """Yield what the office did since about the same applications."""
    for one in since:
        if any(f"{name}" in one.words.split() or f"{name}," in one.words for name in named):
            yield f"row {one.seq:,}, by {one.actor}: {one.words}"
