"""One member at work in a record on an office server, who writes down each mark that was acknowledged."""

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rounds import WEIGHTS
from models.operation import Actor
from models.operations.panel.sheets import SetMark
from models.record import Opener, Record
from models.store.places import server_address
from scoring.written.text import Refused


def work(address: str, member: str, name: str, written: Path, seconds: float, pause: float) -> None:
    """Give marks until the time is up; a line for each says which, how long it took, and when it ended.

    It is counted from when standard input ends.
    """
    draw = random.Random(written.name)
    asked = _asked(draw)
    given = _given(written)
    actor = Actor(name, "member")
    with (
        Record.open(server_address(address), Opener(name, "benchmarks")) as record,
        written.open("a", buffering=1) as lines,
    ):
        record.transactions.prepare(_first(member), actor)  # as the window does once it shows a sheet
        print("open", flush=True)
        sys.stdin.read()  # until all are there that are to work at once
        end = time.time() + seconds
        while time.time() < end:
            time.sleep(draw.random() * 2 * pause)
            key = next(asked)
            before = given.get(key)
            value = 0 if before is None else (before + 1) % 6
            began = time.perf_counter()
            try:
                record.perform(SetMark(1, member, *key, value, before), actor)
            except Refused:  # given by this member's process before it was killed, and not acknowledged
                given[key] = value
                continue
            took = time.perf_counter() - began
            given[key] = value
            line = [record.last_row, *key, value, took, time.time()]
            lines.write(json.dumps(line) + "\n")


def _asked(draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield what is marked next: as members do, one application after another, each from top to bottom."""
    while True:
        reference = f"ACF-{draw.randrange(1_000):05}"
        yield from ((reference, f"A{number}") for number in range(1, len(WEIGHTS) + 1))


def _first(member: str) -> SetMark:
    return SetMark(1, member, "ACF-00000", "A1", 0, None)


def _given(written: Path) -> dict[tuple[str, str], int]:
    """Return what was acknowledged to this member's process before it was killed."""
    lines = written.read_text().splitlines() if written.exists() else []
    whole = [json.loads(line) for line in lines if line.endswith("]")]
    return {(reference, criterion): value for _, reference, criterion, value, *_ in whole}


if __name__ == "__main__":
    where, code, person, file, lasts, rests = sys.argv[1:]
    work(where, code, person, Path(file), float(lasts), float(rests))
