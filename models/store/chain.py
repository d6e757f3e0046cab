"""The journal's chain, words erased from it and what is told in their place, and rules of every record."""

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import (
    ColumnClause,
    Table,
    Text,
    bindparam,
    column,
    delete,
    func,
    select,
    table,
    text,
    type_coerce,
)

from models.operation import Actor, Operation, Outcome, carried_out
from models.schema.base import moment_text
from models.schema.journal import erasure_table, journal_body_table, journal_table
from models.session import Session, into, put, selection
from models.store import chain as journal
from models.values import canonical

NOTHING_BEFORE = bytes(32)
ERASE_KIND = "erase bodies"
ERASE_FILES = "erase attachments"
ERASING = (ERASE_KIND, ERASE_FILES)
"""The kinds of change that may delete bodies, and after which a file is written anew without them."""

_READ_BACK = 20_000
"""Bodies below this length are read again as they are written; longer ones hold files read by us."""

_NEWEST = (
    select(journal_table.c.seq, journal_table.c.hash, journal_table.c.at)
    .order_by(journal_table.c.seq.desc())
    .limit(1)
)

_AFTER = (
    select(
        journal_table.c.seq,
        journal_table.c.at,
        journal_table.c.actor,
        journal_table.c.role,
        journal_table.c.kind,
        journal_body_table.c.body,
    )
    .outerjoin(journal_body_table)
    .where(journal_table.c.seq > bindparam("after"))
    .order_by(journal_table.c.seq)
    .execution_options(yield_per=1000)
)

_STORED = (
    select(
        journal_table.c.seq,
        type_coerce(journal_table.c.at, Text).label("at"),
        journal_table.c.actor,
        journal_table.c.role,
        journal_table.c.kind,
        journal_table.c.digest,
        journal_table.c.prev,
        journal_table.c.hash,
        journal_body_table.c.salt,
        journal_body_table.c.body,
    )
    .outerjoin(journal_body_table)
    .where(journal_table.c.seq > bindparam("after"))
    .order_by(journal_table.c.seq)
    .execution_options(yield_per=2000)
)

_BODY = b"gp-body-1\0"
_ROW = b"gp-journal-2\0"


class JournalHead(Struct, frozen=True):
    """The newest row: its number (0 when there is none), hash, and time."""

    seq: int
    hash: bytes
    at: datetime | None

    @property
    def hash_hex(self) -> str:
        return self.hash.hex()

    @property
    def code(self) -> str:
        """Return the first twelve digits in three groups of four, as printed on papers."""
        return spaced_code(self.hash)


class Entry(Struct, frozen=True):
    """One row of the journal; `body` is None when it was erased."""

    seq: int
    at: datetime
    actor: Actor
    kind: str
    body: str | None


class Fault(Struct, frozen=True):
    """A row at which the journal does not hold, and why."""

    seq: int
    words: str


def spaced_code(digest: bytes) -> str:
    """Return the first twelve hexadecimal digits of a hash in three groups of four."""
    digits = digest.hex()[:12]
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}"


def head(session: Session) -> JournalHead:
    """Return the newest row of the journal."""
    row = session.execute(_NEWEST).one_or_none()
    return JournalHead(0, NOTHING_BEFORE, None) if row is None else JournalHead(row.seq, row.hash, row.at)


def code_at(session: Session, seq: int) -> str:
    """Return the whole hash of a row in hexadecimal digits, "" where there is no such row."""
    found = session.scalar(selection(journal_table.c.hash, seq=seq))
    return "" if found is None else found.hex()


def carry_out(
    session: Session, after: JournalHead, operation: Operation, actor: Actor, at: datetime
) -> tuple[Outcome, JournalHead]:
    """Make one change and write its row in one transaction; return what it did and the new head."""
    outcome = carried_out(session, operation, actor, at)
    body = canonical.to_text(operation)
    if len(body) < _READ_BACK:  # a value that cannot be read again would spoil every later check
        assert canonical.from_text(type(operation), body) == operation
    entry = Entry(after.seq + 1, at, actor, operation.kind, body)
    return outcome, append(session, after, entry)


