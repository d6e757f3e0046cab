"""A record, or an area's work, taken between an office server and a file, and back."""

import argparse
import socket
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from cli.frame.output import Json, answer, on_one_line, say, told
from cli.frame.passphrase import new_passphrase, passphrase_in
from cli.frame.record import acting, open_record, person
from cli.frame.typed import round_name
from cli.server.server import at_server
from models.copies.office_server import copy_to_file, load, take_with
from models.operations.packs.area_out import TakeAreaOut
from models.packs.area_back import AreaBack, plan_area_back
from models.queries.packs.pack_lines import areas_out
from models.queries.set_up.rounds import called, rounds
from models.record import Record
from models.store.places import ServerAddress
from models.values.rounds import RoundLine
from scoring.counted import counted
from scoring.refused import Refused

TYPES = {"--round": round_name}


@at_server
def take(address: ServerAddress, options: argparse.Namespace) -> None:
    """Note that the area goes out, and write the copy."""
    if options.passphrase_file is None:
        raise Refused(
            "A record that leaves the office must be encrypted. Give --passphrase-file PATH, the file "
            "whose first "
            "line is the passphrase."
        )
    if options.file.exists():
        raise Refused(f"There is a file {options.file.name} already. Choose another name.")
    key = passphrase_in(options.passphrase_file)
    with open_record(address, options, to_change=True) as record:
        round_id = _round_of(record, options).round_id
        for out in record.ask(areas_out):
            if (out.round_id, out.area) == (round_id, options.area) and not options.anew:
                raise Refused(f"{out.words} Bring it back first; where its file is lost, say --anew.")
        holder = options.holder or person(options)
        operation = TakeAreaOut(round_id, options.area, holder, socket.gethostname())
        take_with(operation, acting(record, operation, options), record, options.file, key)
    say(f"{options.area} is out with {holder}: {options.file.name}. Bring it back with “server bring”.")


@at_server
def bring(address: ServerAddress, options: argparse.Namespace) -> None:
    """Say what comes back and what does not fit, and make it."""
    with (
        open_record(address, options, to_change=True) as office,
        open_record(options.file, options, to_change=False) as laptop,
    ):
        found = plan_area_back(office, laptop)
        is_done = found.is_new and not options.dry_run
        if is_done:
            office.perform(found.operation, acting(office, found.operation, options))
    answer(
        options, lambda: _as_json(found, is_done=is_done), map(on_one_line, _lines(found, is_done=is_done))
    )


def _round_of(record: Record, options: argparse.Namespace) -> RoundLine:
    """Return the round whose area goes out: the one named, else the only open one that has it."""
    lines = [line for line in record.ask(rounds) if any(area.name == options.area for area in line.areas)]
    found = lines if options.round is None else called(lines, options.round)
    if not found:
        raise Refused(f"No round of the record has an area named {options.area}. Check the name.")
    if len(found) > 1:
        named = ", ".join(line.name for line in found)
        raise Refused(f"Several rounds have an area named {options.area}: {named}. Say which with --round.")
    return found[0]


def _lines(found: AreaBack, *, is_done: bool) -> Iterator[str]:
    yield from found.lines
    made = counted(len(found.operation.changes), "change")
    if not found.is_new:
        yield "There is nothing new to bring back. Nothing was changed."
    elif is_done:
        yield f"{found.operation.area} is back: {made} made."
    else:
        yield f"{made} would be made. Nothing was changed."


def _as_json(found: AreaBack, *, is_done: bool) -> Json:
    return {
        "area": found.operation.area,
        "done": is_done,
        "made": [told(one, "person change=change.label") for one in found.operation.changes],
        "left": [told(one, "row person change=words why here") for one in found.left],
        "again": found.again,
    }


@at_server
def load_file(address: ServerAddress, options: argparse.Namespace) -> None:
    """Load a record in a file into an empty database, and say where its journal ends."""
    path: Path = options.file
    with open_record(path, options, to_change=True) as record:
        head = load(record, address)
    say(
        f"Loaded {path.name} into {address.name}, at row {head.seq}, code {head.code}. "
        "The file was not changed.",
        f"Now set the locks: grant-panel server prepare {quote(str(address))}",
    )


@at_server
def copy_file(address: ServerAddress, options: argparse.Namespace) -> int:
    """Copy a record on a server into a new file, and say where its journal ends."""
    is_sealed = options.encrypt or options.passphrase_file is not None
    key = new_passphrase(options) if is_sealed else None
    head, fault = copy_to_file(address, options.file, key, as_it_is=options.as_it_is)
    say(f"Copied {address.name} to {options.file}, at row {head.seq}, code {head.code}.")
    if fault:
        say(f"The copy is marked unsound: {fault} Nothing printed from it is to be relied on.")
    return 1 if fault else 0
