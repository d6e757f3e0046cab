"""A locked record on the tests' server with a small round in it, and a login for each role."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
import pytest
from psycopg import errors

from models.operation import Actor
from models.operations.set_up.people import GiveRole
from models.record import Opener, Record
from models.role import Role
from models.schema.base import moment_text
from models.store.locks import logins, preparing
from models.store.places import server_address
from models.values import canonical
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import Area, InterestKind
from tests.models.conftest import TickingClock
from tests.models.rounds import AUTUMN, application, load, set_up_office
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
    "ada": ("Ada Auditor", (Role.AUDITOR,)),
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

SIGN_OFF = (
    "INSERT INTO sign_offs (id, round_id, step, is_last, post, signed_by, signed_on, interests, legal_power, "
    "is_from_paper, recorded_by, recorded_at) VALUES (1, 1, 1, true, 'post', {signed}, '2026-12-02', "
    "'none', '', {paper}, {by}, '2026-12-02T10:00:00.000000Z')"
)
FOR_DEE, FOR_COLE = (
    SIGN_OFF.format(signed=f"'{name}'", paper="false", by=f"'{name}'")
    for name in ("Dee Decider", "Cole Commander")
)
INTEREST = "INSERT INTO interests VALUES (90, {member}, {application}, '{kind}', '2026-11-03')"
MARKED = '{"application":"ACF-002","criterion":"A1","member":"M1","replacing":2,"round_id":1,"value":5}'
DECLARED = '{"interests":[],"member":"M1","round_id":1}'
APPEND = "INSERT INTO journal VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"


def a_round() -> RoundRows:
    """Return a round of four applications; Mo declared an interest in the third and Ivy in the second."""
    return AUTUMN(
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


def assert_denied(connection: "psycopg.Connection[Any]", *statements: str) -> None:
    """Assert that somebody may do none of this, by a lock or by a guard of the table."""
    refused = errors.InsufficientPrivilege, errors.IntegrityConstraintViolation
    for statement in statements:
        with pytest.raises(refused), connection.transaction():
            connection.execute(statement)


@contextmanager
def signed_on(login: str, database: str, version: int = NEWEST) -> Iterator["psycopg.Connection[Any]"]:
    """Give a person's own connection, past the program, whose changes are thrown away."""
    with psycopg.connect(cluster(version).address(database, login)) as connection:
        yield connection
        connection.rollback()


def digest_of(words: str) -> bytes:
    """Return what a row of the journal says of words that are kept with no salt but noughts."""
    return hashlib.sha256(b"gp-body-1\0" + bytes(16) + words.encode()).digest()


def journal_row(connection: "psycopg.Connection[Any]", **changes: Any) -> tuple[Any, ...]:
    """Return a row that follows the journal's newest, with something else in it where that is given."""
    newest = "SELECT seq, hash, at, clock_timestamp() FROM journal_head"
    seq, prev, at, now = connection.execute(newest).fetchone() or (0, b"", "", None)
    at = max(at, moment_text(now))
    row = {"seq": seq + 1, "at": at, "actor": "Mo Member", "role": "member"}
    row |= {"kind": "set mark", "digest": digest_of("{}"), "prev": prev, **changes}
    said = canonical.dumps([row["at"], [row["actor"], row["role"]], row["kind"]]).encode()
    number = row["seq"].to_bytes(8, "big")
    made = hashlib.sha256(b"gp-journal-2\0" + number + row["prev"] + said + row["digest"]).digest()
    return (*row.values(),) if "hash" in changes else (*row.values(), made)


def journal(connection: "psycopg.Connection[Any]", words: str, **changes: Any) -> None:
    """Write a row that follows the journal's newest, with its words."""
    row = journal_row(connection, digest=digest_of(words), **changes)
    connection.execute(APPEND, row)
    connection.execute("INSERT INTO journal_body VALUES (%s, %s, %s)", [row[0], bytes(16), words])


def changing(
    database: str, login: str, change: str, words: str, *, kind: str = "set mark", role: str = ""
) -> str:
    """Make a change with its words, if there are any; return why it is not committed, "" where it is."""
    name, (first, *_) = PEOPLE[login]
    by = {"kind": kind, "actor": name, "role": role or str(first)}
    with psycopg.connect(cluster().address(database, login)) as connection:
        connection.execute(change)
        if words:
            journal(connection, words, **by)
        else:
            connection.execute(APPEND, journal_row(connection, **by))
        return refusal(connection)
