"""`grant-panel server person`: who is let into a record on a server, by which login and in which roles."""

import argparse
from typing import TYPE_CHECKING, Any

from cli.arguments import add_json
from cli.output import print_json, say, table
from models.permissions.role import Role

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.store.address import ServerAddress

ROLES = tuple(str(role) for role in Role)


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what is done about a person."""
    actions = parser.add_subparsers(metavar="WHAT", required=True, dest="what", title="what is done")
    adding = _about(actions, "add", "let a person in")
    _add_roles(adding, required=True)
    adding.add_argument("--login", metavar="LOGIN", required=True, help="the login, made where there is none")
    _add_password(adding)
    setting = _about(actions, "set", "change a person's roles, or give their login a password")
    _add_roles(setting, required=False)
    _add_password(setting)
    _about(actions, "remove", "stop letting a person in; their login stays on the server")
    words = "list who is let in"
    add_json(actions.add_parser("list", help=words, description=f"{words}.".capitalize(), allow_abbrev=False))


def run(address: "ServerAddress", options: argparse.Namespace) -> int:
    """Do what is asked about a person."""
    from models.store.locks.administering import of_prepared

    with of_prepared(address) as connection:
        return _DOING[options.what](connection, options)


def _about(actions: "Commands", name: str, words: str) -> argparse.ArgumentParser:
    description = f"{words[0].upper()}{words[1:]}."
    parser = actions.add_parser(name, help=words, description=description, allow_abbrev=False)
    parser.add_argument("name", metavar="NAME", help="the person, named as in the rounds")
    return parser


def _add_roles(parser: argparse.ArgumentParser, *, required: bool) -> None:
    words = "a role they may act in; repeat it for several. Their roles in a round are set in the round"
    parser.add_argument("--role", action="append", choices=ROLES, required=required, help=words)


def _add_password(parser: argparse.ArgumentParser) -> None:
    words = "the file, or fd:N, whose first line is the login's password; without it none is set"
    parser.add_argument("--password-file", metavar="PATH", help=words)


def _add(connection: Any, options: argparse.Namespace) -> int:
    from models.store.locks import logins

    is_new = logins.add(connection, options.login, options.name, map(Role, options.role))
    _set_password(connection, options.login, options)
    made = "made for it" if is_new else "which the server has already"
    say(f"{options.name} is let in as {', '.join(options.role)} by the login {options.login}, {made}.")
    return 0


def _set(connection: Any, options: argparse.Namespace) -> int:
    from models.store.locks import logins

    found = logins.the_login(connection, options.name)
    if options.role:
        found = logins.set_roles(connection, options.name, map(Role, options.role))
    _set_password(connection, found.login, options)
    say(f"{found.person} signs on as {found.login} and acts as {', '.join(found.roles)}.")
    return 0


def _remove(connection: Any, options: argparse.Namespace) -> int:
    from models.store.locks import logins

    found = logins.remove(connection, options.name)
    say(f"{found.person} is no longer let in. The login {found.login} stays on the server.")
    if not logins.end_sessions(connection, found.login):
        say(
            f"A window that {found.person} has open reads and changes nothing more. You may not end its "
            "session: a superuser of the server can."
        )
    return 0


def _list(connection: Any, options: argparse.Namespace) -> int:
    from models.store.locks import logins

    found = logins.logins(connection)
    if options.json:
        print_json({"people": [{"name": o.person, "login": o.login, "roles": [*o.roles]} for o in found]})
    elif found:
        say(*table(("Name", "Login", "Roles"), [(o.person, o.login, ", ".join(o.roles)) for o in found]))
    else:
        say('Nobody is let in yet: grant-panel server person URL add "NAME" --role officer --login LOGIN')
    return 0


def _set_password(connection: Any, login: str, options: argparse.Namespace) -> None:
    if options.password_file is None:
        return
    from cli.record.passphrase import passphrase_in
    from models.store.locks import logins

    logins.set_password(connection, login, passphrase_in(options.password_file))


_DOING = {"add": _add, "set": _set, "remove": _remove, "list": _list}
