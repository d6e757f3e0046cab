"""A record on an office server: made, changed by several at once, heard of, and refused where it must be."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from msgspec.structs import replace
from sqlalchemy import insert, select, text

from models.copies.office_server import copy_to_file, load
from models.journal.verify import verify
from models.operation import Actor
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetUpOffice
from models.queries.set_up.funds import fund_list
from models.queries.set_up.office import newest_office
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.schema.journal import draft_table
from models.store.places import ServerAddress, server_address
from models.store.postgres import connecting
from models.store.postgres.connecting import ServerListener
from models.store.postgres.store import PostgresStore
from models.store.postgres.troubles import NOT_SAVED, ConnectionLost, at_sign_on, is_trouble, trouble_of
from models.store.store import Planned
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.models.conftest import OFFICER, OPENER, TickingClock, alter
from tests.models.rounds import refused
from tests.models.server_records import server_record
from tests.patience import PATIENCE_SECONDS
from tests.server import cluster

DAY = datetime(2026, 11, 3, tzinfo=UTC)
REST = "at, actor, role, kind, digest, prev, sha256(hash)"
OFFICE = SetUpOffice("Office of the Police and Crime Commissioner for Oxmere", shipped_funds())

ROOT = Path(__file__).parents[4]
SAVING = """
import sys
from models.operation import Actor
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.record import Opener, Record
from models.store.places import server_address
from scoring.written.text import Refused
with Record.open(server_address(sys.argv[1]), Opener("Priya Nair", "tests")) as record:
    while True:
        name = f"Office {record.head().seq + 1}"
        try:
            record.perform(SetOfficeFacts((FactChange("name", name),)), Actor("Priya Nair"))
        except Refused as refusal:  # another changed the name since the head was read: look, and do it again
            assert "was not seen here yet" in str(refusal), refusal
        else:
            print(record.last_row, flush=True)
"""
"""A program that saves again and again, and says so each time that it was saved."""


def killed_after(saves: int, program: "subprocess.Popen[str]") -> list[int]:
    """Kill a program when it has saved so often; return all rows that it was told are saved."""
    assert program.stdout is not None
    told = [int(program.stdout.readline()) for _ in range(saves)]
    program.kill()
    return [*told, *(int(line) for line in program.communicate()[0].splitlines())]


def named(name: str) -> SetOfficeFacts:
    return SetOfficeFacts((FactChange("name", name),))


@pytest.fixture
def address() -> ServerAddress:
    """The address of a new record on the tests' server."""
    return server_record()


@pytest.fixture
def office(address: ServerAddress) -> Iterator[Record]:
    """The record, in which the office is set up in row 2."""
    with Record.open(address, OPENER, clock=TickingClock()) as record:
        record.perform(OFFICE, OFFICER)
        yield record


@pytest.fixture
def empty(database: str) -> ServerAddress:
    """The address of a database with nothing in it."""
    return server_address(database)


def test_two_change_one_record_and_each_meets_what_the_other_did(address: ServerAddress) -> None:
    with (
        Record.open(address, OPENER, clock=TickingClock()) as one,
        Record.open(address, Opener("Priya Nair", "tests"), clock=TickingClock()) as other,
    ):
        one.transactions.prepare(OFFICE, OFFICER)
        assert other.head().seq == 1, "what is prepared is not done"
        one.perform(OFFICE, OFFICER)
        assert other.ask(newest_office).name == OFFICE.name
        other.perform(named("The office at Oxmere"), Actor("Priya Nair"))
        assert one.ask(newest_office).name == "The office at Oxmere"
        one.perform(named("Oxmere"), OFFICER)

        assert other.ask(newest_office).name == "Oxmere"
        assert (one.head(), one.head().seq) == (other.head(), 4)
        assert verify(one).sound


def test_several_rows_at_once_are_planned_and_what_would_rest_on_them_is_not_read(
    address: ServerAddress,
) -> None:
    store = PostgresStore.join(address)
    rows = [
        {"person": "Grace Okoro", "field": field, "text": "half", "typed_at": DAY} for field in ("a", "b")
    ]

    with store.planning() as session:
        session.execute(insert(draft_table), rows)
        with pytest.raises(Planned):
            session.execute(select(draft_table))

    with store.reading() as session:
        assert session.execute(select(draft_table)).all() == []
    store.close()


