"""A second place for automatic copies, such as a folder of the organisation's file server."""

import os
from getpass import getuser
from pathlib import Path

from models.copies import backup
from models.store.private_files import FOLDER, copy_file
from models.store.sqlite.leftovers import PART, remove
from models.store.sqlite.lock import this_host
from models.trouble import Trouble


def keep_in_second_place(made: Path, record: Path, place: Path) -> Path:
    """Copy an automatic copy into a folder of this person and computer there, and thin those that it holds.

    Raises Trouble where the place does not take it; the copy beside the record is there by then.
    """
    theirs = place / f"{getuser()} on {this_host()}" / record.name
    kept = backup.folder_of(theirs) / made.name
    part = kept.with_name(f"{kept.name}{PART}{os.getpid()}")
    try:
        kept.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        remove(part)
        try:
            copy_file(made, part)
            os.replace(part, kept)
        finally:
            remove(part)
        backup.delete_outlived(theirs)
    except OSError as error:
        raise Trouble(
            f"Today's copy of {record.name} is beside the record, but not in the second place, {place} "
            f"({error.strerror or error}). Check the network, and ask those who look after this computer."
        ) from error
    return kept
