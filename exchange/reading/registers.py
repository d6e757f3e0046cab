"""Read a register's file safely: in the reading process, which may take long as long as it goes on.

found = read_register(Path("publicextract.charity.zip"), wanted)
"""

import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from exchange.reading.memory import REGISTER_BYTES
from exchange.reading.sheet_scan import trouble
from exchange.reading.sheets import Tick, require_file, start_worker
from models.trouble import Trouble
from models.values.diligence import (
    CHARITY,
    COMPANY,
    FORMER,
    REGISTERS,
    SANCTIONS_LIST,
    SUBSTITUTES,
    WEIGHTS,
    Extract,
    NearNames,
    RegisterEntry,
    Wanted,
)
from models.values.payments import DIGITS
from scoring.written.days import full_day, read_day
from scoring.written.identities import company_number
from scoring.written.text import Refused, listed, readable

MOST_ROWS = 20_000
_ROW = re.compile(
    rf"(\d{{6}}) (\d{{6}}) (MOD10|MOD11|DBLAL)((?: +-?\d{{1,3}}){{{DIGITS}}})(?: +(\d{{1,2}}))? *"
)
_PAIR = re.compile(r"(\d{6}) (\d{6}) *")


def bank_table_of(line: str) -> str | None:
    """Return which table a line is of, None where it is of neither."""
    if _ROW.fullmatch(line):
        return WEIGHTS
    return SUBSTITUTES if _PAIR.fullmatch(line) else None