def test_a_connection_to_hear_by_is_closed_once_nobody_reads_it(
    address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = ServerListener(address)
    connection = listener._connection
    reads, goes_on = Event(), Event()

    def read_slowly(**_: object) -> tuple[()]:
        reads.set()
        assert goes_on.wait(PATIENCE_SECONDS)
        return ()

    monkeypatch.setattr(connection, "notifies", read_slowly)
    reader = Thread(target=listener.heard)
    reader.start()
    assert reads.wait(PATIENCE_SECONDS)
    listener.close()
    was_closed = connection.closed
    goes_on.set()
    reader.join()

    assert (was_closed, connection.closed) == (False, True)


@pytest.mark.usefixtures("office")
def test_the_tables_guard_themselves_against_whoever_writes_past_the_program(address: ServerAddress) -> None:
    with cluster().connect(address.database) as raw:
        for statement in (
            "UPDATE journal SET actor = 'Somebody'",
            "DELETE FROM journal",
            "DELETE FROM journal_body",
            f"INSERT INTO journal SELECT seq + 5, {REST} FROM journal",
            f"INSERT INTO journal SELECT seq + 1, {REST} FROM journal WHERE seq = 2",
        ):
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                raw.execute(statement)


def test_a_record_goes_to_a_server_and_back_with_the_same_journal(
    record: Record, empty: ServerAddress, tmp_path: Path
) -> None:
    record.perform(OFFICE, OFFICER)
    head = load(record, empty)
    with Record.open(empty, OPENER) as there:
        sound = verify(there).sound
    back, _ = copy_to_file(empty, tmp_path / "back.panel", "correct horse battery staple")

    assert (head, back, sound) == (record.head(), record.head(), True)
    with Record.open(tmp_path / "back.panel", OPENER, key="correct horse battery staple") as copy:
        assert verify(copy).sound


def test_what_was_changed_past_the_journal_is_not_loaded(
    record: Record, empty: ServerAddress, record_path: Path
) -> None:
    record.perform(OFFICE, OFFICER)
    record.close()
    alter(record_path, "UPDATE funds SET code = 'XX' WHERE id = 1")

    with Record.open(record_path, OPENER) as altered, pytest.raises(Trouble, match="Table funds, id 1"):
        load(altered, empty)

    with pytest.raises(Trouble, match="There is no record in"):
        Record.open(empty, OPENER)


def test_what_was_done_past_the_journal_or_to_the_guards_is_found(
    office: Record, address: ServerAddress
) -> None:
    with cluster().connect(address.database) as raw:
        raw.execute("UPDATE funds SET code = 'XX' WHERE id = 1")
        raw.execute("CREATE VIEW spy AS SELECT 1 AS one")
        raw.execute("ALTER TABLE journal DISABLE TRIGGER journal_no_update")
        found = {check.name: check.words for check in verify(office).checks if not check.ok}
        raw.execute("DROP VIEW spy")
        raw.execute("ALTER TABLE journal ENABLE TRIGGER journal_no_update")

    assert found["replay"].startswith("Table funds, id 1, column code: the record says 'XX'")
    assert "the table “spy” is not the program's" in found["definition"]
    assert "the trigger “journal_no_update” is missing or off" in found["definition"]


def test_a_record_is_made_in_an_empty_database_alone_and_refused_in_another_format(
    empty: ServerAddress,
) -> None:
    with pytest.raises(Trouble, match="There is no record in record_"):
        Record.open(empty, OPENER)
    Record.create(empty, OPENER, clock=TickingClock()).close()

    with pytest.raises(Trouble, match=r"There is a record in record_.* already"):
        Record.create(empty, OPENER)
    for statement, said in (
        (
            "UPDATE alembic_version SET version_num = '9000'",
            "was brought to format 9000 by a newer Grant Panel",
        ),
        ("UPDATE alembic_version SET version_num = '0000'", "is of format 0, and this program needs"),
        (
            "ALTER TABLE journal_head DROP COLUMN application_id",
            "was made by a Grant Panel from before the first release",
        ),
    ):
        with cluster().connect(empty.database) as raw:
            raw.execute(statement)

        with pytest.raises(Trouble, match=said):
            Record.open(empty, OPENER)


def test_nobody_there_no_such_database_and_no_such_login_are_each_a_sentence(empty: ServerAddress) -> None:
    nobody = server_address("postgresql://priya@/grants?host=/nowhere")
    for address, said in (
        (nobody, "The server on this computer was not reached. Nothing was changed. Check the address"),
        (replace(empty, database="grants"), "There is no database “grants” on the server on this computer"),
        (replace(empty, login="priya"), "did not let you sign on as priya"),
    ):
        with pytest.raises(Trouble, match=said):
            Record.open(address, OPENER)

    # A database ordered otherwise or of another program is refused.
    with cluster().connect(empty.database) as raw:
        raw.execute("CREATE TABLE plumbing (id int)")
    with pytest.raises(Trouble, match="holds tables of another program"):
        Record.create(empty, OPENER)
    with cluster().connect() as raw:
        raw.execute("CREATE DATABASE by_rules TEMPLATE template0 ENCODING 'LATIN1'")
    with pytest.raises(Trouble, match="lists would not come out the same"):
        Record.create(server_address(cluster().address("by_rules")), OPENER)
    cluster().drop("by_rules")


def test_a_connection_that_is_lost_loses_no_more_than_the_change_that_was_under_way(
    address: ServerAddress,
) -> None:
    with Record.open(address, OPENER, clock=TickingClock()) as record:
        record.ask(fund_list)
        _end_connections()
        with pytest.raises(ConnectionLost, match=r"was lost\. Try again when the server answers"):
            record.ask(fund_list)
        record.ask(fund_list)
        _end_connections()
        with pytest.raises(
            ConnectionLost, match=r"was lost\. The last change was not saved; nothing was lost"
        ):
            record.perform(OFFICE, OFFICER)

        record.perform(OFFICE, OFFICER)

        assert record.head().seq == 2


def _end_connections() -> None:
    with cluster().connect() as raw:
        ours = "SELECT pid FROM pg_stat_activity WHERE application_name = 'Grant Panel'"
        raw.execute(f"SELECT pg_terminate_backend(pid) FROM ({ours}) AS ours")


def test_what_only_a_file_can_and_a_text_with_a_nul_are_refused_in_a_sentence(address: ServerAddress) -> None:
    with Record.open(address, OPENER) as record:
        with pytest.raises(Refused, match="is on an office server, where this is not done from here"):
            record.change_key("correct horse battery staple", OFFICER)
        assert (record.is_copy, record.is_encrypted, record.copies.make_if_due()) == (False, False, None)
        assert (record.copies.keep_before("merge"), record.copies.steps_if_due()) == (None, None)
        record.check_pages()
        refused("holds a character that cannot be stored", record.keep_draft, "Grace Okoro", "reason", "a\0b")
        record.keep_draft("Grace Okoro", "reason", "ab")


@pytest.mark.parametrize("is_saved", [True, False])
def test_a_change_of_which_the_server_gave_no_answer_is_never_saved_twice(
    address: ServerAddress, monkeypatch: pytest.MonkeyPatch, *, is_saved: bool
) -> None:
    with Record.open(address, OPENER, clock=TickingClock()) as record:
        commit = psycopg.Connection.commit

        def go_under(connection: "psycopg.Connection[object]") -> None:
            if is_saved:
                commit(connection)
            connection.close()
            raise psycopg.OperationalError("the server closed the connection")

        with monkeypatch.context() as patch:
            patch.setattr(psycopg.Connection, "commit", go_under)
            with pytest.raises(ConnectionLost, match="never saved twice"):
                record.perform(OFFICE, OFFICER)
        outcome = record.perform(OFFICE, OFFICER)

        assert outcome.inverse is None
        assert (record.head().seq, record.own_rows) == (2, {2})
        assert verify(record).sound


def test_a_server_that_stands_still_is_not_waited_for_without_end(
    address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(address, OPENER) as record:
        standing = record.ask(lambda session: session.scalar(text("SELECT pg_backend_pid()")))
        os.kill(standing, signal.SIGSTOP)
        try:
            with monkeypatch.context() as patch:
                patch.setattr(connecting, "PATIENCE_SECONDS", 0.05)
                with pytest.raises(ConnectionLost, match="was lost"):
                    record.ask(newest_office)
        finally:
            os.kill(standing, signal.SIGCONT)

        assert record.head().seq == 1


@pytest.mark.soak
def test_forty_at_work_who_are_killed_one_by_one_write_one_journal_and_lose_nothing(
    office: Record, address: ServerAddress
) -> None:
    saving = [sys.executable, "-c", SAVING, str(address)]
    programs = [subprocess.Popen(saving, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(40)]

    told = [row for number, program in enumerate(programs) for row in killed_after(10 + number % 7, program)]

    assert len(told) == len(set(told))
    rows = office.head().seq
    assert set(told) <= set(range(3, rows + 1))
    assert rows - 2 - len(told) <= len(programs)  # at most one each was saved and not told
    assert verify(office).sound


def test_a_server_that_cannot_tell_of_changes_or_has_no_room_for_more_locks_says_so_in_words() -> None:
    address = ServerAddress("db.example", "record", "mo")
    untold = psycopg.OperationalError("too many notifications in the NOTIFY queue")
    untold.sqlstate = "54000"
    full = psycopg.errors.OutOfMemory("out of shared memory\nHINT: You might need to …")

    for error, words in (
        (untold, "keeps it from telling anybody"),
        (full, "has no room for more (out of shared memory)."),
    ):
        told = str(trouble_of(error, address))
        assert is_trouble(error)
        assert words in told
        assert NOT_SAVED in told
    at_once = at_sign_on(psycopg.OperationalError("FATAL:  out of shared memory"), address)
    assert "accepts no more connections" in str(at_once)
