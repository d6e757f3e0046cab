"""Read a register's file safely: in the reading process, which may take long as long as it goes on.

found = read_register(Path("publicextract.charity.zip"), wanted)
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, NamedTuple

import psutil
from msgspec.structs import asdict

from exchange.reading.guard import REGISTER_BYTES
from exchange.reading.sheets import NO_WINDOW, Tick, problem_with_file, shown_name, worker_command
from models.trouble import Trouble
from models.values.diligence import Extract, RegisterEntry, Wanted
from scoring.refused import Refused
from scoring.written.days import full_day

MAX_FILE_BYTES = 8_000_000_000
STUCK_SECONDS = 60.0
"""Without another piece read, after which nothing is waited for."""
MAX_ANSWER = 50_000_000

_WHAT = "choose a register's file as it was downloaded"
_TOO_LARGE = "larger than 8 GB; no register is that large"
_UNSAFE = "could not be read safely; download it again and choose it without changing it; nothing was changed"
_POLL_SECONDS = 0.05
_LONGEST_NAME = 200


class FoundRegister(NamedTuple):
    """Which register a file is, and what is kept of it."""

    register: str
    extract: Extract


def read_register(
    path: Path, wanted: Wanted, *, on: date | None = None, tick: Tick | None = None
) -> FoundRegister:
    """Read a register for what is looked for; `on` is the day it was made, where the file does not say.

    `tick` is told how many bytes of how many are read, and may raise to cancel. Raises `Trouble` with one
    sentence for a file that is no register, damaged or dangerous, `Refused` without a day or with another.
    """
    shown = shown_name(path)
    problem = problem_with_file(path, _WHAT, MAX_FILE_BYTES, _TOO_LARGE)
    if problem:
        raise Trouble(f"{shown} {problem}.")
    try:
        said = _ask(path, wanted, tick)
    except (ValueError, OSError, subprocess.SubprocessError) as error:
        raise Trouble(f"{shown} {_UNSAFE}.") from error
    if said is None:
        raise Trouble(f"{shown} {_UNSAFE}.")
    if "trouble" in said:
        raise Trouble(f"{shown} {said['trouble']}.")
    day = _day(shown, None if said["on"] is None else date.fromisoformat(said["on"]), on)
    found = [_entry(entry) for entry in said["entries"]]
    keys = {entry.key for entry in found}
    missing = [RegisterEntry(key) for key in wanted.keys(said["register"]) if key not in keys]
    entries = tuple(sorted((*found, *missing), key=lambda one: (one.key, one.place)))
    extract = Extract(day, shown[:_LONGEST_NAME], said["rows"], said["odd"], entries)
    return FoundRegister(said["register"], extract)


def _day(shown: str, said: date | None, told: date | None) -> date:
    if said is None and told is None:
        raise Refused(
            f"{shown} does not say which day it is from. Give the day on which the register made it."
        )
    if said is not None and told not in (None, said):
        raise Refused(f"{shown} says itself that it is from {full_day(said)}. Leave the day out.")
    day = said or told
    assert day is not None, "one of the two is there"
    return day


def _entry(said: dict[str, Any]) -> RegisterEntry:
    days = {name: said[name] and date.fromisoformat(said[name]) for name in ("ended_on", "accounts_due_on")}
    return RegisterEntry(**{**said, **days})


def _ask(path: Path, wanted: Wanted, tick: Tick | None) -> dict[str, Any] | None:
    """Return the process's last line, None where it died, was stuck or took too much memory."""
    size = path.stat().st_size
    worker = subprocess.Popen(
        [*worker_command(), str(path.absolute()), "register"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        creationflags=NO_WINDOW,
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    heard: Queue[bytes] = Queue()
    listener = Thread(target=_listen, args=(worker.stdout, heard), daemon=True, name="register listener")
    try:
        listener.start()
        worker.stdin.write(json.dumps(asdict(wanted)).encode() + b"\n")
        worker.stdin.close()
        said: dict[str, Any] = {"done": 0}
        for line in _lines(worker, heard):
            said = json.loads(line) if line else said
            if "done" not in said:
                return said
            if tick:
                tick(min(said["done"], size), size)
        return None
    finally:
        worker.kill()
        worker.wait()
        listener.join()
        worker.stdout.close()


def _listen(stream: IO[bytes], heard: "Queue[bytes]") -> None:
    """Pass on each line; an empty one says that there is no more."""
    while line := stream.readline(MAX_ANSWER):
        heard.put(line)
    heard.put(b"")


def _lines(worker: "subprocess.Popen[bytes]", heard: "Queue[bytes]") -> Iterator[bytes]:
    """Yield what the process says, nothing at each look in vain, until it ends or has to."""
    last = time.monotonic()
    yield b""
    while time.monotonic() - last < STUCK_SECONDS and not _takes_too_much(worker.pid):
        try:
            line = heard.get(timeout=_POLL_SECONDS)
        except Empty:
            yield b""
            continue
        if not line:
            return
        last = time.monotonic()
        yield line


def _takes_too_much(process: int) -> bool:
    """Watch the memory where the system does not bound it by itself."""
    if sys.platform == "linux":
        return False
    try:
        return bool(psutil.Process(process).memory_info().rss > REGISTER_BYTES)
    except psutil.Error:
        return False
