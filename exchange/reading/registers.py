"""Read a register's file safely: in the reading process, which may take long as long as it goes on.

found = read_register(Path("publicextract.charity.zip"), wanted)
"""

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import asdict

from exchange.reading.guard import REGISTER_BYTES
from exchange.reading.sheets import Tick, require_file, start_worker
from models.trouble import Trouble
from models.values.diligence import Extract, RegisterEntry, Wanted
from scoring.refused import Refused
from scoring.written.days import full_day

MAX_FILE_BYTES = 8_000_000_000
STUCK_SECONDS = 60.0
"""Without another piece read, after which nothing is waited for."""

_CHOOSE = "choose a register's file as it was downloaded"
_TOO_LARGE = "larger than 8 GB; no register is that large"
_UNSAFE = "could not be read safely; download it again and choose it without changing it"
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
    shown = require_file(path, _CHOOSE, MAX_FILE_BYTES, _TOO_LARGE)
    try:
        said = _ask(path, wanted, tick)
    except (ValueError, OSError, subprocess.SubprocessError) as error:
        raise Trouble(f"{shown} {_UNSAFE}; nothing was changed.") from error
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


def _ask(path: Path, wanted: Wanted, tick: Tick | None) -> dict[str, Any]:
    """Return the process's last line; raises `SubprocessError` where it died, was stuck or took too much."""
    size, said = path.stat().st_size, {"done": 0}
    with start_worker(path, "register", json.dumps(asdict(wanted)).encode() + b"\n") as worker:
        for line in worker.lines(STUCK_SECONDS, REGISTER_BYTES):
            said = json.loads(line) if line else said
            if "done" not in said:
                return said
            if tick:
                tick(min(said["done"], size), size)
    raise subprocess.SubprocessError
