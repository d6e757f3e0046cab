"""What the workspace does in the record's queue: asking, changing, copying and going back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gui.access.passphrase import Passphrase, revealed
from gui.record.opening_jobs import PROGRAM, Damaged, OpenRequest
from gui.record.runner import Ticket
from models.copies.beside import keep_in_second_place
from models.operation import Actor, Operation, Outcome
from models.record import Opener, Record
from models.store.sqlite import backup
from models.store.sqlite.backup import BackupSteps, Copy
from models.store.sqlite.engine import RecordDamaged
from models.store.sqlite.store import PageCheck

if TYPE_CHECKING:
    from models.copies.restore import Preview, Restored
    from models.journal.verify import Verification

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
    """Begin today's copy, if it is due."""
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
    from models.copies.beside import plain_beside

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
