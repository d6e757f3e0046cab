"""A finished file put in a record's place while its lock is held; its name is never without a record."""

import os
from contextlib import closing, suppress
from pathlib import Path

from models.store.private_files import copy_file, make_folder, take_mode_of
from models.store.record_file import has_unfinished_change, is_there, sync_folder
from models.store.sqlite import engine
from models.store.sqlite.engine import RecordLocked
from models.store.sqlite.leftovers import PART, clear_journal, journal_of, remove
from models.trouble import Trouble


def settle(record: Path, key: str | None) -> None:
    """Undo what a crash left unfinished in a closed record, as opening it would, and clear its journal.

    Raises RecordLocked where a program has it open after all. One that is damaged stays as it is.
    """
    if not is_there(record):
        return
    try:
        with closing(engine.connect(record, key)):
            pass
    except RecordLocked:
        raise
    except Trouble:
        return
    finally:
        clear_journal(record)


def swap_in(coming: Path, record: Path, kept: Path) -> Path | None:
    """Give a file the record's name; return where what stood there is kept, None where nothing did.

    That is copied first, so that a kill at any moment leaves the old record or the new one under the name.
    Raises OSError where the disk does not take it; the record stands as it did then.
    """
    stood = is_there(record)
    if stood:
        make_folder(kept.parent)
        take_mode_of(coming, record)
        _keep_journal(record, kept)
        try:
            _copy_whole(record, kept)
        except OSError:
            return _renamed(coming, record, kept)
    else:
        _keep_journal(record, kept)
    try:
        _replace(coming, record)
    except OSError:
        _take_back(kept)
        raise
    return kept if stood else None


def _copy_whole(record: Path, kept: Path) -> None:
    """Copy under another name first: a kill must not leave a part of a copy that looks like one."""
    part = kept.with_name(f"{kept.name}{PART}{os.getpid()}")
    remove(part)
    try:
        copy_file(record, part)
        part.rename(kept)
    finally:
        remove(part)


def _renamed(coming: Path, record: Path, kept: Path) -> Path:
    """Swap without reading a record that the disk does not give any more."""
    record.rename(kept)
    try:
        _replace(coming, record)
    except OSError:
        kept.rename(record)
        _take_back(kept)
        raise
    return kept


def _replace(coming: Path, record: Path) -> None:
    """Put the file in place; what would be undone in the old one must not be undone in this one."""
    journal = journal_of(record)
    aside = record.with_name(f"{record.name}{PART}{os.getpid()}.undone")
    with suppress(FileNotFoundError):
        journal.rename(aside)
    try:
        os.replace(coming, record)
    except OSError:
        with suppress(FileNotFoundError):
            aside.rename(journal)
        raise
    aside.unlink(missing_ok=True)
    sync_folder(record.parent)


def _keep_journal(record: Path, kept: Path) -> None:
    """Keep beside the old record what undoes the change it was in the midst of: without it, it is none."""
    if has_unfinished_change(record):
        make_folder(kept.parent)
        copy_file(journal_of(record), journal_of(kept))


def _take_back(kept: Path) -> None:
    for made in (kept, journal_of(kept)):
        with suppress(OSError):
            made.unlink(missing_ok=True)
