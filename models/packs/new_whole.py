"""A new record that others come into: there under its name whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.copies.backup import refuse_taken
from models.record import Opener, Record
from models.store.record_file import sync_folder
from models.store.sqlite.leftovers import PART, remove


@contextmanager
def new_whole(path: Path, opener: Opener, key: str | None) -> Iterator[Record]:
    """Give a new record under another name, which gets its own once all came in; where not, it goes.

    Whoever opens the record then removes what was left by one that was killed.
    """
    refuse_taken(path)
    part = path.with_name(f"{path.name}{PART}{os.getpid()}")
    try:
        with Record.create(part, opener, key=key) as record:
            yield record
        refuse_taken(path)
        part.rename(path)
        sync_folder(path.parent)
    finally:
        remove(part)
    Record.open(path, opener, key=key).close()