def bank_entries(table: str, rows: Iterable[Sequence[str]]) -> tuple[RegisterEntry, ...]:
    """Return a table's rows in their order; raises `Trouble` at one that is none of its own."""
    found = tuple(islice(_entries(table, rows), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise trouble(f"has more rows than the {REGISTERS[table]}", "download it again")
    return found


def _entries(table: str, rows: Iterable[Sequence[str]]) -> Iterator[RegisterEntry]:
    pattern = _ROW if table == WEIGHTS else _PAIR
    for number, row in enumerate((row for row in rows if any(row)), 1):
        found = pattern.fullmatch(",".join(row))
        if found is None:
            raise trouble(
                f"has a row {number:,} that does not fit the {REGISTERS[table]}", "download it again"
            )
        if table == SUBSTITUTES:
            yield RegisterEntry(found[1], number, what=found[2])
            continue
        first, last, method, weights, exception = found.groups()
        key = f"{first}-{last}"
        yield RegisterEntry(key, number, exception or "", status=method, what=" ".join(weights.split()))


Row = Mapping[str, str]
"""A row's texts by heading, small letters."""

LONGEST = 300
"""Characters that are kept of a text."""
_DATED = re.compile(r"(20[0-9]{2})[-_]([01][0-9])[-_]([0-3][0-9])")
_PART = re.compile(r"part[_-]?(\d+)[_-](\d+)", re.IGNORECASE)
_WEAK = ("low", "weak", "poor")
_TRUE = ("true", "1", "yes")
_PREVIOUS = tuple(f"previousname_{number}.companyname" for number in range(1, 11))
NEARLY = "; spelled nearly like it"
"""How a name of the list ends that is not the very one of the record."""


class Sought(NamedTuple):
    """What is looked for in a register: its keys, and names that may be spelled another way."""

    keys: frozenset[str]
    names: NearNames


class Layout(Struct, frozen=True):
    """A layout: its register, the headings that give it away, and how its rows are read.

    `key_at` is the heading under which a row has what is looked for, "" where every row is looked at.
    `quick` gives the texts worth a look under it; `entries` what of a row is kept, by the keys looked for.
    """

    register: str
    headings: tuple[str, ...]
    key_at: str
    quick: Callable[[Wanted], frozenset[str]]
    entries: Callable[[Row, Sought], Iterator[RegisterEntry]]
    dated_at: str = ""


def layout_of(headings: Sequence[str]) -> Layout | None:
    """Return the layout that a row of headings is of, None where it is of none."""
    there = _plain(headings)
    return next((layout for layout in LAYOUTS if there.issuperset(layout.headings)), None)


def near_layout_words(headings: Sequence[str]) -> str:
    """Say which register a row of headings is nearly of, and which columns it lacks; "" for none."""
    there = _plain(headings)
    near = max(LAYOUTS, key=lambda layout: len(there.intersection(layout.headings)))
    if there.isdisjoint(near.headings):
        return ""
    lacks = [f"“{heading}”" for heading in near.headings if heading not in there]
    return f"looks like the {REGISTERS[near.register]}, but has no column {listed(lacks, 'or')}"


def _plain(headings: Sequence[str]) -> frozenset[str]:
    return frozenset(heading.strip().casefold() for heading in headings)


def day_in_name(name: str) -> date | None:
    """Return the day that a file's name bears: BasicCompanyDataAsOneFile-2026-11-01.zip."""
    found = _DATED.search(name)
    return None if found is None else a_day("-".join(found.groups()))


def refuse_part(name: str) -> None:
    """Raise `Trouble` for one of several files: what is not in it may be in another."""
    found = _PART.search(name)
    if found and found[2] != "1":
        raise Trouble(
            f"is part {found[1]} of {found[2]}, and anybody missing from it may be in another; download the "
            "register in one file; nothing was changed"
        )


def a_day(text: str) -> date | None:
    return readable(partial(read_day, today=date(2000, 1, 1), is_past=True), text.strip())


def _charities(row: Row, sought: Sought) -> Iterator[RegisterEntry]:
    linked = row.get("linked_charity_number", "").strip()
    number = row["registered_charity_number"].strip()
    key = number if linked in ("", "0") else f"{number}-{linked}"
    if key not in sought.keys:
        return
    troubles = {
        "charity_insolvent": "insolvent",
        "charity_in_administration": "in administration",
        "cio_is_dissolved": "dissolved",
    }
    yield RegisterEntry(
        key,
        1,
        key,
        _short(row["charity_name"]),
        _short(row["charity_registration_status"]),
        a_day(row.get("date_of_removal", "")),
        ", ".join(words for at, words in troubles.items() if row.get(at, "").strip().casefold() in _TRUE),
        _short(row.get("charity_reporting_status", "")),
        None,
        _joined(row.get(f"charity_contact_address{line}", "") for line in range(1, 6)),
        _short(row.get("charity_contact_postcode", "")),
    )


def _companies(row: Row, sought: Sought) -> Iterator[RegisterEntry]:
    lines = ("careof", "pobox", "addressline1", "addressline2", "posttown", "county", "country")
    number = company_number(row["companynumber"])
    yield RegisterEntry(
        number,
        1,
        number,
        _short(row["companyname"]),
        _short(row["companystatus"]),
        a_day(row.get("dissolutiondate", "")),
        "",
        "",
        a_day(row.get("accounts.nextduedate", "")),
        _joined(row.get(f"regaddress.{line}", "") for line in lines),
        _short(row.get("regaddress.postcode", "")),
        FORMER.join(filter(None, (_short(row.get(name, "")) for name in _PREVIOUS))),
    )


def _listed(row: Row, sought: Sought) -> Iterator[RegisterEntry]:
    """Yield a name of the list, near one of the record: neither a ship's nor a weak alias.

    One of no stated strength counts.
    """
    number, kind, strength, of = (
        next(filter(None, (row.get(heading, "") for heading in headings)), "") for headings in _OF_A_NAME
    )
    if of.strip().casefold() == "ship" or any(word in strength.casefold() for word in _WEAK):
        return
    name = " ".join(" ".join(row.get(f"name {part}", "") for part in (1, 2, 3, 4, 5, 6)).split())
    said = ", ".join(filter(None, (kind.strip().casefold(), of.strip().casefold())))
    for key, is_same in sought.names.near(name, is_person=of.strip().casefold() == "individual"):
        what = said if is_same else f"{said}{NEARLY}"
        yield RegisterEntry(key, 1, _short(number), _short(name), what=_short(what))


_OF_A_NAME = (
    ("unique id", "group id"),
    ("name type", "alias type"),
    ("alias strength", "alias quality"),
    ("designation type", "individual, entity, ship", "group type"),
)
"""The headings of the two lists for a name's number, what it is, how strong an alias, and of whom or what."""


def _short(text: str) -> str:
    """Return a text on one line, of what is printed, and no longer than is kept."""
    plain = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(plain.split())[:LONGEST]


def _joined(lines: Iterator[str]) -> str:
    return _short(", ".join(line.strip() for line in lines if line.strip()))


def _all(wanted: Wanted) -> frozenset[str]:
    return frozenset()


LAYOUTS = (
    Layout(
        CHARITY,
        ("registered_charity_number", "charity_name", "charity_registration_status"),
        "registered_charity_number",
        lambda wanted: frozenset(number.partition("-")[0] for number in wanted.charities),
        _charities,
        "date_of_extract",
    ),
    Layout(
        COMPANY,
        ("companyname", "companynumber", "companystatus"),
        "companynumber",
        lambda wanted: frozenset(form for one in wanted.companies for form in (one, one.lstrip("0"))),
        _companies,
    ),
    Layout(SANCTIONS_LIST, ("unique id", "name 6", "name type"), "", _all, _listed),
    Layout(SANCTIONS_LIST, ("group id", "name 6", "alias type"), "", _all, _listed),
)
"""Every layout that is read."""


MAX_FILE_BYTES = 8_000_000_000
STUCK_SECONDS = 60.0
"""Without another piece read, after which nothing is waited for."""

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
    shown = require_file(path, "choose a register's file as it was downloaded", MAX_FILE_BYTES, _TOO_LARGE)
    try:
        said = _ask(path, wanted, tick)
    except (ValueError, OSError, subprocess.SubprocessError) as error:
        raise Trouble(f"{shown} {_UNSAFE}; nothing was changed.") from error
    if "trouble" in said:
        raise Trouble(f"{shown} {said['trouble']}.")
    day = _day(shown, None if said["on"] is None else date.fromisoformat(said["on"]), on)
    found = msgspec.convert(said["entries"], list[RegisterEntry])
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


def _ask(path: Path, wanted: Wanted, tick: Tick | None) -> dict[str, Any]:
    """Return the process's last line; raises `SubprocessError` where it died, was stuck or took too much."""
    size, said = path.stat().st_size, {"done": 0}
    with start_worker(path, "register", msgspec.json.encode(wanted) + b"\n") as worker:
        for line in worker.lines(STUCK_SECONDS, REGISTER_BYTES):
            said = json.loads(line) if line else said
            if "done" not in said:
                return said
            if tick:
                tick(min(said["done"], size), size)
    raise subprocess.SubprocessError
