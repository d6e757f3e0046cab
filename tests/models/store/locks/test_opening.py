"""What nobody opens for a moment, writes for another, or shuts to all, who goes past the program."""

import hashlib
import os
import subprocess
import sys

import psycopg
import psycopg.sql
import pytest
from psycopg import errors

from models.clock import utc_now
from models.journal.erasing import erasure_of
from models.operation import Actor
from models.operations.applications.applications import RemoveApplications
from models.permissions.viewing import Viewer
from models.queries.permissions.reading import sight_of
from models.role import Role
from models.session import Session
from models.store.locks import checking, preparing
from models.store.locks.signing_on import with_figures
from tests.models.store.locks.an_office import (
    APPEND,
    FOR_COLE,
    FOR_DEE,
    MARKED,
    assert_denied,
    changing,
    journal,
    journal_row,
    prepare,
    signed_on,
    template,
)
from tests.models.store.locks.test_signing_on import opened
from tests.server import cluster

REFUSED = errors.InsufficientPrivilege
WITHDRAWN = '{"application":"ACF-001","is_withdrawn":true,"on":null,"reason":"","round_id":1}'
CHOSEN = '{"items":[],"replacing":[],"round_id":1}'


def test_a_login_does_not_choose_how_the_locks_read_their_own_texts_nor_changes_what_was_checked() -> None:
    with signed_on("mo", template()) as connection:
        connection.execute("SET standard_conforming_strings = off")
        digest = b"g7027" + hashlib.sha256(b"x").digest()[5:]
        with pytest.raises(REFUSED, match="hashed"), connection.transaction():
            connection.execute(APPEND, journal_row(connection, digest=digest, hash=digest))
        connection.execute("UPDATE marks SET mark = 5 WHERE sheet_id = 2")
        journal(connection, MARKED)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert connection.execute("SELECT count(*) FROM marks").fetchone() == (6,)
        with pytest.raises(REFUSED, match="checked at its end"):
            connection.execute("UPDATE marks SET mark = 4 WHERE sheet_id = 2")


def test_nobody_ranks_by_rules_that_are_taken_back() -> None:
    with signed_on("olive", template()) as connection:
        assert connection.execute("SELECT locks.ranked()").fetchall() == []
        may = "SELECT pg_get_functiondef('locks.may_rank(bigint)'::regprocedure)"
        ((said,),) = connection.execute(may).fetchall()
    tables = ["schemes", "members", "gates", "agreements", "rounds"]
    assert [table for table in tables if table in said] == tables


@pytest.mark.parametrize("login", ["cara", "zed"])
def test_words_and_drafts_that_are_closed_are_told_by_no_plan(database: str, login: str) -> None:
    draft = "INSERT INTO draft VALUES ('Mo Member', 'f', 'weak budget', '2026-12-02T10:00:00.000000Z')"
    with psycopg.connect(cluster().address(database, "mo")) as connection:
        connection.execute("UPDATE marks SET mark = 5 WHERE sheet_id = 2")
        journal(connection, MARKED)
        connection.execute(draft)
    guesses = (("journal_body", "body", MARKED), ("draft", "text", "weak budget"))
    with psycopg.connect(cluster().address(database, login)) as connection:
        for table, column, truth in guesses:
            plans = []
            for guess in (truth, f"{truth}x"):
                asked = psycopg.sql.SQL(
                    "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF, COSTS OFF) "
                    "SELECT FROM {} WHERE (jsonb_build_object({}, 1))[{}] IS NOT NULL"
                ).format(
                    psycopg.sql.Identifier(table), psycopg.sql.Literal(guess), psycopg.sql.Identifier(column)
                )
                lines = (line for (line,) in connection.execute(asked).fetchall())
                plans.append(
                    [line for line in lines if "jsonb_build_object" not in line and "Filter:" not in line]
                )
            assert plans[0] == plans[1]


