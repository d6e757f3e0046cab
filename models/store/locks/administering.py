"""Signing on to a server as its administrator, who sets a record up and lets people in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from models.store.locks import preparing
from models.store.places import ServerAddress
from models.store.postgres.connecting import connect
from models.store.postgres.troubles import trouble_of
from models.trouble import Trouble

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Any]


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
