"""What EXPLAIN ANALYZE and the clock tell of a row that is closed: nothing of what stands in it."""

import re
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from time import perf_counter
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Boolean, Column, Integer, LargeBinary, PrimaryKeyConstraint, Table, UniqueConstraint

from models.schema.base import ABOUT, MARKED, METADATA, OWN
from models.store.locks import preparing
from models.store.locks.policies import TABLES
from tests.models.store.locks.an_office import PEOPLE, template
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
    server = cluster(version)
    name = server.new_database(filled(version))
    with server.connect(name) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM interests; DELETE FROM signer_interests; DELETE FROM sign_offs")
        connection.execute("DELETE FROM direct_rounds")
    return name


@contextmanager
def connected(
    login: str, version: int, made: Callable[[int], str] = filled
) -> "Iterator[psycopg.Connection[Any]]":
    """Give a person's connection to what is filled, past the program."""
    with psycopg.connect(cluster(version).address(made(version), login), autocommit=True) as connection:
        yield connection


def closed_values(
    login: str, version: int, made: Callable[[int], str] = filled
) -> Iterator[tuple[str, Column[Any], object]]:
    """Yield table and column of what stands only in a row that a person does not read.

    What an index holds is left out: by it a row is found before any policy is asked, so that whoever knows a
    key, or asks for a range of keys, is told that its row is there (threats.md).
    """
    server = cluster(version)
    with server.connect(made(version)) as administrator, connected(login, version, made) as connection:
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
    """Return the columns that an index of a table on a server holds: no hash that a mark is guessed by."""
    rules = (one for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint))
    found = {column.name for one in (*rules, *table.indexes) for column in one.columns}
    return found - {"hash"} if table.name == "revisions" else found


def told(connection: "psycopg.Connection[Any]", table: str, condition: sql.Composable) -> object:
    """Return all that EXPLAIN ANALYZE tells of a question but its own words."""
    explain = "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF, BUFFERS OFF, FORMAT JSON) "
    asked = sql.SQL(explain) + sql.SQL("SELECT FROM {} WHERE {}").format(sql.Identifier(table), condition)
    row = connection.execute(asked).fetchone()
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
        *((login, version, filled) for version in (OLDEST, NEWEST) for login in PEOPLE),
        *((login, version, undeclared) for version in (OLDEST, NEWEST) for login in ("cara", "cole")),
    ],
)
def test_explain_analyze_tells_nothing_of_what_stands_in_a_closed_row(
    login: str, version: int, made: Callable[[int], str]
) -> None:
    values = list(closed_values(login, version, made))
    found = []
    with connected(login, version, made) as connection:
        for cost in COSTS if login == "zed" else COSTS[:1]:
            connection.execute(f"SET cpu_operator_cost = {cost}")
            for table, column, value in values:
                for yes, no in questions(column, value):
                    if told(connection, table, yes) != told(connection, table, no):
                        found.append((table, yes.as_string(connection), cost))

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


def test_a_closed_mark_that_is_asked_for_takes_as_long_as_one_that_is_not() -> None:
    took: dict[int, list[float]] = {2: [], 9: []}  # Ivy sees no mark of 2 on her own, closed application
    with connected("ivy", NEWEST) as connection:
        for turn in range(2_000):
            mark = (2, 9)[turn % 2]
            began = perf_counter()
            connection.execute("SELECT count(*) FROM marks WHERE sheet_id = 2 AND mark = %s", [mark])
            took[mark].append(perf_counter() - began)
    low, middle, high = statistics.quantiles(took[9], n=4)

    assert abs(statistics.median(took[2]) - middle) < high - low


@pytest.mark.parametrize("login", ["mo", "ivy", "cole", "zed"])
def test_whoever_has_plans_printed_reads_in_them_nothing_of_what_stands_in_a_closed_row(login: str) -> None:
    closed = {
        (table, value)
        for table, _, value in closed_values(login, NEWEST)
        if isinstance(value, str) and value not in ("", "none", *KNOWN.values())
    }
    printed: dict[str, str] = {}
    with connected(login, NEWEST) as connection:
        told: list[str] = []
        connection.add_notice_handler(lambda notice: told.append(notice.message_detail or ""))
        connection.execute("SET debug_print_plan = on; SET client_min_messages = log")
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