@pytest.mark.parametrize(
    ("due", "kind", "words", "fault"),
    [
        ("AND application_id = 1", "set choices", CHOSEN, "opens nothing"),
        ("AND application_id = 1", "set withdrawn", WITHDRAWN.replace("1", "2", 1), "opens nothing"),
        # another sheet is due still, so that nothing can be read at once
        ("", "set choices", CHOSEN, "opens nothing"),
        ("", "set withdrawn", WITHDRAWN.replace('"round_id":1', '"round_id":2'), "opens nothing"),
        ("", "set withdrawn", WITHDRAWN, ""),
    ],
)
def test_no_sheet_is_due_no_more_under_the_words_of_another_change(
    database: str, due: str, kind: str, words: str, fault: str
) -> None:
    prepare(database, f"UPDATE sheets SET is_submitted = false WHERE member_id = 3 {due}")
    change = "UPDATE applications SET withdrawn = true WHERE id = 1"

    found = changing(database, "ivy", change, words, kind=kind, role="officer")

    assert found.partition("opens nothing")[1] == fault


EARLY = FOR_COLE.replace("(1, 1, 1, true,", "(1, 1, 0, false,")
LINE = (
    "INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, amount_pence, reason, "
    "change_reason, conditions, is_exception) "
    "VALUES (1, 1, 1, 'agree', 'fund', 1, '', '', '[]', false)"
)


def test_a_step_is_signed_in_its_role_for_its_area_and_decides_no_line_that_a_later_one_has_to() -> None:
    with signed_on("cole", template()) as connection:
        assert_denied(connection, FOR_COLE)  # the last step is the decider's
        connection.execute(EARLY)
        connection.execute(LINE)
        with pytest.raises(errors.IntegrityError), connection.transaction():
            connection.execute(LINE)
    with signed_on("cole", template()) as connection:
        connection.execute(FOR_COLE.replace("VALUES (1, 1, 1", "VALUES (1, 1, 0"))
        with pytest.raises(REFUSED, match="nobody else has to sign its amount"):
            connection.execute(LINE)


def test_a_signature_is_taken_back_by_whose_it_is(database: str) -> None:
    prepare(database, EARLY, LINE)
    taken_back = "UPDATE decisions SET ended_by = id WHERE id = 1"
    with signed_on("dee", database) as connection:
        assert_denied(connection, taken_back)
    with signed_on("cole", database) as connection:
        assert connection.execute(taken_back).rowcount == 1


def test_what_papers_say_of_a_closed_application_is_closed(database: str) -> None:
    said = "INSERT INTO paper_texts VALUES (1, 'letter', '{}', 'wanted', 'more detail')"
    prepare(database, *map(said.format, ("ACF-001", "ACF-003", "")))
    read = "SELECT subject FROM paper_texts ORDER BY 1"
    for login, subjects in (("olive", ["", "ACF-001", "ACF-003"]), ("mo", ["", "ACF-001"]), ("zed", [])):
        with signed_on(login, database) as connection:
            assert [row[0] for row in connection.execute(read).fetchall()] == subjects


def test_the_servers_clock_is_read_in_no_zone_of_a_login_and_no_row_bears_an_old_time() -> None:
    ahead = "to_char(clock_timestamp() + interval '6 days', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    with signed_on("mo", template()) as connection:
        (at,) = connection.execute(f"SELECT {ahead}").fetchone() or ("",)
        row = journal_row(connection, at=at)
        connection.execute("SET timezone = 'UTC-160'")
        with pytest.raises(REFUSED, match="time of a journal row"):
            connection.execute(APPEND, row)

    with signed_on("mo", template()) as connection:
        (at,) = connection.execute("SELECT at FROM journal_head").fetchone() or ("",)
        with pytest.raises(REFUSED, match="time of a journal row"):
            connection.execute(APPEND, journal_row(connection, at=at))


CORRECTED = '{"application":"ACF-001","changes":[],"reason":"Wrong area","round_id":1,"stood":null}'


