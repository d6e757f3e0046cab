"""An older record on a server is brought up to date whole or not at all, with others connected."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.copies import office_server
from models.copies.office_server import bring_up_to_date
from models.journal.verify import verify
from models.operation import Actor
from models.record import Opener, Record
from models.store.places import ServerAddress, server_address
from models.store.postgres import transfer
from models.store.record_file import newest_format
from models.trouble import Trouble
from tests.models.rounds import load, set_up_office
from tests.models.store.locks.an_office import a_round
from tests.models.store.next_format import NEXT, next_program
from tests.server import cluster

ADA = Actor("Ada Administrator")
AT = datetime(2026, 12, 2, 9, tzinfo=UTC)
OPENER = Opener("Ada Administrator", "tests")
MIGRATES = "    op.execute(\"UPDATE draft SET text = 'migrated'\")\n"
"""What the next program's migration does here: the declared tables are today's."""


@pytest.fixture
def older(database: str, tmp_path: Path) -> Iterator[ServerAddress]:
    """A record with a round, locked, as a program of today left it; this one is of the next format."""
    address = server_address(database)
    with Record.create(address, OPENER) as record:
        set_up_office(record)
        load(record, a_round())
    with cluster().connect(address.database) as connection:
        connection.execute("INSERT INTO draft VALUES ('Ada Administrator', 'field', 'text', '2026-11-03')")
    with next_program(tmp_path, MIGRATES):
        yield address


def test_a_record_is_brought_up_to_date_with_others_connected(older: ServerAddress) -> None:
    with pytest.raises(Trouble, match="the command server prepare URL"):
        Record.open(older, OPENER)
    others = [cluster().connect(older.database) for _ in range(6)]

    found = bring_up_to_date(older, ADA, "tests", AT)
    again = bring_up_to_date(older, ADA, "tests", AT)

    assert (found, again) == (NEXT - 1, None)
    counts = [other.execute("SELECT count(*) FROM applications").fetchone() for other in others]
    assert counts == [(4,)] * 6
    with Record.open(older, OPENER) as record:
        assert record.head().seq == 4
        drafts = record.ask(lambda session: session.exec_driver_sql("SELECT text FROM draft").all())
        assert drafts == [("migrated",)]
        assert {check.name: check.words for check in verify(record).checks if not check.ok} == {}
    for other in others:
        other.close()


def test_what_fails_in_the_midst_leaves_the_record_as_it_was(
    older: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise Trouble("The server went away.")

    monkeypatch.setattr(transfer, "make_tables", stop)

    with pytest.raises(Trouble, match="went away"):
        bring_up_to_date(older, ADA, "tests", AT)

    with cluster().connect(older.database) as connection:
        told = connection.execute("SELECT version_num, (SELECT max(seq) FROM journal) FROM alembic_version")
        assert told.fetchone() == (f"{NEXT - 1:04}", 3)


def test_a_program_left_open_writes_nothing_into_another_format(database: str) -> None:
    address = server_address(database)
    newer = newest_format() + 1
    with Record.create(address, OPENER) as record:
        with cluster().connect(address.database) as connection:
            connection.execute(f"UPDATE public.alembic_version SET version_num = '{newer:04}'")

        with pytest.raises(Trouble, match="by a newer Grant Panel"):
            set_up_office(record)
        with pytest.raises(Trouble, match="by a newer Grant Panel"):
            office_server.bring_up_to_date(address, ADA, "tests", AT)
