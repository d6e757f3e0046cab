"""What nobody opens for a moment, writes for another, or shuts to all, who goes past the program."""

import hashlib

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
from models.record import Opener, Record
from models.role import Role
from models.session import Session
from models.store.locks import checking, preparing
from models.store.locks.signing_on import with_figures
from models.store.locks.tables import DECLARED
from models.store.places import server_address
from tests.models.permissions.test_table import ROLES
from tests.models.store.locks.an_office import signed_on, template
from tests.models.store.locks.test_attacks import (
    APPEND,
    MARKED,
    NEW_SHEET,
    SIGN_OFF,
    erase,
    journal,
    journal_row,
)
from tests.models.store.locks.test_signing_on import opened
from tests.server import cluster

REFUSED = errors.InsufficientPrivilege
DEE = {"signed": "'Dee Decider'", "paper": "false", "by": "'Dee Decider'"}
IVY = {"actor": "Ivy Insider", "role": "officer"}
WITHDRAWN = '{"application":"ACF-001","is_withdrawn":true,"on":null,"reason":"","round_id":1}'
CHOSEN = '{"items":[],"replacing":[],"round_id":1}'


def test_a_login_does_not_choose_how_the_locks_read_their_own_texts() -> None:
    with signed_on("mo", template()) as connection:
        connection.execute("SET standard_conforming_strings = off")
        digest = b"g7027" + hashlib.sha256(b"x").digest()[5:]
        with pytest.raises(REFUSED, match="hashed"), connection.transaction():
            connection.execute(APPEND, journal_row(connection, digest=digest, hash=digest))
        connection.execute("UPDATE marks SET mark = 5 WHERE sheet_id = 2")
        journal(connection, MARKED)


def test_nobody_who_is_let_in_drops_the_policies_of_all() -> None:
    with signed_on("mo", template()) as connection:
        with pytest.raises(REFUSED), connection.transaction():
            connection.execute("DROP OWNED BY gp_person")
        with pytest.raises(REFUSED), connection.transaction():
            connection.execute("SELECT lo_create(0)")


def test_nothing_is_changed_once_a_transaction_was_checked() -> None:
    with signed_on("mo", template()) as connection:
        connection.execute("UPDATE marks SET mark = 5 WHERE sheet_id = 2")
        journal(connection, MARKED)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert connection.execute("SELECT count(*) FROM marks").fetchone() == (6,)
        with pytest.raises(REFUSED, match="checked at its end"):
            connection.execute("UPDATE marks SET mark = 4 WHERE sheet_id = 2")


@pytest.mark.parametrize("table", ["schemes", "members", "gates", "agreements", "rounds"])
def test_nobody_ranks_by_rules_that_are_taken_back(table: str) -> None:
    with signed_on("olive", template()) as connection:
        assert connection.execute("SELECT locks.ranked()").fetchall() == []
        may = "SELECT pg_get_functiondef('locks.may_rank(bigint)'::regprocedure)"
        ((said,),) = connection.execute(may).fetchall()
    assert table in said


@pytest.mark.parametrize("login", ["cara", "zed"])
def test_words_and_drafts_that_are_closed_are_told_by_no_plan(login: str) -> None:
    database = cluster().new_database(template())
    draft = "INSERT INTO draft VALUES ('Mo Member', 'f', 'weak budget', '2026-12-02T10:00:00.000000Z')"
    with psycopg.connect(cluster().address(database, "mo")) as connection:
        connection.execute("UPDATE marks SET mark = 5 WHERE sheet_id = 2")
        journal(connection, MARKED)
        connection.execute(draft)
        connection.commit()
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
    cluster().drop(database)


