"""What opens by a declaration and stays closed: rows, timings, kept files, each by SQL past the program."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace
from psycopg import errors, sql
from sqlalchemy import Boolean, Column, Integer, LargeBinary, PrimaryKeyConstraint, Table, UniqueConstraint

from models.operation import Actor
from models.operations.panel.members import Declare, DeclareToSign
from models.permissions.viewing import Viewer
from models.queries.history import CLOSED as UNOPENED
from models.queries.history import history
from models.queries.permissions.declarations import own_list
from models.role import Role
from models.schema.base import MARKED, METADATA
from models.schema.personal import ABOUT, OWN
from models.store.locks import preparing
from models.store.locks.policies import TABLES
from models.store.locks.tables import DECLARED as ON_LOCKS
from models.store.locks.tables import LOCKS, Rests
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.store.locks.an_office import (
    DECLARED,
    FOR_DEE,
    INTEREST,
    PEOPLE,
    changed_copy,
    changing,
    prepare,
    signed_on,
    template,
)
from tests.models.store.locks.test_signing_on import opened
from tests.server import NEWEST, OLDEST, cluster

BESIDE = ("journal_head", "alembic_version")
CLOSED = 3
"""The application in which Mo declared an interest; of the same number a sheet on it that is not his."""
KEYS = {"application": "SELECT uid FROM applications WHERE id = 3", "round": "SELECT uid FROM rounds"}
KNOWN = {"round_id": 1, "paper": "minutes", "slot": "interest", "interest_id": 3, "seq": 3}


@cache
def filled(version: int) -> str:
    """Make a database that has a row on the third application in every table, whatever stands in it."""
    server = cluster(version)
    name = server.new_database(template(version))
    with server.connect(name) as connection:
        connection.execute("SET session_replication_role = replica")
        checks = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c'"
        for table, rule in connection.execute(
            f"{checks} AND connamespace = 'public'::regnamespace"
        ).fetchall():
            connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{rule}"')
        uids = {column: connection.execute(query).fetchone() for column, query in KEYS.items()}
        known = KNOWN | {column: row[0] for column, row in uids.items() if row is not None}
        for table in (one for one in TABLES if one not in BESIDE):
            columns = METADATA.tables[table].c
            row = {column.name: known.get(column.name, invented(column)) for column in columns}
            names = sql.SQL(", ").join(map(sql.Identifier, row))
            put = sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING").format(
                sql.Identifier(table), names, sql.SQL(", ").join(map(sql.Placeholder, row))
            )
            connection.execute(put, row)
    return name


def invented(column: Column[Any]) -> object:
    """Return a value of a column's type; a number is that of the closed application."""
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, LargeBinary):
        return bytes(16)
    return CLOSED if isinstance(column.type, Integer) else "xyzzy"


@cache
def undeclared(version: int) -> str:
    """Make the same as it is before anybody declares."""
    declared = ("interests", "signer_interests", "sign_offs", "direct_rounds")
    return changed_copy(filled(version), *map("DELETE FROM {}".format, declared), version=version)


def closed_values(
    login: str, version: int, made: Callable[[int], str] = filled
) -> Iterator[tuple[str, Column[Any], object]]:
    """Yield table and column of what stands only in a row that a person does not read.

    What an index holds is left out: by it a row is found before any policy is asked, so that whoever knows a
    key, or asks for a range of keys, is told that its row is there (threats.md).
    """
    server = cluster(version)
    with (
        server.connect(made(version)) as administrator,
        signed_on(login, made(version), version) as connection,
    ):
        for table in (METADATA.tables[name] for name in TABLES if name not in BESIDE):
            read = sql.SQL("SELECT {} FROM {}").format(
                sql.SQL(", ").join(sql.Identifier(one.name) for one in table.c), sql.Identifier(table.name)
            )
            theirs = connection.execute(read).fetchall()
            closed = next((row for row in administrator.execute(read).fetchall() if row not in theirs), ())
            for place, (column, value) in enumerate(zip(table.c, closed, strict=False)):
                is_told = any(row[place] == value or value in (None, True) for row in theirs)
                if column.name not in indexed(table) and not is_told:
                    yield table.name, column, value


def indexed(table: Table) -> set[str]:
    """Return the columns that an index of a table on a server holds as they are: of closed rows no text."""
    rules = (one for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint))
    found = {column for one in (*rules, *table.indexes) for column in one.columns}
    is_open = table.name in ON_LOCKS.lists["public"]
    return {column.name for column in found if is_open or not preparing.is_ordered(column)}


