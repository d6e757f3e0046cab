"""A locked record on the tests' server with a small round in it, and a login for each role."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from psycopg import errors

from models.operation import Actor
from models.operations.set_up.people import GiveRole
from models.record import Opener, Record
from models.role import Role
from models.store.locks import logins, preparing
from models.store.places import server_address
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import Area, InterestKind
from tests.models.conftest import TickingClock
from tests.models.rounds import SCHEME, application, load, set_up_office
from tests.server import NEWEST, cluster

PEOPLE = {
    "cara": ("Cara Chair", (Role.CHAIR,)),
    "mo": ("Mo Member", (Role.MEMBER,)),
    "ivy": ("Ivy Insider", (Role.MEMBER, Role.OFFICER)),
    "olive": ("Olive Officer", (Role.OFFICER,)),
    "nia": ("Nia Notes", (Role.NOTE_TAKER,)),
    "cole": ("Cole Commander", (Role.COMMANDER,)),
    "dee": ("Dee Decider", (Role.DECIDER,)),
    "fin": ("Fin Ance", (Role.FINANCE,)),
    "rex": ("Rex Reader", (Role.READER,)),
    "zed": ("Zed Elsewhere", (Role.MEMBER,)),
}
"""By login: the person and the roles; Zed sits on no panel of the round."""

GIVEN = (
    # member, application, is handed in, marks; Mo has Dudley's still to mark, Ivy has handed in all of hers
    ("M1", "ACF-001", True, (3, 3, 3)),
    ("M1", "ACF-002", False, (2, None, None)),
    ("M2", "ACF-001", True, (4, 4, 4)),
    ("M2", "ACF-003", True, (5, 4, 3)),
    ("M2", "ACF-004", True, (1, 1, 1)),
    ("C1", "ACF-001", True, (2, 2, 2)),
)


SIGNERS = (
    "INSERT INTO signer_interests SELECT id, 1, id, NULL, 'none', '' FROM people "
    "WHERE name IN ('Cole Commander', 'Dee Decider')"
)
"""What those who sign after the panel declared: none."""


def a_round() -> RoundRows:
    """Return a round of four applications; Mo declared an interest in the third and Ivy in the second."""
    return RoundRows(
        fund="Active Citizens Fund",
        name="Autumn",
        year="2026/27",
        scheme=SCHEME,
        areas=(Area("Coventry", 2_000_000), Area("Dudley", 1_000_000)),
        applications=(*map(application, (1, 2, 3)), application(4, area="Dudley", requested_pence=90_000)),
        members=(
            MemberRow("C1", "Cara Chair", "chair"),
            MemberRow("M1", "Mo Member"),
            MemberRow("M2", "Ivy Insider"),
        ),
        interests=(
            InterestRow("C1", None, InterestKind.NONE),
            InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a trustee"),
            InterestRow("M2", "ACF-002", InterestKind.PREJUDICIAL, "a neighbour"),
        ),
        sheets=tuple(
            SheetRow(member, of, submitted, marks, ("said",) * 3) for member, of, submitted, marks in GIVEN
        ),
    )


def template(version: int = NEWEST) -> str:
    """Return the database that each test's own is a copy of, made once for all tests of a process."""
    return _made(version)


@cache
def _made(version: int) -> str:
    server = cluster(version)
    name = server.new_database()
    address = server_address(server.address(name))
    with Record.create(address, Opener("Grace Okoro", "tests"), clock=TickingClock()) as record:
        set_up_office(record)
        load(record, a_round())
        for login in ("nia", "cole", "dee", "fin"):
            person, (role,) = PEOPLE[login]
            record.perform(GiveRole(1, person, role), Actor("Grace Okoro"))
    with server.connect(name) as connection:
        connection.execute("UPDATE areas SET stage = 'scoring'")
        connection.execute(SIGNERS)
        preparing.make_groups(connection)
        preparing.set_locks(connection)
        preparing.close_database(connection)
        for login, (person, roles) in PEOPLE.items():
            logins.add(connection, login, person, roles)
    return name


def changed_copy(of: str, *statements: str, version: int = NEWEST) -> str:
    """Return a copy of a database in which all of this was done past its guards, for many tests to read."""
    server = cluster(version)
    name = server.new_database(of)
    with server.connect(name) as administrator:
        administrator.execute("SET session_replication_role = replica")
        for statement in statements:
            administrator.execute(statement)
    return name


def prepare(database: str, *statements: str) -> None:
    """Change a database as its administrator does, and close it: a copy lets everybody connect."""
    with cluster().connect(database) as administrator:
        for statement in statements:
            administrator.execute(statement)
        preparing.close_database(administrator)


def refusal(connection: "psycopg.Connection[Any]") -> str:
    """Commit what was changed; return why that is refused, "" where it is not."""
    try:
        connection.commit()
    except errors.InsufficientPrivilege as error:
        connection.rollback()
        return str(error)
    return ""


@contextmanager
def signed_on(login: str, database: str, version: int = NEWEST) -> Iterator["psycopg.Connection[Any]"]:
    """Give a person's own connection, past the program, whose changes are thrown away."""
    with psycopg.connect(cluster(version).address(database, login)) as connection:
        yield connection
        connection.rollback()
