"""An administrator on a server: setting a record up there, and each person's login with its roles."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from models.role import Role, Roles
from models.store.locks import preparing
from models.store.locks.policies import PERSONS
from models.store.locks.preparing import DEFINER, OWNER
from models.store.places import ServerAddress
from models.store.postgres.connecting import connect
from models.store.postgres.troubles import trouble_of
from models.trouble import Trouble, required
from scoring.written.names import is_same_text
from scoring.written.text import Refused

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Any]

LONGEST = 63
"""So many bytes the server keeps of a login's name: what is beyond them it cuts off without a word."""


class Login(Struct, frozen=True):
    """A person who is let into the record: by which login, and in which roles."""

    login: str
    person: str
    roles: Roles


def logins(connection: "Connection") -> tuple[Login, ...]:
    """Return who is let into the record, by name."""
    found = connection.execute(
        "SELECT l.login, l.person, array_agg(r.role ORDER BY r.role) FROM locks.logins l "
        "JOIN locks.login_roles r ON r.login = l.login GROUP BY l.login, l.person ORDER BY l.person, l.login"
    )
    return tuple(Login(login, person, tuple(map(Role, roles))) for login, person, roles in found.fetchall())


def the_login(connection: "Connection", person: str) -> Login:
    """Return the login of a person who is let into the record; refused where nobody of that name is."""
    return required(
        next((one for one in logins(connection) if is_same_text(one.person, person)), None),
        f"{person} is not let into this record. Add them first: server person URL add NAME.",
    )


def add(connection: "Connection", login: str, person: str, roles: Iterable[Role]) -> bool:
    """Let a person into the record under a login, which is made unless the server has it; say whether it was.

    Refused where the person or the login is let in already, and where the login could go past the locks.
    """
    name = " ".join(person.split())
    if not name or not login.strip():
        raise Refused("Give the person's name, and the login under which they sign on.")
    if len(login.encode()) > LONGEST or "\0" in person + login:
        raise Refused(
            f"A login has at most {LONGEST} letters, one with an accent counting as two or more; neither "
            "it nor a name holds a NUL character. Nothing was changed. Choose another."
        )
    for one in logins(connection):
        if is_same_text(one.person, name) or one.login == login:
            raise Refused(
                f"{one.person} is let in already, as {one.login}. Change that with: person URL set."
            )
    with connection.transaction():
        is_new = _make_login(connection, login)
        connection.execute("INSERT INTO locks.logins VALUES (%s, %s)", [login, name])
        _write_roles(connection, login, roles)
    return is_new


def set_roles(connection: "Connection", person: str, roles: Iterable[Role]) -> Login:
    """Let a person act in other roles than before."""
    found = the_login(connection, person)
    with connection.transaction():
        connection.execute("DELETE FROM locks.login_roles WHERE login = %s", [found.login])
        _write_roles(connection, found.login, roles)
    return the_login(connection, person)


def set_password(connection: "Connection", login: str, password: str) -> None:
    """Give a login a password, which the server is told in no other form than the one it keeps."""
    from psycopg import sql

    if not password or "\0" in password:
        raise Refused("The password file holds no password. Put it on its first line.")
    kept = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
    connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login), sql.Literal(kept)))


def remove(connection: "Connection", person: str) -> Login:
    """Let a person into the record no longer; the login stays, since other records may know it."""
    from psycopg import sql

    found = the_login(connection, person)
    with connection.transaction():
        connection.execute("DELETE FROM locks.logins WHERE login = %s", [found.login])
        said = sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}")
        connection.execute(said.format(sql.Identifier(_database(connection)), sql.Identifier(found.login)))
    return found


