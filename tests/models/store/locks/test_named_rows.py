"""A row that names a closed application in whatever way is closed: by each column that can name one."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Boolean, Column, Integer, LargeBinary

from models.schema.base import METADATA
from models.schema.forms import OF_SUBJECT
from models.schema.holding import naming
from models.store.locks.policies import typed
from models.store.locks.tables import LOCKS, Rests
from tests.models.store.locks.an_office import changed_copy, prepare, signed_on, template
from tests.server import cluster

SECRET, PLAIN = "quagga", "zebra"
"""A word in each row that names the closed application, and one in each that names others alone."""
CLOSED, OPEN = 3, 1
WITH_INTEREST = ("cara", "mo", "ivy", "cole", "dee")
"""Who declared an interest in the third application; Ivy, who sits, is an officer and finance besides."""
DECLARED = """
DELETE FROM interests WHERE kind <> 'none';
INSERT INTO interests SELECT 90 + id, id, 3, 'pecuniary', '2026-11-03' FROM members;
INSERT INTO signer_interests SELECT 90 + id, 1, id, 3, 'pecuniary', '' FROM people
WHERE name IN ('Cole Commander', 'Dee Decider');
INSERT INTO locks.login_roles VALUES ('ivy', 'finance');
UPDATE sheets SET is_submitted = true;
UPDATE areas SET stage = 'meeting';
INSERT INTO awards (application_id, decision_id, reference, amount_pence, profile)
VALUES (3, 1, 'A-003-01', 1, 'quagga'), (1, 1, 'A-001-01', 1, 'zebra');
UPDATE applications SET organisation_id = id;
INSERT INTO corrections
VALUES (3, 'organisation', '"Once corrected"', '"As it was typed"', '', '', '2026-11-03T10:00:00.000000Z');
INSERT INTO organisation_aliases
SELECT 90, organisation_id, 'Known of old', 'known of old', '', '' FROM applications WHERE id = 3;
"""


def columns() -> Iterator[tuple[str, str]]:
    """Yield every column by which rows name applications, by number or identity, where that closes them."""
    for table, lock in LOCKS.items():
        names = (*naming(METADATA.tables[table]), typed(table, OF_SUBJECT))
        if lock.rests is not Rests.ON_NOTHING:
            yield from ((table, column) for column in names if column)


NAMING = tuple(columns())
OF_ORGANISATIONS = tuple(
    (table.name, key.parent.name)
    for table in METADATA.sorted_tables
    for key in table.foreign_keys
    if key.column.table.name == "organisations"
    and table.name not in ("applications", "organisation_aliases", "organisation_merges")
)
"""Every column by which rows name an organisation, where that closes them; names it applied under do not.

Merges have rows of their own below, in each direction.
"""


def value_of(column: Column[Any], word: str, number: int) -> object:
    """Return a value of a column's type in a row with a word and a number of its own."""
    if column.name == "round_id":
        return 1
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, LargeBinary):
        return bytes(16)
    return number if isinstance(column.type, Integer) else word


@cache
def office() -> str:
    """Make a database with a row for each such column that names the closed application by it alone."""
    name = changed_copy(template(), DECLARED)
    with cluster().connect(name) as connection:
        connection.execute("SET session_replication_role = replica")
        rules = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'u')"
        for table, rule in connection.execute(
            f"{rules} AND connamespace = 'public'::regnamespace"
        ).fetchall():
            connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{rule}"')
        uids = dict(connection.execute("SELECT id, uid FROM applications").fetchall())
        for number, (table, column) in enumerate(NAMING):
            for word, of in ((SECRET, CLOSED), (PLAIN, OPEN)):
                if table != "applications":
                    put(connection, table, column, word, of, 1_000 + 2 * number + (word == PLAIN), uids)
        for number, (table, column) in enumerate(OF_ORGANISATIONS):
            for word, of in ((SECRET, CLOSED), (PLAIN, OPEN)):
                put(connection, table, column, word, of, 5_000 + 2 * number + (word == PLAIN), uids)
        texts = [f"{column} = '{{word}}'" for column in ("summary", "need")]
        for word, of in ((SECRET, CLOSED), (PLAIN, OPEN)):
            connection.execute(
                f"UPDATE applications SET {', '.join(texts).format(word=word)} WHERE id = {of}"
            )  # type: ignore[arg-type]
        for statement in BY_REFERENCE:
            connection.execute(statement.format(word=SECRET, of=CLOSED, other=4))  # type: ignore[arg-type]
            connection.execute(statement.format(word=PLAIN, of=OPEN, other=2))  # type: ignore[arg-type]
    prepare(name)
    return name


