"""What opens by a declaration, and stays as it was declared: each line by SQL past the program, and by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace
from psycopg import errors

from models.operation import Actor
from models.operations.panel.members import Declare, DeclareToSign
from models.permissions.viewing import Viewer
from models.queries.history import CLOSED, history
from models.queries.permissions.declarations import own_list
from models.role import Role
from models.store.locks.tables import LOCKS, Rests
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.store.locks.an_office import PEOPLE, signed_on, template
from tests.models.store.locks.test_attacks import DECLARED, INTEREST, SIGN_OFF, journal
from tests.models.store.locks.test_signing_on import opened
from tests.server import cluster

DECLARING = ("cara", "mo", "cole", "dee")
NONE = InterestRow("", None, InterestKind.NONE)
COLE = Actor("Cole Commander", Role.COMMANDER)
WORDS = "INSERT INTO corrections VALUES (4, '{field}', '\"Corrected\"', '\"\"', 'x', 'y', '2026-11-03')"
SIGNER = (
    "INSERT INTO signer_interests SELECT 90, 1, id, NULL, 'none', '' FROM people "
    "WHERE name = 'Cole Commander'"
)


@cache
def undeclared() -> str:
    """Make the office's database as it is before anybody declares, once for the tests of a process."""
    database = cluster().new_database(template())
    with cluster().connect(database) as administrator:
        administrator.execute(
            "DELETE FROM interest_words; DELETE FROM interests; DELETE FROM signer_interests"
        )
        for field in ("organisation", "project", "summary", "requested_pence"):
            administrator.execute(WORDS.format(field=field))
        administrator.execute(
            "INSERT INTO gate_results SELECT 4, id, 'pass', '', 'x', 'y' FROM gates LIMIT 1"
        )
    return database


@contextmanager
def anew() -> Iterator[str]:
    """Give a database of a test's own, in which nobody has declared."""
    database = cluster().new_database(undeclared())
    yield database
    cluster().drop(database)


def told_by(connection: "psycopg.Connection[Any]") -> set[str]:
    """Return of which tables a person reads a row that tells of an application."""
    found = set()
    for table, lock in LOCKS.items():
        query = "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        columns = {name for (name,) in connection.execute(query, [table]).fetchall()}
        column = {"applications": "id", "marks": "sheet_id"}.get(table, "application_id")
        tells = table == "marks" or (column in columns and lock.rests is not Rests.ON_NOTHING)
        if tells and connection.execute(f"SELECT FROM {table} WHERE {column} IS NOT NULL LIMIT 1").rowcount:
            found.add(table)
    return found


@pytest.mark.parametrize("login", PEOPLE)
def test_nothing_of_an_application_opens_to_who_declares_first_and_has_not(login: str) -> None:
    with signed_on(login, undeclared()) as connection:
        found = told_by(connection)
    with signed_on(login, template()) as connection:
        after = told_by(connection)

    if login in (*DECLARING, "zed"):
        assert found == set()
    else:  # an officer with a seat declares nothing as an officer
        assert {"applications", "marks", "gate_results", "corrections"} <= found
    assert ("applications" in after) is (login != "zed")


def test_who_has_a_seat_and_reads_besides_declares_first_too() -> None:
    with anew() as database:
        with cluster().connect(database) as administrator:
            administrator.execute("INSERT INTO locks.login_roles VALUES ('mo', 'reader')")
        with psycopg.connect(cluster().address(database, "mo")) as connection:
            assert told_by(connection) == set()


@pytest.mark.parametrize("login", DECLARING)
def test_applicants_and_projects_are_named_before_and_no_figure(login: str) -> None:
    columns = "reference, organisation <> '', project <> '', requested_pence, summary"
    with signed_on(login, undeclared()) as connection:
        rows = connection.execute(f"SELECT {columns} FROM figures.applications ORDER BY 1").fetchall()
        corrected = connection.execute("SELECT field FROM figures.corrections ORDER BY field").fetchall()
        tables = ("gate_results", "marks", "recommendations", "decisions", "awards", "agreed_marks")
        others = [connection.execute(f"SELECT FROM figures.{one}").rowcount for one in tables]
        words = connection.execute("SELECT FROM journal_body").rowcount
        papers = connection.execute(
            "SELECT locks.may_rank(1), ARRAY(SELECT locks.closed_rounds())"
        ).fetchone()

    assert rows == [(f"ACF-00{number}", True, True, 0, "") for number in (1, 2, 3, 4)]
    assert corrected == [("organisation",), ("project",)]
    assert (others, words, papers) == ([0] * 6, 0, (False, [1]))


