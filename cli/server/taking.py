"""`grant-panel server take` and `server bring`: an area's work out with a laptop, and back."""

import argparse
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.arguments import acting, add_json, add_passphrase, add_person, person, round_name
from cli.output import on_one_line, print_json, print_lines, say
from cli.server.places import add_places
from scoring.counted import counted
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.packs.area_back import AreaBack
    from models.record import Record
    from models.store.address import ServerAddress
    from models.values.round_line import RoundLine


def add_to(taking: argparse.ArgumentParser, coming: argparse.ArgumentParser) -> None:
    """Add what both are told."""
    add_places(taking, "the file to make on the laptop", is_from_file=False)
    taking.add_argument("--area", metavar="NAME", required=True, help="the area whose panel works away")
    taking.add_argument("--round", metavar="NAME", type=round_name, help="its round, where several have it")
    taking.add_argument("--with", metavar="PERSON", dest="holder", help="who has the laptop, if not you")
    words = "even if it is out: that file is lost and cannot be brought back"
    taking.add_argument("--anew", action="store_true", help=words)
    add_places(coming, "the file that was taken out", is_from_file=True)
    coming.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    add_json(coming)
    for parser in (taking, coming):
        add_passphrase(parser)
        add_person(parser)


def take(address: "ServerAddress", options: argparse.Namespace) -> int:
    """Note that the area goes out, and write the copy."""
    from cli.record.opening import open_record
    from cli.record.passphrase import passphrase_in
    from models.copies.office_server import take_with
    from models.operations.packs.area_out import TakeAreaOut
    from models.queries.packs.areas_out import areas_out

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
    return 0


def bring(address: "ServerAddress", options: argparse.Namespace) -> int:
    """Say what comes back and what does not fit, and make it."""
    from cli.record.opening import open_record
    from models.packs.area_back import plan_area_back

    with (
        open_record(address, options, to_change=True) as office,
        open_record(options.file, options, to_change=False) as laptop,
    ):
        found = plan_area_back(office, laptop)
        is_done = found.is_new and not options.dry_run
        if is_done:
            office.perform(found.operation, acting(office, found.operation, options))
    if options.json:
        print_json(_as_json(found, is_done=is_done))
    else:
        print_lines(map(on_one_line, _lines(found, is_done=is_done)))
    return 0


def _round_of(record: "Record", options: argparse.Namespace) -> "RoundLine":
    """Return the round whose area goes out: the one named, else the only open one that has it."""
    from models.queries.set_up.rounds import called, rounds

    lines = [line for line in record.ask(rounds) if any(area.name == options.area for area in line.areas)]
    found = lines if options.round is None else called(lines, options.round)
    if not found:
        raise Refused(f"No round of the record has an area named {options.area}. Check the name.")
    if len(found) > 1:
        named = ", ".join(line.name for line in found)
        raise Refused(f"Several rounds have an area named {options.area}: {named}. Say which with --round.")
    return found[0]


def _lines(found: "AreaBack", *, is_done: bool) -> Iterator[str]:
    yield from found.lines
    made = counted(len(found.operation.changes), "change")
    if not found.is_new:
        yield "There is nothing new to bring back. Nothing was changed."
    elif is_done:
        yield f"{found.operation.area} is back: {made} made."
    else:
        yield f"{made} would be made. Nothing was changed."


def _as_json(found: "AreaBack", *, is_done: bool) -> dict[str, object]:
    return {
        "area": found.operation.area,
        "done": is_done,
        "made": [{"person": one.person, "change": one.change.label} for one in found.operation.changes],
        "left": [
            {"row": one.row, "person": one.person, "change": one.words, "why": one.why, "here": [*one.here]}
            for one in found.left
        ],
        "again": found.again,
    }
