"""A record goes from a file to an office server, and back: the same rows, the same journal, verified."""

from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from models.clock import utc_now
from models.journal import replay
from models.journal.erasing import erasure_words, last_erasure, setting_aside
from models.journal.verify import verify
from models.operation import Actor, Operation
from models.record import Record
from models.schema.base import moment_text
from models.session import Session
from models.store import chain as journal
from models.store.chain import JournalHead
from models.store.definition import Note
from models.store.locks.logins import of_prepared
from models.store.locks.signing_on import refuse_without_all
from models.store.places import ServerAddress
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.store.upkeep import NoteUpgrade
from models.trouble import Trouble, or_else
from models.values import canonical
from scoring.written.days import full_day
from scoring.written.text import Refused

NOT_REWRITTEN = (
    "VACUUM FULL is due: words were erased on {}, and the server's own files can still hold them. Close the "
    "record and run grant-panel server vacuum."
)
_REWRITTEN = "rewritten "
_NOTED = "SELECT obj_description('public.journal_body'::regclass, 'pg_class')"


def load(record: Record, address: ServerAddress) -> JournalHead:
    """Make the record that is open here that of an empty database, whole or not at all; return its head.

    Before it is there for anybody, its journal is done over again and compared with what was put there.
    """
    from models.store.postgres.store import PostgresStore  # a record in a file needs no server
    from models.store.postgres.transfer import copy_in

    head = record.head()

    def begin(session: Session) -> None:
        if fault := _fault(session, head):
            raise _unsound(fault, address.name)

    def filled(source: Session) -> None:
        PostgresStore.create(address, begin, fill=partial(copy_in, source)).close()

    record.ask(filled)
    return head


def copy_to_file(
    address: ServerAddress,
    path: Path,
    key: str | None = None,
    *,
    as_it_is: bool = False,
) -> tuple[JournalHead, str]:
    """Write a record on a server into a new file, do its journal over again there, and return its head.

    It takes a login that no lock holds, or of somebody who is given all of it: another one's is refused. One
    that is not sound is refused; with `as_it_is` it is copied, marked unsound, and said why beside the head.
    """
    from models.store.postgres.store import PostgresStore

    with closing(PostgresStore.join(address, as_administrator=True)) as store:
        store.copy_out(path, key)
    with or_else(partial(path.unlink, missing_ok=True)):
        with Record.read_copy(path, key=key) as copy:
            head = copy.head()
            fault = copy.ask(_fault, head)
        if fault and not as_it_is:
            raise _unsound(fault, path.name)
        if fault:
            mark_unsound(path, key, fault)
    return head, fault


def mark_unsound(path: Path, key: str | None, fault: str) -> None:
    """Note in a copy that it was not sound as it was made, of which no journal row tells: verify finds it."""
    with closing(engine.connect(path, key, mode="rw")) as raw:
        raw.execute("INSERT OR REPLACE INTO setting VALUES ('unsound', ?)", (canonical.dumps(fault),))


def replayed_words(address: ServerAddress) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what of a record on a server is not sound, by replay, and what was erased or set aside."""
    try:
        with administered(address) as record:
            faults = tuple(check.words for check in verify(record).checks if not check.ok)
            return (*faults, *record.ask(_not_rewritten)), record.ask(erasure_words)
    except Trouble as error:  # of another format, for one
        return (str(error),), ()


def rewrite(address: ServerAddress) -> None:
    """Have the server write every table anew without what was deleted or erased, and note when that began."""
    at = moment_text(utc_now())
    with of_prepared(address) as connection:
        connection.execute("VACUUM (FULL)")
        connection.execute(f"COMMENT ON TABLE public.journal_body IS '{_REWRITTEN}{at}'")


def _not_rewritten(session: Session) -> tuple[str, ...]:
    """Say that the server's files may still hold what was erased since they were last written anew."""
    last, noted = last_erasure(session), session.exec_driver_sql(_NOTED).scalar() or ""
    if last is None or noted.removeprefix(_REWRITTEN) > moment_text(last):
        return ()
    return (NOT_REWRITTEN.format(full_day(last)),)


def set_aside(address: ServerAddress, seq: int, because: str, actor: Actor) -> tuple[str, ...]:
    """Set aside a row of a journal that cannot be read or repeated; return what it said and what was done."""
    with administered(address) as record:
        operation = record.ask(setting_aside, seq, because, actor.name)
        rows = {row.seq for row in operation.rows}
        said = record.ask(lambda session: [one for one in journal.entries(session) if one.seq in rows])
        words = record.perform(operation, actor).words
    told = (f"Row {one.seq:,}, {one.kind}, of {one.actor.name}, {one.at}: {one.body}" for one in said)
    return (*told, words)


def administered(address: ServerAddress) -> Record:
    """Open a record on a server as its administrator, whom no lock holds, or one that has no locks yet.

    For what others did in records of their own, which comes past every lock. A person's login is refused.
    """
    from models.store.postgres.store import PostgresStore

    record = Record(PostgresStore.join(address, as_administrator=True), utc_now)
    if record.signed_on is not None:
        record.close()
        raise Refused(
            f"{address.login or 'Your login'} is a person's, and what others did in records of their own "
            f"comes past every lock of {address.name}. Nothing was changed. The person who runs the server "
            "does this with an administrator's login, or consolidate into a file."
        )
    return record


def bring_up_to_date(address: ServerAddress, actor: Actor, program: str, at: datetime) -> int | None:
    """Bring an older record to this program's format; return the one that it had, None where it is of it."""
    from models.store.postgres.store import PostgresStore

    def note(found: int) -> Note:
        return Note(NoteUpgrade(found, newest_format(), program, ""), actor, at)

    return PostgresStore.upgrade(address, note)


def take_with(operation: Operation, actor: Actor, record: Record, path: Path, key: str) -> None:
    """Make a change in a record on a server and write an encrypted copy that holds it: both or neither.

    Nobody else changes the record until the copy is written.
    """
    from models.store.postgres.transfer import copy_out

    written: list[Path] = []

    def write(session: Session) -> None:
        refuse_without_all(session)
        written.append(copy_out(session, path, key))

    def remove() -> None:
        for made in written:
            made.unlink(missing_ok=True)

    with or_else(remove):
        record.perform_beside(operation, write, actor)


def _fault(session: Session, head: JournalHead) -> str:
    """Say where rows are not what their own journal makes of an empty record, "" where they are."""
    fault = journal.first_fault(session)
    if fault is not None:
        return fault.words
    if journal.head(session) != head:
        return "its journal ends differently."
    return next((one.words for one in replay.differences(session)), "")


def _unsound(fault: str, name: str) -> Trouble:
    return Trouble(
        f"The record was not copied to {name}, because the copy is not sound: {fault} Nothing was "
        "changed. Look at the record with the command verify."
    )
