"""A restore over a record that kills itself at one of its steps, as a task that is forked."""

import os
import sys
from functools import cache
from pathlib import Path

from models.copies.diverged import copy_back
from models.copies.restore import restore_over
from models.record import Opener, Record
from models.store.sqlite import backup
from tests.safety.forked import killed_at, say

OPENER = Opener("Grace Okoro", "tests")
OURS = f"{os.sep}models{os.sep}"
IN = ("restore", "opening", "private_files", "record_file", "diverged")
EVENTS = ("call", "return", "c_call", "c_return")


def restore_until(path: str, key: str, step: str) -> None:
    """Restore the newest copy, and be killed at that call of ours; tell how many there were if at none."""
    record = Path(path)
    copy = backup.copies(record)[0].path
    last = killed_at(step, _is_ours, *EVENTS)
    restore_over(copy, record, OPENER, key=key or None)
    sys.setprofile(None)
    say(last[0])


def copy_back_until(path: str, target: str, step: str) -> None:
    """Put a record back over the one it went on from, and be killed likewise."""
    with Record.open(Path(path), OPENER) as record:
        last = killed_at(step, _is_ours, *EVENTS)
        copy_back(record, Path(target), OPENER)
        sys.setprofile(None)
    say(last[0])


@cache
def _is_ours(file: str) -> bool:
    return OURS in file and Path(file).stem in IN