def explained(
    connection: "psycopg.Connection[Any]", table: str, condition: sql.Composable
) -> "psycopg.Cursor[Any]":
    """Ask for all that EXPLAIN ANALYZE tells of a question."""
    explain = "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF, BUFFERS OFF, FORMAT JSON) "
    asked = sql.SQL(explain) + sql.SQL("SELECT FROM {} WHERE {}").format(sql.Identifier(table), condition)
    return connection.execute(asked)


def told(answer: "psycopg.Cursor[Any]") -> object:
    """Return what was told but the question's own words."""
    row = answer.fetchone()
    assert row is not None
    return without_words(row[0])


def without_words(plan: Any) -> Any:
    """Return a plan without what was asked."""
    if isinstance(plan, list):
        return list(map(without_words, plan))
    if isinstance(plan, dict):
        return {
            key: without_words(value) for key, value in plan.items() if not key.endswith(("Filter", "Cond"))
        }
    return plan


def questions(column: Column[Any], value: object) -> Iterator[tuple[sql.Composable, sql.Composable]]:
    """Yield questions for a value in pairs: one that it answers with yes, and the same with no."""
    name = sql.Identifier(column.name)
    if value is None:
        yield sql.SQL("{} IS NULL").format(name), sql.SQL("{} IS NOT NULL").format(name)
    if isinstance(value, bool):
        yield name, sql.SQL("NOT {}").format(name)
    elif value is not None:
        other = 999 if isinstance(value, int) else b"other" if isinstance(value, bytes) else "other"
        compared = sql.SQL("{} = {}")
        yield compared.format(name, sql.Literal(value)), compared.format(name, sql.Literal(other))
        yield (
            sql.SQL("{} >= {}").format(name, sql.Literal(value)),
            sql.SQL("{} > {}").format(name, sql.Literal(value)),
        )


def test_no_index_holds_words_of_or_about_an_applicant_which_a_range_would_be_told_of() -> None:
    held = [
        (table.name, column.name)
        for table in METADATA.tables.values()
        for column in table.c
        if column.info[MARKED] in (OWN, ABOUT) and column.name in indexed(table)
    ]

    assert held == []


COSTS = ("0.0025", "0", "1e-300", "1e300")
"""What anybody may set an operator's cost to, by which the engine orders what it asks of a row."""


@pytest.mark.parametrize(
    ("login", "version", "made"),
    [
        *((login, NEWEST, filled) for login in PEOPLE),
        *((login, NEWEST, undeclared) for login in ("cara", "cole")),
        ("mo", OLDEST, filled),
        *(pytest.param(login, OLDEST, filled, marks=pytest.mark.soak) for login in PEOPLE if login != "mo"),
        *(pytest.param(one, OLDEST, undeclared, marks=pytest.mark.soak) for one in ("cara", "cole")),
    ],
)
def test_explain_analyze_tells_nothing_of_what_stands_in_a_closed_row(
    login: str, version: int, made: Callable[[int], str]
) -> None:
    values = list(closed_values(login, version, made))
    found = []
    with signed_on(login, made(version), version) as connection:
        for cost in COSTS if login == "zed" else COSTS[:1]:
            connection.execute(f"SET cpu_operator_cost = {cost}")
            with connection.pipeline():
                asked = [
                    (table, yes, explained(connection, table, yes), explained(connection, table, no))
                    for table, column, value in values
                    for yes, no in questions(column, value)
                ]
            found += [
                (table, yes.as_string(connection), cost)
                for table, yes, one, other in asked
                if told(one) != told(other)
            ]

    assert found == []
    assert values


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_estimates_tell_nothing_of_what_stands_in_closed_rows(version: int) -> None:
    server = cluster(version)
    name = server.new_database(template(version))
    with server.connect(name) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "INSERT INTO marks SELECT 3, 'X' || n, CASE WHEN n < 90 THEN 3 ELSE 5 END, 'a' || n "
            "FROM generate_series(1, 100) AS n"
        )
        owner.execute("DELETE FROM interests")
        owner.execute("ANALYZE")
        stands = preparing.database_sum(owner)
        owner.execute("ALTER TABLE sheets ALTER uid SET STATISTICS 0")
        assert preparing.database_sum(owner) != stands
    many = "generate_series(1, 1000000000) b(g)"
    asked = f"EXPLAIN (FORMAT JSON) SELECT FROM marks a JOIN {many} ON (a.{{}} OR b.g IS NULL)"

    def estimates(*conditions: str) -> set[object]:
        with server.connect(name, "mo") as connection:
            rows = (connection.execute(asked.format(one)).fetchone() for one in conditions)  # type: ignore[arg-type]
            return {row[0][0]["Plan"]["Plan Rows"] for row in rows if row is not None}

    assert len(estimates(*(f"mark = {mark}" for mark in range(7)))) == 1
    assert len(estimates(*(f"reason < '{word}' COLLATE \"C\"" for word in ("", "a", "a5", "z")))) == 1


