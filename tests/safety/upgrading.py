"""An upgrade that kills itself before one of its statements, as a task that is forked."""

import os
import signal
from itertools import count
from pathlib import Path

from alembic import command as command  # loaded once, before tasks are forked
from sqlalchemy import Engine, event

from models.record import Opener, Record
from tests.models.store import next_format
from tests.safety.forked import say

OPENER = Opener("Ann Sample", "tests")


def upgrade_until(path: str, key: str, step: str, scripts: str) -> None:
    """Open a record with a program of the next format, and be killed before that statement.

    How many statements there were is told where none of them killed it.
    """
    next_format.use(Path(scripts))
    numbers, last = count(1), [0]

    def before(*_: object) -> None:
        last[0] = next(numbers)
        if last[0] == int(step):
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "commit", before)
    Record.open(Path(path), OPENER, key=key or None).close()
    say(last[0])