@pytest.mark.parametrize(
    ("of_round", "named"), [(1, "round_id"), (1, "ACF-009"), (2, "ACF-002"), (1, ""), (1, "-")]
)
@pytest.mark.parametrize("field", ["applications", "removed"])
def test_an_erasure_names_what_is_there_or_was(of_round: int, named: str, field: str) -> None:
    database = cluster().new_database(template())
    with psycopg.connect(cluster().address(database, "mo")) as connection:
        connection.execute("UPDATE marks SET mark = 5 WHERE sheet_id = 2")
        journal(connection, MARKED)
    with psycopg.connect(cluster().address(database, "olive")) as connection:
        erase(connection, named, of_round=of_round, field=field)
        with pytest.raises(REFUSED, match="words that name its applications"):
            connection.commit()
        connection.rollback()
    cluster().drop(database)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("set choices", CHOSEN),
        ("set withdrawn", '{"application":"ACF-002","is_withdrawn":true,"on":null,"reason":"","round_id":1}'),
    ],
)
def test_nothing_opens_under_the_words_of_another_change(kind: str, words: str) -> None:
    database = cluster().new_database(template())
    with psycopg.connect(cluster().address(database), autocommit=True) as administrator:
        administrator.execute(
            "UPDATE sheets SET is_submitted = false WHERE member_id = 3 AND application_id = 1"
        )
    with psycopg.connect(cluster().address(database, "ivy")) as connection:
        connection.execute("UPDATE applications SET withdrawn = true WHERE id = 1")
        journal(connection, words, kind=kind, **IVY)
        with pytest.raises(REFUSED, match="opens nothing"):
            connection.commit()
    cluster().drop(database)


def test_whatever_opens_is_a_kind_of_change() -> None:
    assert {kind for kinds in DECLARED.opens.values() for kind in kinds} <= set(ROLES)
    assert set(DECLARED.opens) == {"sheets", *DECLARED.lists["keeps_closed"]}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE members SET round_id = 1, code = 'zz', uid = 'other' WHERE id = 3",
        "DELETE FROM members WHERE id = 3",
    ],
)
def test_an_officer_keeps_the_own_seat(change: str) -> None:
    with signed_on("ivy", template()) as connection, pytest.raises(REFUSED):
        connection.execute(change)


@pytest.mark.parametrize(
    ("login", "row"),
    [
        ("mo", NEW_SHEET.replace("(90,", "(2147483647,").format(member=2, application=4, handed_in="false")),
        ("mo", "INSERT INTO interests VALUES (2147483647, 2, 4, 'abstained')"),
        ("mo", "INSERT INTO interests VALUES (90, 2, 4, 'abstained', 'zzz')"),
        ("dee", SIGN_OFF.replace("(1, 1,", "(2147483647, 1,").format(**DEE)),
        ("mo", "UPDATE marks SET reason = repeat('weak ', 300000) WHERE sheet_id = 2"),
    ],
)
def test_no_row_of_a_member_shuts_others_out(login: str, row: str) -> None:
    with signed_on(login, template()) as connection, pytest.raises(REFUSED):
        connection.execute(row)


def test_a_step_is_signed_in_its_role_and_for_its_area() -> None:
    cole = SIGN_OFF.format(signed="'Cole Commander'", paper="false", by="'Cole Commander'")
    line = (
        "INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, amount_pence, "
        "reason, "
        "change_reason, conditions, is_exception, tied) VALUES (1, 1, 1, 'agree', 'fund', 1, '', '', '[]', "
        "false, false)"
    )
    with signed_on("cole", template()) as connection:
        with pytest.raises(REFUSED), connection.transaction():
            connection.execute(cole)  # the last step is the decider's
        connection.execute(cole.replace("(1, 1, 1, true,", "(1, 1, 0, false,"))
        connection.execute(line)
        with pytest.raises(errors.IntegrityError), connection.transaction():
            connection.execute(line)


def test_a_signature_is_taken_back_by_whose_it_is() -> None:
    database = cluster().new_database(template())
    with psycopg.connect(cluster().address(database), autocommit=True) as administrator:
        cole = SIGN_OFF.format(signed="'Cole Commander'", paper="false", by="'Cole Commander'")
        administrator.execute(cole.replace("(1, 1, 1, true,", "(1, 1, 0, false,"))
        administrator.execute(
            "INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, amount_pence, "
            "reason, change_reason, conditions, is_exception, tied) "
            "VALUES (1, 1, 1, 'agree', 'fund', 1, '', '', "
            "'[]', false, false)"
        )
    taken_back = "UPDATE decisions SET ended_by = id WHERE id = 1"
    with psycopg.connect(cluster().address(database, "dee")) as connection, pytest.raises(REFUSED):
        connection.execute(taken_back)
    with psycopg.connect(cluster().address(database, "cole")) as connection:
        assert connection.execute(taken_back).rowcount == 1
        connection.rollback()
    cluster().drop(database)