@pytest.mark.parametrize("login", ["mo", "ivy", "cole", "zed"])
def test_whoever_has_plans_printed_reads_in_them_nothing_of_what_stands_in_a_closed_row(login: str) -> None:
    closed = {
        (table, value)
        for table, _, value in closed_values(login, NEWEST)
        if isinstance(value, str) and value not in ("", "none", *KNOWN.values())
    }
    printed: dict[str, str] = {}
    with signed_on(login, filled(NEWEST)) as connection:
        told: list[str] = []
        connection.add_notice_handler(lambda notice: told.append(notice.message_detail or ""))
        connection.execute(
            "SET debug_print_plan = on; SET debug_pretty_print = off; SET client_min_messages = log"
        )
        for table in (name for name in TABLES if name not in BESIDE):
            told.clear()
            for asked in ("SELECT count(*) FROM {}", "DELETE FROM {} WHERE random() < 2"):
                with suppress(psycopg.Error), connection.transaction(force_rollback=True):
                    connection.execute(sql.SQL(asked).format(sql.Identifier(table)))
            printed[table] = "".join(map(_constant, _CONSTANT.findall("\n".join(told))))
    everywhere = "".join(printed.values())

    assert "gp_owner" in everywhere
    assert closed
    assert [
        (table, value)
        for table, value in sorted(closed)
        if value in (printed[table] if value == "xyzzy" else everywhere)
    ] == []


_CONSTANT = re.compile(r":constvalue \d+ \[ ([^\]]*)\]")


def _constant(numbers: str) -> str:
    """Return the bytes of a printed constant as a text."""
    return bytes(int(number) % 256 for number in numbers.split()).decode("utf-8", "replace")


DECLARING = ("cara", "mo", "cole", "dee")
NONE = InterestRow("", None, InterestKind.NONE)
COLE = Actor("Cole Commander", Role.COMMANDER)
SINCE = "'2026-11-03T14:05:00.000000Z'"
WORDS = f"INSERT INTO corrections VALUES (4, '{{field}}', '\"Corrected\"', '\"\"', 'x', 'y', {SINCE})"
SIGNER = (
    "INSERT INTO signer_interests SELECT 90, 1, id, NULL, 'none', '' FROM people "
    "WHERE name = 'Cole Commander'"
)


@cache
def undeclared_only() -> str:
    """Make the office's database as it is before anybody declares, once for the tests of a process."""
    declared = ("interest_words", "interests", "signer_interests")
    fields = ("organisation", "project", "summary", "requested_pence")
    return changed_copy(
        template(),
        *map("DELETE FROM {}".format, declared),
        *(WORDS.format(field=field) for field in fields),
        f"INSERT INTO gate_results SELECT 4, id, 'pass', '', 'x', {SINCE} FROM gates LIMIT 1",
    )


@pytest.fixture
def anew() -> Iterator[str]:
    """A database of a test's own, in which nobody has declared."""
    database = cluster().new_database(undeclared_only())
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
    with signed_on(login, undeclared_only()) as connection:
        found = told_by(connection)
    with signed_on(login, template()) as connection:
        after = told_by(connection)

    if login in (*DECLARING, "zed"):
        assert found == set()
    else:  # an officer with a seat declares nothing as an officer
        assert {"applications", "marks", "gate_results", "corrections"} <= found
    assert ("applications" in after) is (login != "zed")