@pytest.mark.parametrize(
    ("login", "declares"),
    [
        ("mo", INTEREST.format(member=2, application="NULL", kind="none")),
        ("mo", INTEREST.format(member=2, application=4, kind="abstained")),
        ("cara", INTEREST.format(member=1, application="NULL", kind="none")),
        ("cole", SIGNER),
        ("dee", SIGN_OFF.format(signed="'Dee Decider'", paper="false", by="'Dee Decider'")),
    ],
)
def test_a_declaration_opens_the_round_as_it_is_committed_and_not_before(login: str, declares: str) -> None:
    with anew() as database, psycopg.connect(cluster().address(database, login)) as connection:
        connection.execute(declares)
        assert told_by(connection) == set()
        assert connection.execute("SELECT sum(requested_pence) FROM figures.applications").fetchone() == (0,)
        assert connection.execute("SELECT locks.may_rank(1)").fetchone() == (False,)
        connection.rollback()
        assert told_by(connection) == set()
        connection.rollback()
        with cluster().connect(database) as administrator:
            administrator.execute(declares)

        assert "applications" in told_by(connection)


def test_by_the_program_a_commander_reads_the_list_declares_and_then_reads_all_but_their_interest() -> None:
    of = InterestRow("Cole Commander", "ACF-003", InterestKind.PECUNIARY, "a trustee")
    none = replace(NONE, member="Cole Commander")
    viewer = Viewer(COLE.name, Role.COMMANDER)
    seen = "SELECT reference FROM applications ORDER BY 1"
    with anew() as database, opened("cole", database) as record:
        listed = record.ask(lambda session: own_list(session, 1, COLE.name, None)).applicants
        words = {line.words for line in record.ask(lambda session: history(session, viewer))}
        record.perform(DeclareToSign(1, COLE.name, (none, of)), COLE)
        after = {line.words for line in record.ask(lambda session: history(session, viewer))}
        with signed_on("cole", database) as connection:
            assert connection.execute(seen).fetchall() == [("ACF-001",), ("ACF-002",), ("ACF-004",)]
            assert connection.execute("SELECT locks.may_rank(1)").fetchone() == (True,)
        gone = replace(of, kind=InterestKind.NONE, detail="no trustee since June")
        record.perform(DeclareToSign(1, COLE.name, (none, gone)), COLE)
        with signed_on("cole", database) as connection:  # what one lifts oneself stays closed
            assert connection.execute(seen).fetchall() == [("ACF-001",), ("ACF-002",), ("ACF-004",)]
        with opened("olive", database) as office:
            office.perform(DeclareToSign(1, COLE.name, (none,), undoes=True), Actor("Olive Officer"))
        with signed_on("cole", database) as connection:
            assert len(connection.execute(seen).fetchall()) == 4

    assert [(one.reference, bool(one.organisation), bool(one.project)) for one in listed] == [
        (f"ACF-00{number}", True, True) for number in (1, 2, 3, 4)
    ]
    assert words == {CLOSED}
    assert len(after) > 1


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO direct_rounds (round_id, fund_id, year_id) VALUES (1, 1, 1)",
        "INSERT INTO round_roles (id, round_id, person_id, role) SELECT 90, 1, id, 'note-taker' FROM people "
        "WHERE name = 'Cara Chair'",
    ],
)
def test_nothing_opens_by_what_makes_a_declaration_needless_and_is_taken_back(change: str) -> None:
    with anew() as database:
        with cluster().connect(database) as administrator:
            administrator.execute("INSERT INTO locks.login_roles VALUES ('cara', 'note-taker')")
        with psycopg.connect(cluster().address(database, "cara")) as connection:
            connection.execute(change)
            assert told_by(connection) == set()
            connection.rollback()


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM interests WHERE id = 90",
        "UPDATE interests SET kind = 'none' WHERE id = 90",
        "UPDATE interests SET application_id = 2 WHERE id = 90",
        "DELETE FROM interest_words WHERE interest_id = 2; DELETE FROM interests WHERE member_id = 2",
        "UPDATE interests SET kind = 'none' WHERE id = 2",  # an interest
    ],
)
@pytest.mark.parametrize("role", ["member", "officer"])
def test_what_opened_the_marks_of_others_is_not_taken_back_by_who_declared_it(role: str, change: str) -> None:
    """Mo abstained on the fourth application, on which Ivy's sheet is in; an officer is held as well."""
    database = cluster().new_database(template())
    with cluster().connect(database) as administrator:
        administrator.execute(INTEREST.format(member=2, application=4, kind="abstained"))
        administrator.execute(
            "INSERT INTO locks.login_roles VALUES ('mo', %s) ON CONFLICT DO NOTHING", [role]
        )
    with psycopg.connect(cluster().address(database, "mo")) as connection:
        connection.execute(change)
        journal(connection, DECLARED, kind="declare", role=role)
        with pytest.raises(errors.InsufficientPrivilege, match="What was declared stays"):
            connection.commit()
    cluster().drop(database)


