"""What another record brings into one that is open, or into a new one: all of it, or nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.copies.diverged import Standing, compare
from models.packs.area_back import AreaBack, plan_area_back
from models.packs.consolidation import Consolidation, plan_consolidation
from models.record import Opener, Record
from models.store.locks.signing_on import refuse_without_all
from models.store.record_file import check_there, identity, is_encrypted, sync_folder
from models.store.sqlite.backup import Tick, refuse_taken
from models.store.sqlite.leftovers import PART, remove
from scoring.refused import Refused

ToBringIn = AreaBack | Consolidation


def plan_bring_in(record: Record, path: Path, key: str | None = None, tick: Tick = None) -> ToBringIn:
    """Return what would come in from a record's file, and what not and why; nothing is changed in either.

    Refused for the record itself, and to whom a server does not give the whole of it.
    """
    record.ask(refuse_without_all)
    path = path.resolve()
    check_there(path)
    if not record.is_shared and identity(path) == identity(record.path):
        raise Refused(
            "That is the record that is open. Choose another area's, or what came back on a laptop."
        )
    with Record.read_copy(path, key=key if is_encrypted(path) else None) as there:
        if compare(record, there).standing is Standing.ANOTHER:
            return plan_consolidation(record, there, path.name)
        return plan_area_back(record, there, tick)


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