@pytest.mark.parametrize("login", DECLARING)
def test_applicants_and_projects_are_named_before_and_no_figure(login: str) -> None:
    columns = "reference, organisation <> '', project <> '', requested_pence, summary"
    with signed_on(login, undeclared_only()) as connection:
        rows = connection.execute(f"SELECT {columns} FROM figures.applications ORDER BY 1").fetchall()
        corrected = connection.execute("SELECT field FROM figures.corrections ORDER BY field").fetchall()
        tables = ("gate_results", "marks", "recommendations", "decisions", "awards", "agreed_marks")
        others = [connection.execute(f"SELECT FROM figures.{one}").rowcount for one in tables]
        words = connection.execute("SELECT FROM journal_body").rowcount
        papers = connection.execute(
            "SELECT locks.may_rank(1), ARRAY(SELECT locks.closed_papers('minutes', 1, ''))"
        ).fetchone()

    assert rows == [(f"ACF-00{number}", True, True, 0, "") for number in (1, 2, 3, 4)]
    assert corrected == [("organisation",), ("project",)]
    assert (others, words, papers) == ([0] * 6, 0, (False, [0]))


@pytest.mark.parametrize(
    ("login", "declares"),
    [
        ("mo", INTEREST.format(member=2, application="NULL", kind="none")),
        ("mo", INTEREST.format(member=2, application=4, kind="abstained")),
        ("cara", INTEREST.format(member=1, application="NULL", kind="none")),
        ("cole", SIGNER),
        ("dee", FOR_DEE),
    ],
)
def test_a_declaration_opens_the_round_as_it_is_committed_and_not_before(
    anew: str, login: str, declares: str
) -> None:
    with signed_on(login, anew) as connection:
        connection.execute(declares)
        assert told_by(connection) == set()
        assert connection.execute("SELECT sum(requested_pence) FROM figures.applications").fetchone() == (0,)
        assert connection.execute("SELECT locks.may_rank(1)").fetchone() == (False,)
        connection.rollback()
        assert told_by(connection) == set()
        connection.rollback()
        prepare(anew, declares)

        assert "applications" in told_by(connection)


def test_by_the_program_a_commander_reads_the_list_declares_and_then_reads_all_but_their_interest(
    anew: str,
) -> None:
    of = InterestRow("Cole Commander", "ACF-003", InterestKind.PECUNIARY, "a trustee")
    none = replace(NONE, member="Cole Commander")
    viewer = Viewer(COLE.name, Role.COMMANDER)

    def seen() -> list[str]:
        with signed_on("cole", anew) as connection:
            return [row[0] for row in connection.execute("SELECT reference FROM applications ORDER BY 1")]

    with opened("cole", anew) as record:
        listed = record.ask(lambda session: own_list(session, 1, COLE.name, None)).applicants
        words = {line.words for line in record.ask(lambda session: history(session, viewer))}
        record.perform(DeclareToSign(1, COLE.name, (none, of)), COLE)
        after = {line.words for line in record.ask(lambda session: history(session, viewer))}
        assert seen() == ["ACF-001", "ACF-002", "ACF-004"]
        with signed_on("cole", anew) as connection:
            assert connection.execute("SELECT locks.may_rank(1)").fetchone() == (True,)
        gone = replace(of, kind=InterestKind.NONE, detail="no trustee since June")
        record.perform(DeclareToSign(1, COLE.name, (none, gone)), COLE)
        assert seen() == ["ACF-001", "ACF-002", "ACF-004"]  # what one lifts oneself stays closed
        with opened("olive", anew) as office:
            office.perform(DeclareToSign(1, COLE.name, (none,), undoes=True), Actor("Olive Officer"))
        assert len(seen()) == 4

    assert [(one.reference, bool(one.organisation), bool(one.project)) for one in listed] == [
        (f"ACF-00{number}", True, True) for number in (1, 2, 3, 4)
    ]
    assert words == {UNOPENED}
    assert len(after) > 1


@pytest.mark.parametrize(
    ("login", "role", "change"),
    [
        ("mo", "reader", "SELECT 1"),  # who has a seat and reads besides declares first too
        ("cara", "note-taker", "INSERT INTO direct_rounds (round_id, fund_id, year_id) VALUES (1, 1, 1)"),
        (
            "cara",
            "note-taker",
            "INSERT INTO round_roles (id, round_id, person_id, role) SELECT 90, 1, id, 'note-taker' "
            "FROM people WHERE name = 'Cara Chair'",
        ),
    ],
)
def test_nothing_opens_by_what_makes_a_declaration_needless_and_is_taken_back(
    anew: str, login: str, role: str, change: str
) -> None:
    prepare(anew, f"INSERT INTO locks.login_roles VALUES ('{login}', '{role}')")
    with signed_on(login, anew) as connection:
        connection.execute(change)
        assert told_by(connection) == set()


