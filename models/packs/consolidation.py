"""The records of several areas become one: what of another one comes in, under which names."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from models.copies.diverged import Standing, compare
from models.operation import Actor, Outcome
from models.operations.applications.attachments import put_attached
from models.operations.packs.consolidated import Renamed, TakeInRounds
from models.operations.papers import put_files
from models.operations.rows.write_round import put_stored
from models.packs.area_back import AreaBack, plan_area_back
from models.packs.joining import Joining, as_stored
from models.packs.part_rows import Row, Rows, carried, rows_of, same_people
from models.queries.packs.own_record import PACKS
from models.queries.packs.returns import taken_up_to
from models.queries.papers.issues import bytes_under
from models.record import Opener, Record
from models.schema.base import METADATA
from models.session import Session, record_uid
from models.store import chain
from models.store.locks.signing_on import refuse_without_all
from models.store.record_file import check_there, identity, in_part, sync_folder
from models.store.sqlite.backup import Tick, refuse_taken
from models.store.upkeep import TableRows
from models.trouble import refuse
from models.values.canonical import Guarded
from scoring.written.text import Refused, counted

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
    files = [(str(row["sha256"]),) * 2 for row in new.get("paper_files", ())]
    attached = [(str(row["pieces"]), str(row["sha256"])) for row in new.get("attachments", ())]
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


def _contents(path: Path, key: str | None, row: int, kept: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """Yield the bytes of files that come in, by key and sum, as far as they are kept.

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


@contextmanager
def new_whole(path: Path, opener: Opener, key: str | None) -> Iterator[Record]:
    """Give a new record under another name, which gets its own once all came in; where not, it goes.

    Whoever opens the record then removes what was left by one that was killed.
    """
    refuse_taken(path)
    with in_part(path) as part:
        with Record.create(part, opener, key=key) as record:
            yield record
        refuse_taken(path)
        part.rename(path)
        sync_folder(path.parent)
    Record.open(path, opener, key=key).close()