def test_what_papers_say_of_a_closed_application_is_closed() -> None:
    database = cluster().new_database(template())
    with psycopg.connect(cluster().address(database), autocommit=True) as administrator:
        for subject in ("ACF-001", "ACF-003", ""):
            administrator.execute(
                "INSERT INTO paper_texts VALUES (1, 'letter', %s, 'wanted', 'more detail')", [subject]
            )
    read = "SELECT subject FROM paper_texts ORDER BY 1"
    for login, subjects in (("olive", ["", "ACF-001", "ACF-003"]), ("mo", ["", "ACF-001"]), ("zed", [])):
        with psycopg.connect(cluster().address(database, login)) as connection:
            assert [row[0] for row in connection.execute(read).fetchall()] == subjects
    cluster().drop(database)


def test_the_servers_clock_is_read_in_no_zone_of_a_login() -> None:
    ahead = "to_char(clock_timestamp() + interval '6 days', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    with signed_on("mo", template()) as connection:
        (at,) = connection.execute(f"SELECT {ahead}").fetchone() or ("",)
        row = journal_row(connection, at=at)
        connection.execute("SET timezone = 'UTC-160'")
        with pytest.raises(REFUSED, match="time of a journal row"):
            connection.execute(APPEND, row)


def test_a_row_bears_no_old_time_of_the_row_before() -> None:
    with signed_on("mo", template()) as connection:
        (at,) = connection.execute("SELECT at FROM journal_head").fetchone() or ("",)
        with pytest.raises(REFUSED, match="time of a journal row"):
            connection.execute(APPEND, journal_row(connection, at=at))


def test_a_row_keeps_its_number() -> None:
    with signed_on("mo", template()) as connection, pytest.raises(REFUSED):
        connection.execute("UPDATE interests SET id = 2147483647 WHERE member_id = 2")


@pytest.mark.parametrize(
    ("kind", "words", "is_taken"),
    [
        ("set choices", CHOSEN, False),  # another sheet is due still, so that nothing can be read at once
        ("set withdrawn", WITHDRAWN, True),
        ("set withdrawn", WITHDRAWN.replace('"round_id":1', '"round_id":2'), False),
    ],
)
def test_no_sheet_is_due_no_more_under_the_words_of_another_change(
    kind: str, words: str, is_taken: bool
) -> None:
    database = cluster().new_database(template())
    with psycopg.connect(cluster().address(database), autocommit=True) as administrator:
        administrator.execute("UPDATE sheets SET is_submitted = false WHERE member_id = 3")
    with psycopg.connect(cluster().address(database, "ivy")) as connection:
        connection.execute("UPDATE applications SET withdrawn = true WHERE id = 1")
        journal(connection, words, kind=kind, **IVY)
        if is_taken:
            connection.commit()
        else:
            with pytest.raises(REFUSED, match="opens nothing"):
                connection.commit()
    cluster().drop(database)


CORRECTED = '{"application":"ACF-001","changes":[],"reason":"Wrong area","round_id":1,"stood":null}'
OTHERS_MARKS = "SELECT count(*) FROM marks WHERE sheet_id = 1"
"""Of the first application, by somebody else than Ivy."""


def without_sheet_of_ivy() -> str:
    """Make an office in which she has the first application still to mark, and the second area meets."""
    database = cluster().new_database(template())
    with psycopg.connect(cluster().address(database), autocommit=True) as administrator:
        administrator.execute(
            "UPDATE sheets SET is_submitted = false WHERE member_id = 3 AND application_id = 1"
        )
        administrator.execute("UPDATE areas SET stage = 'meeting' WHERE name = 'Dudley'")
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
    change: str, kind: str, words: str
) -> None:
    database = without_sheet_of_ivy()
    address = cluster().address(database, "ivy")
    with psycopg.connect(address) as connection:
        connection.execute(change)
        journal(connection, words, kind=kind, **IVY)
        connection.commit()
        assert connection.execute(OTHERS_MARKS).fetchone() == (0,)
    with Record.sign_on(server_address(address), Opener("Ivy Insider", "tests")) as record:
        blind = record.ask(blind_to_ivy)
    with psycopg.connect(cluster().address(database), autocommit=True) as administrator:
        administrator.execute("UPDATE sheets SET is_submitted = true WHERE member_id = 3")
    with psycopg.connect(address) as connection:
        assert connection.execute(OTHERS_MARKS).fetchone() == (3,)

    assert "ACF-001" in blind
    cluster().drop(database)


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
    change: str,
) -> None:
    database = without_sheet_of_ivy()
    refused = pytest.raises(REFUSED, match=r"stays at scoring|moves areas on")
    with psycopg.connect(cluster().address(database, "ivy")) as connection, refused:
        connection.execute(change)  # type: ignore[arg-type]
    cluster().drop(database)