ABSTAINED = INTEREST.format(member=2, application=4, kind="abstained")
"""Mo abstained on the fourth application, on which Ivy's sheet is in."""


@pytest.mark.parametrize(("login", "role"), [("mo", "member"), ("mo", "officer"), ("olive", "officer")])
def test_what_opened_the_marks_of_others_is_not_taken_back_by_who_declared_it_nor_by_an_officer(
    database: str, login: str, role: str
) -> None:
    by = f"INSERT INTO locks.login_roles VALUES ('{login}', '{role}') ON CONFLICT DO NOTHING"
    prepare(database, ABSTAINED, by)

    def changed(change: str) -> str:
        return changing(database, login, change, DECLARED, kind="declare", role=role)

    assert STAYS in changed("DELETE FROM interests WHERE id = 90")
    if login == "mo":
        for own in (
            "UPDATE interests SET kind = 'none' WHERE id = 90",
            "UPDATE interests SET application_id = 2 WHERE id = 90",
            "DELETE FROM interest_words WHERE interest_id = 2; DELETE FROM interests WHERE member_id = 2",
            "UPDATE interests SET kind = 'none' WHERE id = 2",  # an interest
        ):
            assert STAYS in changed(own)
    else:
        assert STAYS in changed("UPDATE interests SET member_id = 1 WHERE id = 90")
        assert changed("UPDATE interests SET kind = 'prejudicial' WHERE id = 90") == ""


STAYS = "What was declared stays"


def test_a_declaration_stays_once_there_is_a_meeting(database: str) -> None:
    prepare(
        database,
        "UPDATE sheets SET is_submitted = false; UPDATE areas SET stage = 'meeting'",
        "DELETE FROM interest_words; UPDATE interests SET kind = 'none'",
    )
    taken_back = "DELETE FROM interests WHERE member_id = 2"

    assert STAYS in changing(database, "mo", taken_back, DECLARED, kind="declare")


def test_the_chair_takes_an_abstention_back_with_a_reason_that_stands_with_the_sheet(database: str) -> None:
    prepare(database, ABSTAINED)
    kept = InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a trustee")
    back = InterestRow("M1", "ACF-004", InterestKind.NONE, "a slip")
    with opened("mo", database) as record, pytest.raises(Refused, match="The chair can take it back"):
        record.perform(Declare(1, "M1", (kept, back)), Actor("Mo Member", Role.MEMBER))
    with opened("cara", database) as record:
        record.perform(Declare(1, "M1", (kept, back)), Actor("Cara Chair", Role.CHAIR))
    sheet = "SELECT reopened FROM sheets WHERE member_id = 2 AND application_id = 4"
    with signed_on("mo", database) as connection:
        assert connection.execute(sheet).fetchone() == ("a slip",)
        with pytest.raises(errors.InsufficientPrivilege, match="Only the chair says"):
            connection.execute("DELETE FROM sheets WHERE member_id = 2 AND application_id = 4")


ISSUES = """
INSERT INTO paper_issues
SELECT n, 1, paper, '1', '', 1, '{}', sum, '', 1, sum, 'Olive Officer', '2026-11-03T14:05:00.000000Z'
FROM (VALUES (1, 'minutes', repeat('a', 64)), (2, 'call', repeat('b', 64))) AS v (n, paper, sum);
INSERT INTO paper_files
SELECT id, '.pdf', sha256, sha256, 1, '', true, NULL FROM paper_issues;
INSERT INTO file_pieces SELECT pieces, 1, 1, '\\x00'::bytea FROM paper_files;
"""
SHUT, OPEN = "a" * 64, "b" * 64


@pytest.fixture(scope="module")
def with_papers() -> str:
    """An office with minutes, which tell of applications, and a call, which everybody may read."""
    return changed_copy(template(), ISSUES)


@pytest.mark.parametrize(
    ("login", "reads"),
    [("olive", {SHUT, OPEN}), ("fin", {SHUT, OPEN}), ("mo", {OPEN}), ("zed", {OPEN}), ("ivy", {OPEN})],
)
def test_the_bytes_of_a_closed_paper_are_closed_and_nobody_takes_any_away(
    with_papers: str, login: str, reads: set[str]
) -> None:
    with signed_on(login, with_papers) as connection:
        for table in ("paper_files", "file_pieces"):
            found = connection.execute(f"SELECT sha256 FROM {table}").fetchall()
            assert {row[0] for row in found} == reads
        with pytest.raises(psycopg.Error):
            connection.execute("DELETE FROM file_pieces")
