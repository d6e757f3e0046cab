"""`grant-panel server`: set a record up on an office server, let people in, and look it over."""

import argparse
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from cli.frame.output import Column, as_table, complain, print_json, print_lines, say, told_of
from cli.frame.passphrase import passphrase_in
from cli.frame.record import Run, opener, person
from cli.frame.typed import file_path
from models.clock import utc_now
from models.copies.office_server import bring_up_to_date, replayed_words, set_aside
from models.operation import Actor
from models.record import Record
from models.role import Role
from models.store.locks import logins
from models.store.locks.administering import administering, is_record, lock, of_prepared
from models.store.locks.checking import look
from models.store.locks.server_notice import set_notice
from models.store.places import ServerAddress, address_of, is_of_server
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.days import clock

FORM = "postgresql://ADMINISTRATOR@HOST/DATABASE"
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){2}")
PEOPLE = (Column("Name", "name=person"), Column("Login", "login"), Column("Roles", "roles"))
ROLES = tuple(str(role) for role in Role)
TYPES = {"--role": ROLES}


def at_server(act: Callable[[ServerAddress, argparse.Namespace], int | None]) -> Run:
    """Have an action carried out on a server; of it and a file either is named first."""

    @wraps(act)
    def run(options: argparse.Namespace) -> int | None:
        if hasattr(options, "other"):
            _tell_apart(options)
        address = address_of(options.url)
        if not isinstance(address, ServerAddress):
            raise Refused(f"{options.url} is not the address of an office server. Write {FORM}.")
        return act(address, options)

    return run


def on_server(act: Callable[[Any, argparse.Namespace], int | None]) -> Run:
    """Have an action carried out on the connection of a server's administrator."""

    @at_server
    def run(address: ServerAddress, options: argparse.Namespace) -> int | None:
        with of_prepared(address) as connection:
            return act(connection, options)

    return run


@at_server
def prepare(address: ServerAddress, options: argparse.Namespace) -> None:
    """Make roles, tables, locks and the empty record; safe to run again."""
    with administering(address) as connection:
        if is_record(connection):
            _bring_up_to_date(address, options)
        else:
            Record.create(address, opener(options)).close()
            say(f"Made an empty record in {address.name}.")
        say(*lock(connection))
    say('Now let people in: grant-panel server person URL add "NAME" --role officer --login LOGIN')


def _bring_up_to_date(address: ServerAddress, options: argparse.Namespace) -> None:
    """Bring an older record to this program's format, and say so; one of this format stays as it is."""
    found = bring_up_to_date(address, Actor(person(options)), opener(options).program, utc_now())
    if found is None:
        say(f"There is a record in {address.name} already; its rows stay as they are.")
    else:
        say(f"Brought the record in {address.name} from format {found} to the format of this program.")


@at_server
def check(address: ServerAddress, options: argparse.Namespace) -> int:
    """List what is wrong on the server; status 1 where something is."""
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


def _set_aside(address: ServerAddress, options: argparse.Namespace) -> None:
    """Set the row aside that was named, and say what it was."""
    if not options.because.strip():
        raise Refused("Say why the row is set aside: --because TEXT. Nothing was changed.")
    complain(*set_aside(address, options.set_aside, options.because, Actor(person(options))))


def _tell_apart(options: argparse.Namespace) -> None:
    """Keep both as `file` and `url`: an address is told by how it begins."""
    named = (options.one, options.other)
    options.url = next((one for one in named if is_of_server(one)), options.other)
    options.file = file_path(options.one if options.url == options.other else options.other)


@at_server
def close(address: ServerAddress, options: argparse.Namespace) -> None:
    """Tell everybody that the record closes, or open it again."""
    if options.minutes is not None and not 0 <= options.minutes <= 7 * 24 * 60:
        raise Refused("Give the minutes until it closes as a whole number, at most a week.")
    at = None if options.over else utc_now() + timedelta(minutes=options.minutes)
    with of_prepared(address) as connection:
        set_notice(connection, closes_at=at, words=options.words)
    if at is None:
        say(f"{address.name} is open again.")
    else:
        say(f"{address.name} closes at {clock(at.astimezone())}, in {counted(options.minutes, 'minute')}.")


@at_server
def set_oldest(address: ServerAddress, options: argparse.Namespace) -> None:
    """Set the oldest version of the program that may open the record."""
    version = "" if options.version == "none" else options.version
    if version and not _VERSION.fullmatch(version):
        raise Refused(f"“{version}” is not a version. Write it as 0.2.0, or “none”.")
    with of_prepared(address) as connection:
        set_notice(connection, smallest_version=version)
    said = f"only Grant Panel {version} or later opens it" if version else "any Grant Panel opens it"
    say(f"{address.name}: {said}.")


@on_server
def let_in(connection: Any, options: argparse.Namespace) -> None:
    """Let a person in."""
    is_new = logins.add(connection, options.login, options.name, map(Role, options.role))
    _set_password(connection, options.login, options)
    made = "made for it" if is_new else "which the server has already"
    say(f"{options.name} is let in as {', '.join(options.role)} by the login {options.login}, {made}.")


@on_server
def change(connection: Any, options: argparse.Namespace) -> None:
    """Change a person's roles, or give their login a password."""
    found = logins.the_login(connection, options.name)
    if options.role:
        found = logins.set_roles(connection, options.name, map(Role, options.role))
    _set_password(connection, found.login, options)
    say(f"{found.person} signs on as {found.login} and acts as {', '.join(found.roles)}.")


@on_server
def remove(connection: Any, options: argparse.Namespace) -> None:
    """Stop letting a person in; their login stays on the server."""
    found = logins.remove(connection, options.name)
    say(f"{found.person} is no longer let in. The login {found.login} stays on the server.")
    if not logins.end_sessions(connection, found.login):
        say(
            f"A window that {found.person} has open reads and changes nothing more. You may not end its "
            "session: a superuser of the server can."
        )


@on_server
def list_people(connection: Any, options: argparse.Namespace) -> None:
    """List who is let in."""
    found = logins.logins(connection)
    if options.json:
        print_json({"people": [told_of(PEOPLE, one) for one in found]})
    elif found:
        print_lines(as_table(PEOPLE, found))
    else:
        say('Nobody is let in yet: grant-panel server person URL add "NAME" --role officer --login LOGIN')


def _set_password(connection: Any, login: str, options: argparse.Namespace) -> None:
    if options.password_file is None:
        return

    logins.set_password(connection, login, passphrase_in(options.password_file))
