"""What is done in the record's queue: opening, asking, changing, copying, locking, going back and closing."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from gui.access.passphrase import Passphrase, revealed
from gui.dialogs.files import documents
from gui.record.runner import Ticket
from models.operation import Actor, Operation, Outcome
from models.record import Opener, Record
from models.store.chain import JournalHead
from models.store.locks.signing_on import SignedOn
from models.store.places import Address, ServerAddress, file_of
from models.store.record_file import NeedsPassphrase
from models.store.sqlite import backup
from models.store.sqlite.automatic_copies import latest_valid_backup
from models.store.sqlite.backup import BackupSteps, Copy, keep_in_second_place
from models.store.sqlite.engine import WHAT_HELPS, NotOpened, RecordDamaged, RecordGone, RecordLocked
from models.store.sqlite.lock import Lock, RecordInUse
from models.store.sqlite.store import PageCheck
from models.transactions import Transactions
from models.trouble import Unwritable
from models.values.canonical import Guarded

if TYPE_CHECKING:
    from models.copies.restore import Preview, Restored
    from models.journal.verify import Verification


class OpenRecord(Struct, frozen=True):
    """Where a record lies, and how it is open.

    `is_shut` where nothing can be written there; `has_password` where one was typed to sign on to its server,
    and `signed_on` who did, None where whoever uses the window says so.
    """

    address: Address
    is_copy: bool
    is_encrypted: bool
    is_shut: bool = False
    has_password: bool = False
    signed_on: SignedOn | None = None
    has_weak_passphrase: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether it lies on an office server, where others change it at the same time."""
        return isinstance(self.address, ServerAddress)

    @property
    def is_sealed(self) -> bool:
        """Whether one comes back to it, once it is locked, with a passphrase or a password alone."""
        return self.is_encrypted or self.has_password

    @property
    def name(self) -> str:
        """Return its name: the file's, or its database and server."""
        return self.address.name

    @property
    def stem(self) -> str:
        """Return what files that are written of it are named after."""
        return self.address.database if isinstance(self.address, ServerAddress) else self.address.stem

    @property
    def path(self) -> Path:
        """Return its file; one on a server has none."""
        return file_of(self.address)

    @property
    def folder(self) -> Path:
        """Return where what is written of it is offered to lie: beside its file, else among the documents."""
        return documents() if isinstance(self.address, ServerAddress) else self.address.parent


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


T = TypeVar("T")


def keep_here(record: Record, field: str, text: str, ticket: Ticket) -> None:
    """Keep on this computer what the server did not take of what is being typed."""
    if record.drafts_here is not None:
        record.drafts_here.keep(field, text)


def perform_after_copy(
    actor: Actor,
    operation: Operation,
    beside: Callable[..., T],
    reason: str,
    seen: int | None,
    record: Record,
) -> tuple[Outcome, tuple[T, Path | None]]:
    """Keep an automatic copy, unless one was just made, and then make a change; no copy, no change."""
    copy = record.copies.keep_before(reason)
    outcome, answer = record.perform_beside(operation, beside, actor, seen=seen)
    return outcome, (answer, copy)


def begin_copy(record: Record, ticket: Ticket) -> BackupSteps | None:
    return record.copies.steps_if_due()


def look_at_pages(check: PageCheck, ticket: Ticket) -> bool:
    """Look at the next slice of a record's pages; say whether there is more."""
    return check.step()


def damage_of(record: Record, error: RecordDamaged, ticket: Ticket) -> Damaged:
    """Return what is left of an open record whose pages do not hold together."""

    def damaged(key: str | None) -> Damaged:
        return Damaged(error, OpenRequest(record.path), None if key is None else Passphrase(key))

    return record.under_key(damaged)


def finish_copy(steps: BackupSteps, record: Path, second: Path | None, ticket: Ticket) -> Path:
    """Verify a copy and thin the older ones; put it into the second place, too, where there is one."""
    made = steps.finish()
    backup.delete_outlived(record)
    if second is not None:
        steps.under_key(partial(keep_in_second_place, made, record, second))
    return made


def check_since_copy(record: Path, steps: BackupSteps, ticket: Ticket) -> Copy | None:
    """Return the copy from which the journal makes today's; `NotAsJournalled` where it makes another."""
    from models.copies.diverged import refuse_unjournalled

    return steps.under_key(lambda key: refuse_unjournalled(record, steps.path, key, ticket.tick))


def preview(copy: Path, record: Record, ticket: Ticket) -> "Preview":
    """Say what going back to a copy would lose."""
    from models.copies.restore import preview as preview_of

    return preview_of(record, copy)


def go_back(record: Record, person: str, copy: Path, ticket: Ticket) -> "Restored":
    """Close the record and put a copy in its place; the record is saved among its copies."""
    from models.copies.restore import restore_over

    path, opener = record.path, Opener(person, PROGRAM)

    def put_back(key: str | None) -> "Restored":
        return restore_over(copy, path, opener, key=key)

    return record.close_for(put_back)


def check(record: Record, ticket: Ticket) -> "Verification":
    """Check the whole record."""
    from models.journal.verify import (
        verify,  # it knows every operation there is: too much to load to open the window
    )

    return verify(record, ticket.tick)


def change_key(record: Record, actor: Actor, key: Passphrase | None, ticket: Ticket) -> tuple[str, ...]:
    """Encrypt the record, change its passphrase, or take encryption off, by a verified copy in its place.

    Return the names of what lies in its folder and can be read by anybody, where the record cannot.
    """
    from models.copies.restore import plain_beside

    record.change_key(revealed(key), actor)
    return plain_beside(record) if record.is_encrypted else ()


def delete_plain_copies(record: Record, ticket: Ticket) -> tuple[str, ...]:
    """Delete the automatic copies that anybody can read, and make one that nobody can.

    Return the names of those that could not be deleted.
    """
    record.check_pages()
    record.copies.make_if_due()
    left = backup.delete_plain_copies(record.path)
    record.copies.make_if_due()
    return left


def replace_copies(
    older: Sequence[Copy], second: Path | None, record: Record, ticket: Ticket
) -> tuple[str, ...]:
    """Make a new automatic copy and delete older ones; return the names of those that could not be."""
    return record.copies.replace(older, second)
