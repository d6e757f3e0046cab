"""What another program does with a record, and where it is killed, as tasks that are forked."""

import os
import resource
import signal
import sys
from pathlib import Path

from models.journal import verify  # noqa: F401  (loaded once, before tasks are forked)
from models.operation import Actor
from models.record import Opener, Record
from models.trouble import Trouble
from tests.models.facts import SetFact
from tests.safety.forked import killed_at, say

OPENER = Opener("Priya Nair", "the window")


def open_and_hold(path: str) -> None:
    """Open a record, tell of it, and do nothing until somebody ends it."""
    with Record.open(Path(path), OPENER):
        say("open")
        signal.pause()


def open_and_close(path: str) -> None:
    """Open a record, and tell whether that was refused."""
    try:
        Record.open(Path(path), OPENER).close()
        say("opened")
    except Trouble as trouble:
        say(f"{type(trouble).__name__}: {trouble}")


def fill(path: str, room: str) -> None:
    """Save until the disk is full, tell how that was refused, then make room and save once more."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    sys.dont_write_bytecode = True
    record, actor, saved = Record.open(Path(path), OPENER), Actor("Priya Nair"), 0
    record.perform(SetFact("fact 0", "before"), actor)
    free = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (Path(path).stat().st_size + int(room), free[1]))
    try:
        while True:
            record.perform(SetFact(f"fact {saved + 1}", "x" * 3000), actor)
            saved += 1
    except Trouble as trouble:
        say(trouble)
    facts = "SELECT 1 FROM setting WHERE name LIKE 'fact%'"
    kept = record.ask(lambda session: session.exec_driver_sql(facts).all())
    say(f"{record.head().seq} {len(kept)}")
    resource.setrlimit(resource.RLIMIT_FSIZE, free)
    record.perform(SetFact("fact 0", "after"), actor)
    record.close()
    say(saved)


def change_key_until(path: str, key: str, new: str, step: str) -> None:
    """Change the passphrase, and be killed at that call of ours; tell how many there were if at none."""
    with Record.open(Path(path), OPENER, key=key or None) as record:
        last = killed_at(step, lambda file: f"{os.sep}models{os.sep}" in file, "call", "return")
        record.change_key(new or None, Actor("Priya Nair"))
        sys.setprofile(None)
    say(last[0])