def put_stored(session: Session, row: "StoredRow") -> None:
    """Write a row just as another record holds it; one whose words were erased has none here either."""
    values = row._asdict() | {"at": datetime.fromisoformat(row.at)}
    _write(session, journal_table, values)
    if row.body is not None:
        _write(session, journal_body_table, values)


def _write(session: Session, table: Table, values: Mapping[str, Any]) -> None:
    """Write what belongs into one of the journal's tables."""
    session.execute(into(table), {column.key: values[column.key] for column in table.c})


def append(session: Session, after: JournalHead, entry: Entry) -> JournalHead:
    """Write the row that follows `after`, and return it as the new head."""
    assert entry.body is not None
    salt = secrets.token_bytes(16)
    digest, at, actor = _digest(salt, entry.body), moment_text(entry.at), entry.actor
    row = StoredRow(
        entry.seq, at, actor.name, actor.role, entry.kind, digest, after.hash, b"", salt, entry.body
    )
    values = row._replace(hash=_hash(row))._asdict() | {"at": entry.at}
    _write(session, journal_table, values)
    _write(session, journal_body_table, values)
    return JournalHead(entry.seq, values["hash"], entry.at)


def entries(session: Session, *, after: int = 0) -> Iterator[Entry]:
    """Yield the rows after a number, oldest first."""
    for seq, at, actor, role, kind, body in session.execute(_AFTER, {"after": after}):
        yield Entry(seq, at, Actor(actor, role), kind, body)


def first_fault(session: Session) -> Fault | None:
    """Return the first row at which the chain does not hold, or None when it holds throughout."""
    tried = enumerate(tried_rows(session), start=1)
    return next((Fault(number, words) for number, (_, words) in tried if words), None)


def tried_rows(session: Session) -> Iterator[tuple["StoredRow", str]]:
    """Yield each row and why it does not hold, "" where it does; after the first that does not, no more."""
    erased, before = _erased(session), NOTHING_BEFORE
    for expected, row in enumerate(stored_rows(session), start=1):
        words = fault_of(row, before, expected, erased)
        yield row, words
        if words:
            return
        before = row.hash


def stored_rows(session: Session, *, after: int = 0) -> Iterator["StoredRow"]:
    """Yield the rows after a number as they are stored, oldest first."""
    return map(StoredRow._make, session.execute(_STORED, {"after": after}))


class StoredRow(NamedTuple):
    """A journal row as it is stored, `at` as text; salt and body are None when there is no body."""

    seq: int
    at: str
    actor: str
    role: str
    kind: str
    digest: bytes
    prev: bytes
    hash: bytes
    salt: bytes | None
    body: str | None

    @property
    def entry(self) -> Entry:
        return Entry(
            self.seq, datetime.fromisoformat(self.at), Actor(self.actor, self.role), self.kind, self.body
        )


def fault_of(row: StoredRow, before: bytes, expected: int, erased: Collection[int]) -> str:
    """Say why a row does not hold, "" when it does."""
    if row.seq != expected:
        return f"Journal row {expected} is missing."
    if row.prev != before or row.hash != _hash(row):
        return f"Journal row {row.seq} does not follow row {row.seq - 1}: it or the one before was changed."
    if row.body is None or row.salt is None:
        named = row.seq in erased
        return "" if named else f"What journal row {row.seq} says is missing, and no erasure names it."
    if row.digest != _digest(row.salt, row.body):
        return f"What journal row {row.seq} says was changed after it was written."
    return ""


def _erased(session: Session) -> frozenset[int]:
    """Return the rows whose bodies a proper erasure, later in the journal, names."""
    rows = (
        select(erasure_table.c.seq)
        .join(journal_table, journal_table.c.seq == erasure_table.c.by_seq)
        .where(journal_table.c.kind.in_(ERASING), erasure_table.c.seq < erasure_table.c.by_seq)
    )
    return frozenset(session.scalars(rows))


def _digest(salt: bytes, body: str) -> bytes:
    return hashlib.sha256(_BODY + salt + body.encode()).digest()


def _hash(row: StoredRow) -> bytes:
    said = canonical.dumps([row.at, [row.actor, row.role], row.kind])
    return hashlib.sha256(_ROW + row.seq.to_bytes(8, "big") + row.prev + said.encode() + row.digest).digest()


