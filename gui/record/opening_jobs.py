"""What opens, locks and closes a record in its own queue."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gui.access.passphrase import Passphrase, revealed
from gui.record.runner import Ticket
from models.copies.beside import latest_valid_backup
from models.record import Opener, Record
from models.store.chain import JournalHead
from models.store.places import Address, ServerAddress, file_of
from models.store.record_file import NeedsPassphrase
from models.store.sqlite import backup
from models.store.sqlite.engine import WHAT_HELPS, NotOpened, RecordDamaged, RecordGone, RecordLocked
from models.store.sqlite.lock import Lock, RecordInUse
from models.transactions import Transactions
from models.trouble import Unwritable
from models.values.canonical import Guarded

PROGRAM = "the window"


class OpenRequest(Struct, frozen=True):
    """What is to be opened: as a record, taken over from a computer that is named, or as a copy of one."""

    address: Address
    is_copy: bool = False
    take_over_from: str | None = None

    @property
    def path(self) -> Path:
        """Return the file; one on a server is none, is in nobody's way and has no copies beside it."""
        return file_of(self.address)


class LockedRecord(Guarded, frozen=True):
    """A record that is closed while its lock file stays: the lock, and the row that its journal ends with.

    One on a server has neither: others write in it meanwhile, and it may not answer just then. `before` is
    what was done in it from here.
    """

    unshown = frozenset({"lock", "before"})
    lock: Lock | None
    head: JournalHead | None
    before: Transactions | None = None


class InUse(Exception):
    """Somebody else has the record open; `copy` is its newest automatic copy, None when there is none."""

    def __init__(self, cause: RecordLocked, path: Path, copy: backup.Copy | None) -> None:
        super().__init__(str(cause))
        self.path = path
        self.copy = copy
        self.can_be_taken_over = isinstance(cause, RecordInUse) and cause.can_be_taken_over


class Damaged(Exception):
    """A record's pages do not hold together, or nothing is left of them; nothing was changed.

    `copy` is the newest of its automatic copies that is whole, None when there is none.
    """

    def __init__(self, cause: Exception, request: OpenRequest, key: Passphrase | None) -> None:
        super().__init__(str(cause).removesuffix(WHAT_HELPS).strip())
        self.path = request.path
        self.key = key
        self.can_be_salvaged = not isinstance(cause, RecordGone)
        self.copy = latest_valid_backup(request.path, revealed(key))


class PassphraseNeeded(Exception):
    """A file wants its passphrase, or another one than was given; nothing was changed.

    `copy` is its newest automatic copy, None when there is none.
    """

    def __init__(self, request: OpenRequest, *, was_wrong: bool, copy: backup.Copy | None = None) -> None:
        super().__init__(f"{request.path.name} was not opened: it needs its passphrase.")
        self.request = request
        self.was_wrong = was_wrong
        self.copy = copy


def open_record(request: OpenRequest, key: Passphrase | None, person: str, ticket: Ticket) -> Record:
    """Open a record or a copy; raises `InUse` where somebody has it open, or `PassphraseNeeded`."""
    try:
        return _opened(request, revealed(key), person)
    except RecordLocked as error:
        raise InUse(error, request.path, backup.newest(request.path)) from error
    except (RecordDamaged, RecordGone) as error:
        raise _damaged(error, request, key) from error
    except (NeedsPassphrase, NotOpened) as error:
        raise _sealed(request, key, error) from error


def _opened(request: OpenRequest, key: str | None, person: str) -> Record:
    """Open a record, to be read alone where nothing can be written; or a copy."""
    if isinstance(request.address, ServerAddress):
        return _with_drafts(Record.sign_on(request.address, Opener(person, PROGRAM)))
    if request.is_copy:
        return Record.read_copy(request.path, key=key)
    try:
        return Record.open(
            request.path, Opener(person, PROGRAM), key=key, take_over_from=request.take_over_from
        )
    except Unwritable:
        return Record.read_copy(request.path, key=key)


def _with_drafts(record: Record) -> Record:
    """Return a record on a server with what was typed here while it did not answer the last time."""
    from models.journal.local_drafts import LocalDrafts  # a record in a file keeps drafts itself

    try:
        record.drafts_here = LocalDrafts.of(record)
    except BaseException:
        record.close()
        raise
    return record


def open_again(
    request: OpenRequest, held: LockedRecord, key: Passphrase | None, person: str, ticket: Ticket
) -> Record:
    """Open a record that was locked; its lock file is still held where that fails.

    The key of one on a server is the password that its login signs on with.
    """
    if isinstance(request.address, ServerAddress):
        address = replace(request.address, password=revealed(key) or "")
        record = _with_drafts(Record.sign_on(address, Opener(person, PROGRAM)))
        if held.before is not None:
            record.transactions.follow(held.before)
        return record
    try:
        if held.lock is None:
            return Record.read_copy(request.path, key=revealed(key))
        return Record.open_again(request.path, Opener(person, PROGRAM), held.lock, key=revealed(key))
    except (NeedsPassphrase, NotOpened) as error:
        raise _sealed(request, key, error) from error


def _damaged(error: RecordDamaged | RecordGone, request: OpenRequest, key: Passphrase | None) -> Exception:
    """Return what is left of a damaged record; a file that was never one, and has no copies, is only told."""
    found = Damaged(error, request, key)
    return found if found.can_be_salvaged or found.copy is not None else error


def _sealed(request: OpenRequest, key: Passphrase | None, error: NeedsPassphrase | NotOpened) -> Exception:
    """Return what a file that did not open wants; one that no passphrase was given to may be damaged."""
    if key is None and isinstance(error, NotOpened):
        return error
    return PassphraseNeeded(request, was_wrong=isinstance(error, NotOpened), copy=backup.newest(request.path))


def hold(record: Record, ticket: Ticket) -> LockedRecord:
    """Close the record, forget its passphrase and keep its lock file; one on a server has none."""
    if record.is_shared:
        record.close()
        return LockedRecord(None, None, record.transactions)
    head = record.head()
    return LockedRecord(record.close_but_hold(), head)


def close(record: Record | None, held: LockedRecord | None, ticket: Ticket) -> None:
    """Close the record and let go of its lock file, also of one that was locked."""
    if record is not None:
        record.close()
    if held is not None and held.lock is not None:
        held.lock.release()
