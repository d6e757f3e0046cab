"""`grant-panel server`: set a record up on an office server, let people in, and look it over."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_json, add_person, opener, person
from cli.output import complain, print_json, say
from cli.server import copying, notices, people, taking
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.store.address import ServerAddress

FORM = "postgresql://ADMINISTRATOR@HOST/DATABASE"


def add(commands: "Commands") -> None:
    """Add the subcommand with its actions."""
    parser = add_command(commands, "server", run, "set up a record on an office server, and let people in")
    actions = parser.add_subparsers(metavar="ACTION", required=True, dest="action", title="actions")
    preparing = _action(
        actions, "prepare", "make roles, tables, locks and the empty record; safe to run again"
    )
    add_person(preparing, "who sets it up, as the journal names them")
    people.add_to(_action(actions, "person", "let people in, change their roles, or stop letting them in"))
    checking = _action(actions, "check", "list what is wrong on the server; status 1 where something is")
    words = "the folder of the office's daily copies, whose age is checked"
    checking.add_argument("--copies", metavar="FOLDER", type=Path, help=words)
    words = "set aside a row of the journal that cannot be read or repeated, so that the record opens"
    checking.add_argument("--set-aside", metavar="ROW", type=int, help=words)
    checking.add_argument("--because", metavar="TEXT", default="", help="why it is set aside")
    add_person(checking, "who sets it aside, as the journal names them")
    add_json(checking)
    loading = _between(actions, "load", "load a record from a file into an empty database, verified")
    writing = _between(actions, "copy", "write the record on a server into a new file, verified")
    copying.add_to(loading, writing)
    out = _between(actions, "take", "take an area's work out with a laptop: a copy, noted on the server")
    back = _between(actions, "bring", "repeat here what was done on a laptop, each change with its checks")
    taking.add_to(out, back)
    closing = _action(actions, "closing", "close the record for maintenance, with notice; or open it again")
    notices.add_to(closing, _action(actions, "oldest", "set the oldest program that may open the record"))


def run(options: argparse.Namespace) -> int:
    """Carry one action out."""
    from models.store.address import ServerAddress, address_of

    address = address_of(options.url)
    if not isinstance(address, ServerAddress):
        raise Refused(f"{options.url} is not the address of an office server. Write {FORM}.")
    return _ACTIONS[options.action](address, options)


def _between(actions: "Commands", name: str, words: str) -> argparse.ArgumentParser:
    """Add an action between a file and a server, whose places its own module adds."""
    description = f"{words[0].upper()}{words[1:]}."
    return actions.add_parser(name, help=words, description=description, allow_abbrev=False)


def _action(actions: "Commands", name: str, words: str) -> argparse.ArgumentParser:
    """Add an action on a server."""
    parser = _between(actions, name, words)
    parser.add_argument("url", metavar="URL", help=FORM)
    return parser


def _prepare(address: "ServerAddress", options: argparse.Namespace) -> int:
    from models.record import Record
    from models.store.locks.administering import administering, is_record, lock

    with administering(address) as connection:
        if is_record(connection):
            _bring_up_to_date(address, options)
        else:
            Record.create(address, opener(options)).close()
            say(f"Made an empty record in {address.name}.")
        say(*lock(connection))
    say('Now let people in: grant-panel server person URL add "NAME" --role officer --login LOGIN')
    return 0


def _bring_up_to_date(address: "ServerAddress", options: argparse.Namespace) -> None:
    """Bring an older record to this program's format, and say so; one of this format stays as it is."""
    from models.clock import utc_now
    from models.copies.office_server import bring_up_to_date
    from models.operation import Actor

    found = bring_up_to_date(address, Actor(person(options)), opener(options).program, utc_now())
    if found is None:
        say(f"There is a record in {address.name} already; its rows stay as they are.")
    else:
        say(f"Brought the record in {address.name} from format {found} to the format of this program.")


def _check(address: "ServerAddress", options: argparse.Namespace) -> int:
    from models.clock import utc_now
    from models.copies.office_server import replayed_words
    from models.store.locks.administering import of_prepared
    from models.store.locks.checking import look

    with of_prepared(address) as connection:
        if options.set_aside is not None:
            _set_aside(address, options)
        found = look(connection, options.copies, utc_now())
    unsound, told = replayed_words(address)
    faults, notes = (*found.faults, *unsound), (*found.notes, *told)
    if options.json:
        print_json({"faults": faults, "notes": notes})
    else:
        say(*faults, *notes)
        if not faults:
            say(f"No fault was found in {address.name}.")
    return 1 if faults else 0


def _set_aside(address: "ServerAddress", options: argparse.Namespace) -> None:
    """Set the row aside that was named, and say what it was."""
    from models.copies.office_server import set_aside
    from models.operation import Actor

    if not options.because.strip():
        raise Refused("Say why the row is set aside: --because TEXT. Nothing was changed.")
    complain(*set_aside(address, options.set_aside, options.because, Actor(person(options))))


_ACTIONS = {
    "prepare": _prepare,
    "person": people.run,
    "check": _check,
    "load": copying.load_file,
    "copy": copying.copy_file,
    "take": taking.take,
    "bring": taking.bring,
    "closing": notices.close,
    "oldest": notices.set_oldest,
}