def test_an_officer_takes_back_no_more_of_what_a_member_declared_than_the_member() -> None:
    database = cluster().new_database(template())
    with cluster().connect(database) as administrator:
        administrator.execute(INTEREST.format(member=2, application=4, kind="abstained"))
    by = {"kind": "declare", "actor": "Olive Officer", "role": "officer"}
    for change, is_taken in (
        ("DELETE FROM interests WHERE id = 90", False),
        ("UPDATE interests SET member_id = 1 WHERE id = 90", False),
        ("UPDATE interests SET kind = 'prejudicial' WHERE id = 90", True),
    ):
        with psycopg.connect(cluster().address(database, "olive")) as connection:
            connection.execute(change)
            journal(connection, DECLARED, **by)
            if is_taken:
                connection.commit()
            else:
                with pytest.raises(errors.InsufficientPrivilege, match="What was declared stays"):
                    connection.commit()
    cluster().drop(database)


def test_a_declaration_stays_once_there_is_a_meeting() -> None:
    database = cluster().new_database(template())
    with cluster().connect(database) as administrator:
        administrator.execute("UPDATE sheets SET is_submitted = false; UPDATE areas SET stage = 'meeting'")
        administrator.execute("DELETE FROM interest_words; UPDATE interests SET kind = 'none'")
    with psycopg.connect(cluster().address(database, "mo")) as connection:
        connection.execute("DELETE FROM interests WHERE member_id = 2")
        journal(connection, DECLARED, kind="declare")
        with pytest.raises(errors.InsufficientPrivilege, match="What was declared stays"):
            connection.commit()
    cluster().drop(database)


def test_the_chair_takes_an_abstention_back_with_a_reason_that_stands_with_the_sheet() -> None:
    database = cluster().new_database(template())
    with cluster().connect(database) as administrator:
        administrator.execute(INTEREST.format(member=2, application=4, kind="abstained"))
    kept = InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a trustee")
    back = InterestRow("M1", "ACF-004", InterestKind.NONE, "a slip")
    with opened("mo", database) as record, pytest.raises(Refused, match="The chair can take it back"):
        record.perform(Declare(1, "M1", (kept, back)), Actor("Mo Member", Role.MEMBER))
    with opened("cara", database) as record:
        record.perform(Declare(1, "M1", (kept, back)), Actor("Cara Chair", Role.CHAIR))
    sheet = "SELECT reopened FROM sheets WHERE member_id = 2 AND application_id = 4"
    with psycopg.connect(cluster().address(database, "mo")) as connection:
        assert connection.execute(sheet).fetchone() == ("a slip",)
        with pytest.raises(errors.InsufficientPrivilege, match="Only the chair says"):
            connection.execute("DELETE FROM sheets WHERE member_id = 2 AND application_id = 4")
    cluster().drop(database)