def test_who_has_a_seat_gives_no_area_in_scoring_another_name() -> None:
    with signed_on("ivy", template()) as connection, pytest.raises(REFUSED, match="without a seat"):
        connection.execute("UPDATE areas SET name = 'round_id'")


def test_a_decision_is_of_the_round_of_its_sign_off() -> None:
    database = cluster().new_database(template())
    with psycopg.connect(cluster().address(database), autocommit=True) as administrator:
        administrator.execute("SET session_replication_role = replica")
        administrator.execute(SIGN_OFF.format(**DEE).replace("VALUES (1, 1", "VALUES (1, 2"))
    fault = pytest.raises(REFUSED, match="of the round that its sign-off is of")
    with psycopg.connect(cluster().address(database, "dee")) as connection, fault:
        connection.execute(
            "INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, reason, "
            "change_reason, conditions, is_exception, tied) "
            "VALUES (1, 1, 1, 'agree', 'fund', '', '', '[]', false, false)"
        )
    cluster().drop(database)


def test_the_program_erases_what_stood_and_what_was_removed() -> None:
    database = cluster().new_database(template())
    officer = Actor("Olive Officer", Role.OFFICER)
    with psycopg.connect(cluster().address(database), autocommit=True) as administrator:
        administrator.execute("UPDATE areas SET stage = 'intake'")
        administrator.execute(
            "DELETE FROM marks WHERE sheet_id IN (SELECT id FROM sheets WHERE application_id = 4)"
        )
        administrator.execute("DELETE FROM sheets WHERE application_id = 4")
        preparing.close_database(administrator)
    with opened("olive", database) as record:
        record.perform(RemoveApplications(1, ("ACF-004",)), officer)
        for one in ((1, "ACF-001"), (1, "ACF-004")):
            found = record.ask(lambda session, one=one: erasure_of(session, [one], "asked", officer.name))
            assert record.perform(found.operation, officer).words.startswith("What was written in and of")
    cluster().drop(database)


def test_an_officer_with_a_seat_marks_a_sheet_as_reopened_by_what_makes_it_due_alone() -> None:
    database = cluster().new_database(template())
    row = NEW_SHEET.format(member=2, application=4, handed_in="false, 'seen'").replace(
        "is_submitted)", "is_submitted, reopened)"
    )
    with psycopg.connect(cluster().address(database, "ivy")) as connection:
        connection.execute(row)
        journal(connection, MARKED, kind="set mark", actor="Ivy Insider", role="member")
        with pytest.raises(REFUSED, match=r"does not touch sheets\.reopened"):
            connection.commit()
    cluster().drop(database)


def test_an_early_step_decides_no_line_for_which_a_later_one_is_needed() -> None:
    signing = SIGN_OFF.format(signed="'Cole Commander'", paper="false", by="'Cole Commander'")
    with signed_on("cole", template()) as connection:
        connection.execute(signing.replace("VALUES (1, 1, 1", "VALUES (1, 1, 0"))
        with pytest.raises(REFUSED, match="nobody else has to sign its amount"):
            connection.execute(
                "INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, amount_pence, "
                "reason, change_reason, conditions, is_exception, tied) "
                "VALUES (1, 1, 1, 'agree', 'fund', 1, '', '', '[]', false, false)"
            )


def test_the_check_tells_of_changes_that_can_be_left_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = checking._one
    monkeypatch.setattr(
        checking, "_one", lambda of, query, *v: "2" if "prepared" in query else asked(of, query, *v)
    )
    with cluster().connect(template()) as connection:
        found = checking.look(connection, None, utc_now()).faults

    assert any("can be left prepared" in fault for fault in found)
