"""What another record brings in: an area's work that went out with a laptop, and rounds of its own.

What was done on a laptop is done over again in the office's record, each change with its checks; what no
longer fits is listed with both sides, for a person. Of another record is told what comes in, under which
names. Nothing is overwritten.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from models.copies.diverged import Changed, Standing, compare
from models.operation import Actor, Operation, Outcome, carried_out, parts_of, references_of
from models.operations.applications.attachments import OfSubject, put_attached
from models.operations.packs.consolidated import BringAreaBack, Carried, CarriedChange, Renamed, TakeInRounds
from models.operations.papers import put_files
from models.operations.registry import OPERATIONS
from models.operations.rows.write_round import put_stored
from models.packs.joining import Joining, as_stored
from models.packs.part_rows import Row, Rows, carried, rows_of, same_people
from models.queries.packs.own_record import PACKS
from models.queries.packs.pack_lines import AreaOut, areas_out, brought_back, last_taken
from models.queries.packs.returns import taken_up_to
from models.queries.papers.issues import bytes_under
from models.queries.permissions.acting import refusal
from models.record import Record
from models.schema.applications import application_table
from models.schema.base import METADATA
from models.schema.set_up import area_table
from models.session import Session, record_uid
from models.store import chain
from models.store.locks.signing_on import refuse_without_all
from models.store.postgres.troubles import overwritten
from models.store.record_file import check_there, identity
from models.store.sqlite.backup import Tick
from models.store.upkeep import TableRows
from models.trouble import refuse
from models.values import canonical
from models.values.as_done import as_done
from models.values.canonical import Guarded
from scoring.written.text import Refused, counted

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
    areas = {getattr(change, "area", taken.area), *(getattr(change, "areas", None) or ())} - {taken.area}
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
    here = tuple(_office_changes(since, references_of(one.change)))
    return LeftOver(one.entry.seq, one.entry.actor.name, words, why, here)


def _office_changes(since: Iterable[Changed], named: Collection[str]) -> Iterator[str]:
    """Yield what the office did since about the same applications."""
    for one in since:
        if any(name in one.words.split() or f"{name}," in one.words for name in named):
            yield f"row {one.seq:,}, by {one.actor}: {one.words}"


MOST_RENAMED = 12
"""How many names that are others here are told before they come in."""
_ACCOUNTS, _KEYS = "bank_details", "private_keys"
"""What no journal holds: it comes in beside the change."""


class Consolidation(Guarded, frozen=True):
    """What taking in a record comes to.

    `rounds` come in, `again` are here already, `left` says what differs from what stands here, or stays
    behind. `files` and `attached` yield the
    bytes of files, one at a time, from the other record. What others signed in a record of their own passes
    every lock of a server, where its administrator alone takes it in.
    """

    unshown = frozenset({"beside", "files", "attached"})
    passes_locks: ClassVar[bool] = True
    operation: TakeInRounds
    rounds: tuple[str, ...]
    again: tuple[str, ...]
    left: tuple[str, ...]
    beside: tuple[TableRows, ...]
    files: Callable[[], Iterator[bytes]]
    attached: Callable[[], Iterator[bytes]]

    @property
    def renamed(self) -> tuple[Renamed, ...]:
        return self.operation.renamed

    @property
    def is_new(self) -> bool:
        return bool(self.operation.tables)

    def put_beside(self, session: Session) -> None:
        """Put in the accounts, keys and kept files that no journal holds, beside the change."""
        put_files(session, self.files())
        put_attached(session, self.attached())
        for one in self.beside:
            put_stored(session, METADATA.tables[one.table], one)

    @property
    def lines(self) -> tuple[str, ...]:
        """Say what comes in, under which names, and what is left for a person."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        name, counts = self.operation.name, {one.table: len(one.rows) for one in self.operation.tables}
        if self.rounds:
            held = ", ".join(counted(counts.get(f"{one}s", 0), one) for one in ("application", "award"))
            yield f"{name}: {counted(len(self.rounds), 'round')} with {held}: {', '.join(self.rounds)}."
        elif not self.is_new:
            yield f"{name}: nothing new. Its rounds are in the record already."
        else:
            rows = counted(sum(counts.values()), "entry", "entries")
            yield f"{name}: {rows} of the office and its funds; its rounds are in the record already."
        yield from (f"  {one.words}." for one in self.renamed[:MOST_RENAMED])
        more = len(self.renamed) - MOST_RENAMED
        if more > 0:
            yield f"  {more:,} more have another name here; once they are imported, History names them all."
        yield from (f"  To decide: {words}" for words in self.left)


class _Read(Struct, frozen=True):
    """All of a record that may come into another one."""

    rows: Rows
    source: str
    row: int