_ERASURES = (
    select(journal_table.c.seq, journal_body_table.c.body)
    .outerjoin(journal_body_table)
    .where(journal_table.c.kind.in_(ERASING))
    .order_by(journal_table.c.seq.desc())
)


class SaidRow(NamedTuple):
    """A journal row with its words, or those that an erasure put in their place."""

    seq: int
    at: datetime
    actor: str
    kind: str
    body: str


def said_rows(session: Session, kinds: Collection[str]) -> Iterator[SaidRow]:
    """Yield the rows of some kinds, oldest first; one of which nothing is said any more is left out."""
    row = journal_table.c
    rows = session.execute(
        select(row.seq, row.at, row.actor, row.kind, journal_body_table.c.body)
        .outerjoin(journal_body_table)
        .where(row.kind.in_(tuple(kinds)))
        .order_by(row.seq)
    ).all()
    dead = tombstones(session) if any(found.body is None for found in rows) else {}
    for seq, at, actor, kind, stored in rows:
        body = dead.get(seq, "") if stored is None else stored
        if body:
            yield SaidRow(seq, at, actor, kind, body)


def tombstones(session: Session) -> Mapping[int, str]:
    """Return the words in the place of each erased row, "" where nothing is done in its place.

    Rows that are passed over are among them, though what they say still stands.
    Newest erasure first: one may itself have been erased by a later one, which then says what it said.
    """
    return said_instead((seq, body) for seq, body in session.execute(_ERASURES).all())


def said_instead(erasures: Iterable[tuple[int, str | None]]) -> Mapping[int, str]:
    """Return the same of erasures given by number and words (None where erased), the newest first."""
    found: dict[int, str] = {}
    passed: set[int] = set()
    for seq, stored in erasures:
        body = found.get(seq, "") if stored is None else stored
        if body:
            erasure = json.loads(body)
            passed.update(erasure.get("passed", ()))
            for row in erasure.get("rows", ()):
                found.setdefault(row["seq"], row["body"])
    return found | dict.fromkeys(passed, "")


_AMOUNTS = text(
    "SELECT held.name, of_it.name FROM sqlite_master AS held, pragma_table_info(held.name) AS of_it "
    "WHERE held.type = 'table' AND of_it.name LIKE '%!_pence' ESCAPE '!' ORDER BY held.rowid, of_it.cid"
)
"""The columns of the file's own tables that hold money, by the name that all of them have."""


class Rule(Struct, frozen=True):
    """A rule: its name, what is said when it holds, and a query that yields, in words, what breaks it."""

    name: str
    holds: str
    broken: Callable[[Session], Iterator[str]]


def _money_not_whole(session: Session) -> Iterator[str]:
    for held, name in session.execute(_AMOUNTS).all():
        if _odd_values(session, held, name):
            yield f"Table {held}, column {name}: an amount is not a whole number of pence."


def _odd_values(session: Session, held: str, name: str) -> int:
    amount: ColumnClause[int] = column(name)
    odd = select(func.count()).select_from(table(held, amount))
    return session.scalar(odd.where(func.typeof(amount).not_in(("integer", "null")))) or 0


RULES = (Rule("money", "Every amount is a whole number of pence.", _money_not_whole),)


class Tombstone(Struct, frozen=True):
    """A journal row whose words are erased, and what is done in its place when the journal is done over.

    Of one that was erased before, it takes the place of what was done until then.
    `body` is the change without the erased texts, as canonical JSON; "" where nothing of it is left.
    """

    seq: int
    body: str


def erase_bodies(session: Session, rows: Sequence[Tombstone]) -> None:
    """Take the rows' words out of the journal; where it is done over again there are none."""
    head = journal.head(session)
    if head.seq == 0 or not rows:
        return
    bodies, gone = journal_body_table, erasure_table
    numbers = [row.seq for row in rows]
    before = set(session.scalars(selection(gone.c.seq, seq=numbers)))
    put(session, gone, [{"seq": seq, "by_seq": head.seq + 1} for seq in numbers if seq not in before])
    session.execute(delete(bodies).where(bodies.c.seq.in_(numbers)))
