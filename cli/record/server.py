"""`grant-panel server`: an office server's record, its people, and areas taken out and brought back."""

import re
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial, wraps
from pathlib import Path
from shlex import quote
from typing import Any

from cli.frame.output import (
    Column,
    Options,
    answer,
    answer_list,
    as_table,
    complain,
    on_one_line,
    say,
    told,
    told_of,
)
from cli.frame.record import (
    Run,
    acting,
    new_passphrase,
    open_record,
    opened,
    opener,
    passphrase_in,
    perform,
    person,
)
from cli.frame.typed import file_path, round_name
from models.clock import utc_now
from models.copies.office_server import (
    bring_up_to_date,
    copy_to_file,
    load,
    replayed_words,
    rewrite,
    set_aside,
    take_with,
)
from models.operation import Actor
from models.operations.packs.consolidated import TakeAreaOut
from models.packs.consolidation import AreaBack, plan_area_back
from models.queries.packs.pack_lines import areas_out
from models.queries.set_up.rounds import called, rounds
from models.record import Record
from models.role import Role
from models.store.locks import logins
from models.store.locks.checking import look
from models.store.locks.logins import administering, is_record, lock, of_prepared
from models.store.locks.presence import set_notice
from models.store.places import ServerAddress, address_of, is_of_server
from models.values.rounds import RoundLine
from scoring.written.days import clock
from scoring.written.text import Refused, counted

FORM = "postgresql://ADMINISTRATOR@HOST/DATABASE"
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){2}")
PEOPLE = (Column("Name", "name=person"), Column("Login", "login"), Column("Roles", "roles"))
TYPES = {"--round": round_name}


def at_server(act: Callable[[ServerAddress, Options], int | None]) -> Run:
    """Have an action carried out on a server; of it and a file either is named first."""

    @wraps(act)
    def run(options: Options) -> int | None:
        if hasattr(options, "other"):
            named = (options.one, options.other)
            options.url = next((one for one in named if is_of_server(one)), options.other)
            options.file = file_path(options.one if options.url == options.other else options.other)
        address = address_of(options.url)
        if not isinstance(address, ServerAddress):
            raise Refused(f"{options.url} is not the address of an office server. Write {FORM}.")
        return act(address, options)

    return run


def on_server(act: Callable[[Any, Options], int | None]) -> Run:
    """Have an action carried out on the connection of a server's administrator."""

    @at_server
    def run(address: ServerAddress, options: Options) -> int | None:
        with of_prepared(address) as connection:
            return act(connection, options)

    return run


@at_server
def prepare(address: ServerAddress, options: Options) -> None:
    """Make roles, tables, locks and the empty record; safe to run again."""
    with administering(address) as connection:
        if is_record(connection):
            found = bring_up_to_date(address, Actor(person(options)), opener(options).program, utc_now())
            stays = f"There is a record in {address.name} already; its rows stay as they are."
            brought = (
                f"Brought the record in {address.name} from format {found} to the format of this program."
            )
            say(stays if found is None else brought)
        else:
            Record.create(address, opener(options)).close()
            say(f"Made an empty record in {address.name}.")
        say(*lock(connection))
    say('Now let people in: grant-panel server person URL add "NAME" --role officer --login LOGIN')


@at_server
def check(address: ServerAddress, options: Options) -> int:
    """List what is wrong on the server; status 1 where something is."""
    with of_prepared(address) as connection:
        if options.set_aside is not None:
            if not options.because.strip():
                raise Refused("Say why the row is set aside: --because TEXT. Nothing was changed.")
            complain(*set_aside(address, options.set_aside, options.because, Actor(person(options))))
        found = look(connection, options.copies, utc_now())
    unsound, told = replayed_words(address)
    faults, notes = (*found.faults, *unsound), (*found.notes, *told)
    sound = () if faults else f"No fault was found in {address.name}."
    answer(options, lambda: {"faults": faults, "notes": notes}, faults, notes, sound)
    return 1 if faults else 0


@at_server
def close(address: ServerAddress, options: Options) -> None:
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
def vacuum(address: ServerAddress, options: Options) -> None:
    """Have the server write its files anew, so that they hold nothing that was erased."""
    rewrite(address)
    say(f"The tables of {address.name} were written anew.")


@at_server
def set_oldest(address: ServerAddress, options: Options) -> None:
    """Set the oldest version of the program that may open the record."""
    version = "" if options.version == "none" else options.version
    if version and not _VERSION.fullmatch(version):
        raise Refused(f"“{version}” is not a version. Write it as 0.2.0, or “none”.")
    with of_prepared(address) as connection:
        set_notice(connection, smallest_version=version)
    said = f"only Grant Panel {version} or later opens it" if version else "any Grant Panel opens it"
    say(f"{address.name}: {said}.")