def plan_consolidation(whole: Record, part: Record, name: str) -> Consolidation:
    """Return what taking in a record comes to; nothing is changed. Refused for a copy of the same record."""
    here, there = whole.ask(_read), part.ask(_read)
    is_open = part.is_encrypted and not (whole.is_encrypted or whole.is_shared)
    into = whole.path.name if is_open else ""
    refuse(PACKS.not_taken_in(name, into, here.source == there.source))
    joining = Joining(here.rows, there.rows, name.removesuffix(".panel"))
    operation = TakeInRounds(there.source, there.row, name, tuple(joining.found()), joining.renamed)
    up_to = whole.ask(taken_up_to, there.source)
    coming = {row["id"] for row in joining.rounds}
    told = dict.fromkeys(same_people(here.rows, there.rows, coming))
    left = [*told, *joining.left, *_staying(there, up_to if joining.again else None)]
    new = joining.new
    there_by_sum = {row["sha256"]: row for row in there.rows["paper_files"]}
    files = [_file(there_by_sum[row["sha256"]]) for row in new.get("paper_files", ())]
    attached = [_file(row) for row in new.get("attachments", ())]
    contents = partial(_contents, part.path, part.under_key(lambda key: key), there.row)
    return Consolidation(
        operation,
        tuple(map(_words, joining.rounds)),
        tuple(map(_words, joining.again)),
        tuple(left),
        tuple(_beside(joining, here, there)),
        partial(contents, files),
        partial(contents, attached),
    )


def consolidate(whole: Record, found: Consolidation, actor: Actor) -> Outcome:
    """Take in what was worked out, with the accounts and keys that no journal holds: all or nothing."""
    return whole.perform_beside(found.operation, found.put_beside, actor)[0]


def _read(session: Session) -> _Read:
    secret = (METADATA.tables[name] for name in (_ACCOUNTS, _KEYS))
    rows = {table.name: list(rows_of(session, table)) for table in (*carried(), *secret)}
    return _Read(rows, str(record_uid(session)), chain.head(session).seq)


def _file(row: Mapping[str, Any]) -> tuple[str, str, int]:
    """Return the key, the sum and the size of a file's bytes."""
    return str(row["pieces"]), str(row["sha256"]), int(row["size"])


def _contents(path: Path, key: str | None, row: int, kept: Iterable[tuple[str, str, int]]) -> Iterator[bytes]:
    """Yield the bytes of files that come in, by key, sum and size, as far as they are kept.

    Refused where the record was changed after that row, with which it was looked at.
    """
    wanted = dict.fromkeys(kept)
    if not wanted:
        return
    with Record.read_either(path, key) as part:
        if part.head().seq != row:
            raise Refused(f"{path.name} was changed since it was looked at. Nothing came in. Look again.")
        found = (part.ask(bytes_under, *one) for one in wanted)
        yield from (content for content in found if content is not None)


def _beside(joining: Joining, here: _Read, there: _Read) -> Iterator[TableRows]:
    """Yield the accounts of awards that come in, and the keys that are not here."""
    awards = {row["application_id"] for row in joining.new.get("bank_endings", ())}
    accounts = (
        row | {"application_id": joining.number_here("applications", row["application_id"])}
        for row in there.rows[_ACCOUNTS]
    )
    yield as_stored(_ACCOUNTS, [row for row in accounts if row["application_id"] in awards])
    known = {row["public_key"] for row in here.rows[_KEYS]}
    is_coming = bool(joining.new.get("packs") or joining.new.get("member_keys"))
    keys = [row for row in there.rows[_KEYS] if is_coming and row["public_key"] not in known]
    yield as_stored(_KEYS, keys)


def _staying(there: _Read, up_to: int | None) -> Iterator[str]:
    """Yield what stays in the other record."""
    if up_to is not None and there.row > up_to:
        since = counted(there.row - up_to, "change was", "changes were")
        yield f"{since} made there after its rounds came in; these stay there."
    papers = sum(row["round_id"] is None for row in there.rows["paper_issues"])
    if papers:
        yield f"{counted(papers, 'issued paper')} of no round (lists by month, tables by year) stay there."


def _words(row: Row) -> str:
    return f"“{row['name']}” of {row['fund_name']}"


ToBringIn = AreaBack | Consolidation


def plan_bring_in(record: Record, path: Path, key: str | None = None, tick: Tick = None) -> ToBringIn:
    """Return what would come in from a record's file, and what not and why; nothing is changed in either.

    Refused for the record itself, and to whom a server does not give the whole of it.
    """
    record.ask(refuse_without_all)
    path = path.resolve()
    check_there(path)
    if not record.is_shared and identity(path) == identity(record.path):
        raise Refused(
            "That is the record that is open. Choose another area's, or what came back on a laptop."
        )
    with Record.read_either(path, key) as there:
        if compare(record, there).standing is Standing.ANOTHER:
            return plan_consolidation(record, there, path.name)
        return plan_area_back(record, there, tick)
