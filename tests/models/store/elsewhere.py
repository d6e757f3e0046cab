"""What another program does with a record meanwhile, as tasks that are forked."""

import resource
import signal
import sys
from pathlib import Path

from models.operation import Actor
from models.record import Opener, Record
from models.trouble import Trouble
from tests.models.facts import SetFact
from tests.safety.forked import say

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