def put(
    connection: "psycopg.Connection[Any]",
    table: str,
    column: str,
    word: str,
    of: int,
    number: int,
    uids: dict[int, str],
) -> None:
    """Put a row that names an application by one column, and by all others one that is open."""
    row = {one.name: value_of(one, word, number) for one in METADATA.tables[table].c}
    row |= dict.fromkeys(naming(METADATA.tables[table]), 2)
    if identity := typed(table, OF_SUBJECT):
        row[identity] = uids[2]
    row[column] = uids[of] if column == identity else of
    names = sql.SQL(", ").join(map(sql.Identifier, row))
    values = sql.SQL(", ").join(map(sql.Placeholder, row))
    into = sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING")
    connection.execute(into.format(sql.Identifier(table), names, values), row)


AT = "'2026-11-03T14:05:00.000000Z'"
JOURNAL = (
    "INSERT INTO journal SELECT max(seq) + 1, max(at), 'Fin Ance', 'finance', 'decide year end', "
    "sha256('x'), sha256('y'), sha256(max(seq)::text::bytea) FROM journal; "
    "INSERT INTO journal_body SELECT max(seq), '\\x00', "
    "json_build_object('of', '{named}', 'why', '{{word}}')::text FROM journal"
)
BY_REFERENCE = (
    "INSERT INTO area_allowances SELECT 900 + {of}, area_id, 1, 'n', 'p', '{word}', 'r', " + AT + ", NULL, "
    "'ACF-002, ACF-00{of}', false FROM applications WHERE id = {of}",
    "INSERT INTO organisation_merges VALUES ({of}, {other}, '{word}', '', 'x', " + AT + ", NULL)",
    "INSERT INTO organisation_merges VALUES (90 + {other}, {of}, '{word}', 'a', 'x', " + AT + ", NULL)",
    "INSERT INTO paper_texts VALUES (1, 'letters', 'ACF-00{of}', 'a', '{word}')",
    "INSERT INTO paper_texts VALUES (1, 'agreement', 'A-00{of}-01', 'a', '{word}')",
    JOURNAL.format(named="A-00{of}-01"),
)
"""What names an application, or the organisation that made it, otherwise: by a reference in a text."""
NAMES = ("Once corrected", "As it was typed", "Known of old", "A-003-01")
"""What else the closed application, its award and its organisation are called."""


def read_by(login: str, word: str) -> set[str]:
    """Return the tables of which a person reads a row with a word."""
    with signed_on(login, office()) as connection:
        return {
            table.name
            for table in METADATA.sorted_tables
            if connection.execute(
                f"SELECT FROM {table.name} AS t WHERE strpos(t::text, '{word}') > 0 LIMIT 1"  # type: ignore[arg-type]
            ).rowcount
        }


@pytest.mark.parametrize("login", WITH_INTEREST)
def test_no_row_that_names_a_closed_application_in_whatever_way_is_read(login: str) -> None:
    assert read_by(login, SECRET) == set()
    assert len(read_by(login, PLAIN)) > (25 if login == "mo" else 35)


def test_whoever_has_no_interest_reads_all_of_these_rows() -> None:
    assert {("kept_apart", "second_id"), ("direct_awards", "extends_id"), ("year_decisions", "award")} <= {
        *NAMING
    }
    assert ("year_spent", "award") in NAMING

    found = read_by("olive", SECRET)

    wordless = {"recommended_places"}
    assert {table for table, _ in (*NAMING, *OF_ORGANISATIONS)} - found == wordless
    assert "supplier_numbers" in found
    assert {"area_allowances", "organisation_merges", "paper_texts", "journal_body"} <= found


