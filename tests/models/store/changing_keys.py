"""A change of passphrase that kills itself at one of its steps, as a task that is forked."""

import os
import signal
import sys
from itertools import count
from pathlib import Path
from types import FrameType

from models.journal import verify  # noqa: F401  (loaded once, before tasks are forked)
from models.record import Opener, Record
from tests.models.rounds import OFFICER
from tests.safety.forked import say

OPENER = Opener("Grace Okoro", "tests")
OURS = f"{os.sep}models{os.sep}"


def change_until(path: str, key: str, new: str, step: str) -> None:
    """Change the passphrase, and be killed at that call of ours; tell how many there were if at none."""
    numbers, last = count(1), [0]

    def before(frame: FrameType, event: str, argument: object) -> None:
        if OURS in frame.f_code.co_filename and event in ("call", "return"):
            last[0] = next(numbers)
            if last[0] == int(step):
                os.kill(os.getpid(), signal.SIGKILL)

    with Record.open(Path(path), OPENER, key=key or None) as record:
        sys.setprofile(before)
        record.change_key(new or None, OFFICER)
        sys.setprofile(None)
    say(last[0])