def end_sessions(connection: "Connection", login: str) -> bool:
    """End what a login has open in the database; say whether the administrator may.

    Whoever is no superuser may end the sessions of those roles alone that they are a member of, so they are
    made one for as long as that takes.
    """
    from psycopg import errors, sql

    name = sql.Identifier(login)
    try:
        with connection.transaction():
            _terminate(connection, login)
    except errors.InsufficientPrivilege:
        try:
            with connection.transaction():
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
                _terminate(connection, login)
                connection.execute(sql.SQL("REVOKE {} FROM CURRENT_USER").format(name))
        except errors.InsufficientPrivilege:
            return False
    return True


def _terminate(connection: "Connection", login: str) -> None:
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE usename = %s AND datname = current_database()",
        [login],
    )


def _make_login(connection: "Connection", login: str) -> bool:
    from psycopg import sql

    name = sql.Identifier(login)
    found = connection.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR pg_has_role(oid, %s, 'MEMBER') "
        "OR pg_has_role(oid, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s",
        [OWNER, DEFINER, login],
    ).fetchone()
    if found is not None and found[0]:
        raise Refused(
            f"{login} is an administrator of the server, whom no lock holds. Nothing was changed. "
            "Give the person a login of their own for the record."
        )
    if found is None:
        connection.execute(sql.SQL("CREATE ROLE {} CONNECTION LIMIT 20").format(name))
    connection.execute(sql.SQL("ALTER ROLE {} LOGIN INHERIT").format(name))
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(PERSONS), name))
    said = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(_database(connection)), name)
    connection.execute(said)
    return found is None


def _write_roles(connection: "Connection", login: str, roles: Iterable[Role]) -> None:
    wanted = sorted({str(role) for role in roles})
    if not wanted:
        raise Refused("Say in which role the person works: --role officer, for one.")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO locks.login_roles VALUES (%s, %s)", [(login, role) for role in wanted]
        )


def _database(connection: "Connection") -> str:
    return str(connection.info.dbname)


@contextmanager
def administering(address: ServerAddress) -> Iterator["Connection"]:
    """Give an administrator's connection to a database; Trouble says what their login may not do there."""
    import psycopg  # a record in a file needs no server

    with connect(address, autocommit=True) as connection:
        try:
            yield connection
        except psycopg.errors.InsufficientPrivilege as error:
            raise Trouble(
                f"The login {connection.info.user} may not do this on the server. Nothing was changed. "
                "Sign on as an administrator, who may create roles and owns the database."
            ) from error
        except psycopg.errors.UndefinedTable as error:
            raise not_prepared(address) from error
        except psycopg.Error as error:
            raise trouble_of(error, address) from error


@contextmanager
def of_prepared(address: ServerAddress) -> Iterator["Connection"]:
    """Give an administrator's connection to a record that is locked."""
    with administering(address) as connection:
        if not is_locked(connection):
            raise not_prepared(address)
        yield connection


def not_prepared(address: ServerAddress) -> Trouble:
    """Return that the database holds no record with locks."""
    return Trouble(
        f"The record in {address.name} is not set up yet. Nothing was changed. Do that first, as an "
        "administrator; the command server prepare URL does it."
    )


def is_record(connection: "Connection") -> bool:
    """Whether there are the tables of a record."""
    return _is_there(connection, "public.journal_head")


def is_locked(connection: "Connection") -> bool:
    """Whether locks were set."""
    return _is_there(connection, "locks.set_by")


def lock(connection: "Connection") -> tuple[str, ...]:
    """Lock the record in a database for whoever is let in; return in words what was done.

    Done again it sets the locks of this program in place of those that stand.
    """
    made = preparing.make_groups(connection)
    was_locked = is_locked(connection)
    preparing.set_locks(connection)
    preparing.close_database(connection)
    roles = [
        f"Made the role {name}, which {words}." for name, words in preparing.GROUPS.items() if name in made
    ]
    again = "The locks were set again" if was_locked else "The locks are set"
    return (*roles, f"{again}: who reads and writes what holds for every program that connects.")


def _is_there(connection: "Connection", table: str) -> bool:
    found = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
    return bool(found and found[0])
