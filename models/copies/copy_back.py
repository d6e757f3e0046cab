"""A record that was copied elsewhere to be worked on, put back over the one it was copied from.

Nothing that was changed there meanwhile is ever written over: the journals of both are compared, and only
one that the open record went on from is replaced. It is kept among its automatic copies.
"""

import os
from pathlib import Path

from msgspec import Struct

from models.clock import Clock, utc_now
from models.copies.diverged import Standing, compare
from models.record import Opener, Record
from models.store.chain import JournalHead
from models.store.record_file import (
    check_there,
    check_writable,
    has_unfinished_change,
    identity,
    is_encrypted,
)
from models.store.sqlite import lock
from models.store.sqlite.backup import Tick, automatic_path
from models.store.sqlite.leftovers import PART, clear_journal, remove
from models.store.sqlite.swapping import swap_in
from models.trouble import Trouble
from scoring.written.text import Refused

REASON = "copy back"
ITSELF = "That is the record that is open. Choose the one it was copied from."
STANDS = {
    Standing.ANOTHER: "{} is another record, so it was not replaced. Choose the one this was copied from.",
    Standing.SAME: "{} is the same as this record, row for row. There is nothing to copy back.",
}
CHANGED = (
    "{} was changed since this copy was made, so it was not replaced: nothing is written over. {} "
    "Compare with it to import what members recorded there, then decide which of the two to continue with."
)
UNFINISHED = (
    "{} was not closed properly last time and holds an unfinished change, so it was not replaced. Open it "
    "and close it once, which completes that change; then copy back again."
)
SEALED = (
    "{} is encrypted and this record is not, so it was not replaced: what is in it would be open to anybody. "
    "Encrypt this record first, in Settings."
)


class ChangedThere(Refused):
    """The record that was to be replaced was changed since."""


class CopiedBack(Struct, frozen=True):
    """Where the record went, at which row, and what the one that stood there is called now."""

    path: Path
    head: JournalHead
    kept: Path

    @property
    def words(self) -> str:
        """Return what was done, in sentences."""
        return (
            f"{self.path.name} in {self.path.parent} is now the same as this record, at row "
            f"{self.head.seq:,}. The one that was there is kept as “{self.kept.name}”."
        )


def copy_back(
    record: Record, target: Path, opener: Opener, *, clock: Clock = utc_now, tick: Tick = None
) -> CopiedBack:
    """Put an open record's state in the place of the one it was copied from; that one must not have gone on.

    Raises Refused where it did, and Trouble where somebody has it open or the disk does not take it; nothing
    is changed then.
    """
    target = target.resolve()
    check_there(target)
    check_writable(target)
    if identity(target) == identity(record.path):
        raise Refused(ITSELF)
    if is_encrypted(target) and not record.is_encrypted:
        raise Refused(SEALED.format(target.name))
    if has_unfinished_change(target):
        raise Trouble(UNFINISHED.format(target.name))
    before = _state(target)
    _require_older(record, target)
    held = lock.take(target, opener.holder(clock()))
    coming = target.with_name(f"{target.name}{PART}{os.getpid()}")
    try:
        clear_journal(target)
        remove(coming)
        record.backup(coming, tick)
        if _state(target) != before:
            raise ChangedThere(CHANGED.format(target.name, "Somebody saved into it just now."))
        return CopiedBack(target, record.head(), _swapped(coming, target, clock))
    finally:
        remove(coming)
        held.release()


def _require_older(record: Record, target: Path) -> None:
    """Refuse to replace anything but what the record went on from."""
    opens = record.open_copy if is_encrypted(target) else Record.read_copy
    with opens(target) as there:
        found = compare(record, there)
    if found.standing in STANDS:
        raise Refused(STANDS[found.standing].format(target.name))
    if found.standing is not Standing.OLDER:
        raise ChangedThere(CHANGED.format(target.name, found.words))


def _state(target: Path) -> tuple[int, int, int]:
    """Return what changes when somebody saves into a file."""
    found = target.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _swapped(coming: Path, target: Path, clock: Clock) -> Path:
    """Give the new file the old one's name, and keep the old one among the copies; both or neither."""
    kept = automatic_path(target, clock(), REASON)
    try:
        swap_in(coming, target, kept)
    except OSError as error:
        raise _not_replaced(target, error) from error
    return kept


def _not_replaced(target: Path, error: OSError) -> Trouble:
    return Trouble(
        f"{target.name} in {target.parent} could not be replaced ({error.strerror}); it is as it was. "
        "Close any program that has it open, then copy back again."
    )