@pytest.fixture
def without_sheet_of_ivy(database: str) -> str:
    """An office in which she has the first application still to mark, and the second area meets."""
    prepare(
        database,
        "UPDATE sheets SET is_submitted = false WHERE member_id = 3 AND application_id = 1",
        "UPDATE areas SET stage = 'meeting' WHERE name = 'Dudley'",
    )
    return database


def blind_to_ivy(session: Session) -> frozenset[str]:
    with with_figures(session, 1):
        return sight_of(session, 1, Viewer("Ivy Insider", Role.MEMBER, "M2")).blind


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ("UPDATE applications SET area_id = NULL WHERE id = 1", "correct application", CORRECTED),
        ("UPDATE applications SET withdrawn = true WHERE id = 1", "set withdrawn", WITHDRAWN),
    ],
)
def test_an_officer_with_a_seat_reads_no_marks_by_taking_an_application_out_of_scoring(
    without_sheet_of_ivy: str, change: str, kind: str, words: str
) -> None:
    def others_marks() -> int:
        with signed_on("ivy", without_sheet_of_ivy) as connection:
            return connection.execute("SELECT FROM marks WHERE sheet_id = 1").rowcount

    assert changing(without_sheet_of_ivy, "ivy", change, words, kind=kind, role="officer") == ""
    assert others_marks() == 0
    with opened("ivy", without_sheet_of_ivy) as record:
        assert "ACF-001" in record.ask(blind_to_ivy)
    prepare(without_sheet_of_ivy, "UPDATE sheets SET is_submitted = true WHERE member_id = 3")
    assert others_marks() == 3


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE applications SET area_id = 2 WHERE id = 1",
        "UPDATE applications SET round_id = 2 WHERE id = 1",
        'INSERT INTO areas SELECT (jsonb_populate_record(a, \'{"id": 9, "name": "New"}\')).* '
        "FROM areas a WHERE stage = 'meeting'",
    ],
)
def test_an_officer_with_a_seat_takes_nothing_that_they_have_to_mark_to_where_marks_are_open(
    without_sheet_of_ivy: str, change: str
) -> None:
    refused = pytest.raises(REFUSED, match=r"stays at scoring|moves areas on")
    with signed_on("ivy", without_sheet_of_ivy) as connection, refused:
        connection.execute(change)


def test_a_decision_is_of_the_round_of_its_sign_off(database: str) -> None:
    replica = "SET session_replication_role = replica"
    prepare(database, replica, FOR_DEE.replace("VALUES (1, 1", "VALUES (1, 2"))
    fault = pytest.raises(REFUSED, match="of the round that its sign-off is of")
    with signed_on("dee", database) as connection, fault:
        connection.execute(LINE)


def test_the_program_erases_what_stood_and_what_was_removed(database: str) -> None:
    officer = Actor("Olive Officer", Role.OFFICER)
    prepare(
        database,
        "UPDATE areas SET stage = 'intake'",
        "DELETE FROM marks WHERE sheet_id IN (SELECT id FROM sheets WHERE application_id = 4)",
        "DELETE FROM sheets WHERE application_id = 4",
    )
    with opened("olive", database) as record:
        record.perform(RemoveApplications(1, ("ACF-004",)), officer)
        for one in ((1, "ACF-001"), (1, "ACF-004")):
            found = record.ask(lambda session, one=one: erasure_of(session, [one], "asked", officer.name))
            assert record.perform(found.operation, officer).words.startswith("What was written in and of")


def test_the_check_tells_of_changes_that_can_be_left_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = checking._one
    monkeypatch.setattr(
        checking, "_one", lambda of, query, *v: "2" if "prepared" in query else asked(of, query, *v)
    )
    with cluster().connect(template()) as connection:
        found = checking.look(connection, None, utc_now()).faults

    assert any("can be left prepared" in fault for fault in found)


def test_the_sum_of_the_locks_is_the_same_in_every_process() -> None:
    asked = "from models.store.locks import preparing; print(preparing.source_sum())"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", asked], env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE
        )
        for seed in "12345"
    ]

    found = {process.communicate()[0].strip().decode() for process in started}

    assert found == {preparing.source_sum()}