@on_server
def let_in(connection: Any, options: Options) -> None:
    """Let a person in."""
    is_new = logins.add(connection, options.login, options.name, map(Role, options.role))
    _set_password(connection, options.login, options)
    made = "made for it" if is_new else "which the server has already"
    say(f"{options.name} is let in as {', '.join(options.role)} by the login {options.login}, {made}.")


@on_server
def change(connection: Any, options: Options) -> None:
    """Change a person's roles, or give their login a password."""
    found = logins.the_login(connection, options.name)
    if options.role:
        found = logins.set_roles(connection, options.name, map(Role, options.role))
    _set_password(connection, found.login, options)
    say(f"{found.person} signs on as {found.login} and acts as {', '.join(found.roles)}.")


@on_server
def remove(connection: Any, options: Options) -> None:
    """Stop letting a person in; their login stays on the server."""
    found = logins.remove(connection, options.name)
    say(f"{found.person} is no longer let in. The login {found.login} stays on the server.")
    if not logins.end_sessions(connection, found.login):
        say(
            f"A window that {found.person} has open reads and changes nothing more. You may not end its "
            "session: a superuser of the server can."
        )


@on_server
def list_people(connection: Any, options: Options) -> None:
    """List who is let in."""
    found = logins.logins(connection)
    nothing = 'Nobody is let in yet: grant-panel server person URL add "NAME" --role officer --login LOGIN'
    answer_list(options, "people", partial(told_of, PEOPLE), found, as_table(PEOPLE, found), nothing)


def _set_password(connection: Any, login: str, options: Options) -> None:
    if options.password_file is None:
        return

    logins.set_password(connection, login, passphrase_in(options.password_file))


@at_server
def take(address: ServerAddress, options: Options) -> None:
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
    with opened(options, to_change=True, at=address):
        round_id = _round_of(options).round_id
        for out in options.ask(areas_out):
            if (out.round_id, out.area) == (round_id, options.area) and not options.anew:
                raise Refused(f"{out.words} Bring it back first; where its file is lost, say --anew.")
        holder = options.holder or person(options)
        operation = TakeAreaOut(round_id, options.area, holder, socket.gethostname())
        take_with(operation, acting(operation, options), options.opened, options.file, key)
    say(f"{options.area} is out with {holder}: {options.file.name}. Bring it back with “server bring”.")


@at_server
def bring(address: ServerAddress, options: Options) -> None:
    """Say what comes back and what does not fit, and make it."""
    with (
        opened(options, to_change=True, at=address),
        open_record(options.file, options, to_change=False) as laptop,
    ):
        found = plan_area_back(options.opened, laptop)
        is_done = found.is_new and not options.dry_run
        if is_done:
            perform(found.operation, options)
    answer(
        options,
        lambda: {
            "area": found.operation.area,
            "done": is_done,
            "made": [told(one, "person change=change.label") for one in found.operation.changes],
            "left": [told(one, "row person change=words why here") for one in found.left],
            "again": found.again,
        },
        map(on_one_line, _lines(found, is_done=is_done)),
    )


def _round_of(options: Options) -> RoundLine:
    """Return the round whose area goes out: the one named, else the only open one that has it."""
    lines = [line for line in options.ask(rounds) if any(area.name == options.area for area in line.areas)]
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


@at_server
def load_file(address: ServerAddress, options: Options) -> None:
    """Load a record in a file into an empty database, and say where its journal ends."""
    path: Path = options.file
    with opened(options, to_change=True, at=path):
        head = load(options.opened, address)
    say(
        f"Loaded {path.name} into {address.name}, at row {head.seq}, code {head.code}. "
        "The file was not changed.",
        f"Now set the locks: grant-panel server prepare {quote(str(address))}",
    )


@at_server
def copy_file(address: ServerAddress, options: Options) -> int:
    """Copy a record on a server into a new file, and say where its journal ends."""
    is_sealed = options.encrypt or options.passphrase_file is not None
    key = new_passphrase(options) if is_sealed else None
    head, fault = copy_to_file(address, options.file, key, as_it_is=options.as_it_is)
    say(f"Copied {address.name} to {options.file}, at row {head.seq}, code {head.code}.")
    if fault:
        say(f"The copy is marked unsound: {fault} Nothing printed from it is to be relied on.")
    return 1 if fault else 0