@pytest.mark.parametrize("login", ["cole", "ivy"])
@pytest.mark.parametrize("name", NAMES)
def test_words_of_the_journal_are_closed_by_every_name_of_what_is_closed(login: str, name: str) -> None:
    database = changed_copy(
        office(), *(one.format(word="okapi") for one in JOURNAL.format(named=name).split("; "))
    )
    prepare(database)
    asked = "SELECT count(*) FROM journal_body WHERE body LIKE '%okapi%'"
    try:
        with signed_on("olive", database) as connection:
            assert connection.execute(asked).fetchone() == (1,)
        with signed_on(login, database) as connection:
            assert connection.execute(asked).fetchone() == (0,)
    finally:
        cluster().drop(database)


def test_of_a_closed_reason_alone_whoever_adds_up_is_told_all_but_the_reason() -> None:
    with signed_on("ivy", office()) as connection:
        allowed = "SELECT amount_pence, reason FROM figures.area_allowances ORDER BY id"
        assert connection.execute(allowed).fetchall() == [(1, PLAIN), (1, "…")]
        merged = "SELECT merged_id, into_id, reason FROM figures.organisation_merges ORDER BY merged_id"
        assert connection.execute(merged).fetchall() == [
            (1, 2, PLAIN),
            (3, 4, "…"),
            (92, 1, PLAIN),
            (94, 3, "…"),
        ]


STOOD = """
INSERT INTO sign_offs (id, round_id, step, is_last, post, signed_by, signed_on, interests, legal_power,
    is_from_paper, recorded_by, recorded_at)
VALUES (70, 1, 0, {last}, 'post', 'Dee Decider', '2026-12-02', 'none', '', false, 'x',
    '2026-12-02T10:00:00.000000Z');
INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, reason, change_reason, conditions,
    is_exception)
VALUES (70, 70, 3, 'agree', 'decline', '', '', '[]', false);
INSERT INTO decided_standings
VALUES (70, 70, 3, '[{{"reference":"ACF-003","project":"quagga"}},["ACF-003",7],null]', '[]', 'quagga');
"""


@pytest.mark.parametrize(
    ("last", "told"),
    [("false", []), ("true", [([{"reference": "ACF-003"}, ["ACF-003", 7], None], "", "")])],
)
def test_where_a_closed_line_stood_and_what_was_left_is_told_only_once_it_is_decided(
    last: str, told: list[tuple[Any, ...]]
) -> None:
    database = changed_copy(template(), DECLARED, STOOD.format(last=last))
    prepare(database)
    asked = "SELECT figures::jsonb, steps, reasons FROM figures.decided_standings"
    try:
        with signed_on("cara", database) as connection:
            assert connection.execute(asked).fetchall() == told
    finally:
        cluster().drop(database)


BESIDE = """
INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, reason, change_reason, conditions,
    is_exception)
VALUES (71, 70, 1, 'agree', 'decline', '', '', '[]', false),
    (72, 70, 4, 'agree', 'decline', '', '', '[]', false);
INSERT INTO decided_standings
VALUES (71, 71, 1, '["place 2"]', '["place 2"]', ''), (72, 72, 4, '["place 1"]', '[]', '');
UPDATE areas SET stage = 'deciding'
"""
"""What was kept of another line of the closed one's list, and of one on another list."""


def test_other_lines_of_its_list_are_told_only_to_who_may_rank_until_it_is_decided() -> None:
    found = {}
    for last in ("false", "true"):
        database = changed_copy(template(), DECLARED, STOOD.format(last=last), BESIDE)
        prepare(database)
        try:
            for login in ("mo", "cara", "olive"):
                with signed_on(login, database) as connection:
                    for schema in ("public", "figures"):
                        rows = connection.execute(f"SELECT application_id FROM {schema}.decided_standings")
                        found[last, login, schema] = sorted(number for (number,) in rows.fetchall())
        finally:
            cluster().drop(database)

    assert found["false", "mo", "public"] == found["false", "mo", "figures"] == [4]
    assert (found["false", "cara", "public"], found["false", "cara", "figures"]) == ([4], [1, 4])
    assert found["false", "olive", "public"] == found["true", "olive", "public"] == [1, 3, 4]
    assert (found["true", "mo", "public"], found["true", "mo", "figures"]) == ([1, 4], [1, 4])
    assert (found["true", "cara", "public"], found["true", "cara", "figures"]) == ([1, 4], [1, 3, 4])
