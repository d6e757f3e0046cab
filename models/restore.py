"""Put a backup back as a record of its own, never over one that is there."""

import filecmp
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.backup import automatic_path
from models.divergence import Divergence, Standing, compare
from models.journal import JournalHead
from models.operation import Actor
from models.queries.since_issue import changes_by_kind
from models.record import Clock, Opener, Record, utc_now
from models.record_file import check_new, is_there
from models.trouble import Trouble
from models.upkeep import NoteRestore
from models.verify import FILE, verify


@dataclass(frozen=True, slots=True)
class Restored:
    """The record as it came back: where it is, the row its backup ended with, and what is odd about it.

    `warnings` say what in the backup did not hold, its file apart: it is still the best there is.
    `passed_over` says which newer copies were not taken, and why.
    """

    path: Path
    was_at: JournalHead
    warnings: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return what was done, in a sentence."""
        made: datetime | None = self.was_at.at
        as_of = "" if made is None else f" as of {made.astimezone():%H:%M} on {made.day} {made:%B %Y}"
        return f"Restored {self.path.name}{as_of}, at row {self.was_at.seq}, code {self.was_at.code}."


@dataclass(frozen=True, slots=True)
class Preview:
    """What going back to a backup would come to: as of when, and what was changed later than it."""

    was_at: JournalHead
    comparison: Divergence

    @property
    def is_of_record(self) -> bool:
        """Whether the backup is of the same record."""
        return self.comparison.standing is not Standing.ANOTHER

    @property
    def words(self) -> str:
        """Return the preview in sentences."""
        if self.comparison.standing is Standing.ANOTHER:
            return self.comparison.words
        made: datetime | None = self.was_at.at
        as_of = "" if made is None else f" as of {made.astimezone():%H:%M} on {made.day} {made:%B %Y}"
        kinds = [row.kind for row in self.comparison.here]
        lost = changes_by_kind(kinds, "later than it and would be lost") if kinds else "Nothing is later."
        return f"This is the record{as_of}, at row {self.was_at.seq:,}. {lost}"


def preview(record: Record, backup: Path) -> Preview:
    """Say what an open record would lose by going back to a backup; neither is changed."""
    with record.open_copy(backup) as copy:
        return Preview(copy.head(), compare(record, copy))


def restore_over(
    backup: Path, record: Path, opener: Opener, *, key: str | None = None, clock: Clock = utc_now
) -> Restored:
    """Put a backup in the place of a closed record, which is kept among its automatic copies.

    Nothing is written over: the record gets another name first, and its own back where this fails.
    """
    record = record.resolve()
    kept = automatic_path(record, clock(), "restore")
    try:
        kept.parent.mkdir(exist_ok=True)
        record.rename(kept)
    except OSError as error:
        raise Trouble(
            f"{record.name} could not be put aside ({error.strerror}), so nothing was restored. Close "
            "whatever has it open, then try again."
        ) from error
    try:
        return restore(backup, record, opener, key=key, clock=clock)
    except BaseException:
        if not is_there(record):
            kept.rename(record)
        raise


def restore(
    backup: Path, record: Path, opener: Opener, *, key: str | None = None, clock: Clock = utc_now
) -> Restored:
    """Copy a backup to a new record, check it, and journal where it came from; the backup is not changed."""
    record = record.resolve()
    if is_there(record):
        raise Trouble(
            f"{record.name} is there already, and a record is never written over. Choose another name."
        )
    check_new(record)
    part = record.with_name(f"{record.name}.part-{os.getpid()}")
    try:
        was_at, warnings = _copied(backup, part, key)
        part.rename(record)
    except OSError as error:
        raise Trouble(
            f"{backup.name} was not restored to {record} ({error.strerror}). Nothing was changed. "
            "Check the disk, or choose another place."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    with Record.open(record, opener, key=key, clock=clock) as opened:
        opened.perform(NoteRestore(backup.name, was_at.seq, was_at.code), Actor(opener.person))
    return Restored(record, was_at, warnings)


def _copied(backup: Path, part: Path, key: str | None) -> tuple[JournalHead, tuple[str, ...]]:
    """Copy the backup's bytes, refusing a damaged file; return the journal's head in it, and any faults."""
    with Record.read_copy(backup, key=key) as original:  # refuses what is no record, or is in use
        faults = [check for check in verify(original).checks if not check.ok]
        was_at = original.head()
    if any(check.name == FILE for check in faults):
        raise Trouble(
            f"{backup.name} is damaged, so it was not restored. Nothing was changed. Try an older backup."
        )
    shutil.copyfile(backup, part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    if not filecmp.cmp(backup, part, shallow=False):
        raise Trouble(f"{backup.name} did not copy true, so it was not restored. Nothing was changed.")
    return was_at, tuple(check.words for check in faults)
