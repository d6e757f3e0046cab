"""Who is at a record on a server, and what its administrator tells, is told to all and not forged."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from models.record import Opener, Record
from models.store.locks.server_notice import ServerNotice, set_notice
from models.store.places import server_address
from scoring.written.text import Refused
from tests.models.store.locks.an_office import signed_on, template
from tests.models.store.locks.test_signing_on import opened
from tests.server import cluster

KILLED = (
    "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND usename = %s AND query LIKE '%%locks.hold%%'"
)
"""Ends the listening connection of a login, and returns once it is gone."""


@pytest.fixture
def database() -> Iterator[str]:
    """A locked record of the test's own."""
    found = cluster().new_database(template())
    yield found
    cluster().drop(found)


def test_who_is_there_is_known_by_page_until_they_leave_or_say_nothing_more(database: str) -> None:
    with opened("olive", database) as olive, opened("mo", database) as mo:
        news, mos = olive.listen(), mo.listen()
        assert news is not None
        assert mos is not None
        mo.presence.announce("scoring")
        mo.presence.announce("panel")
        (here,), told = olive.presence.others()
        mo.close()
        gone, _ = olive.presence.others()
        olive.presence.announce("overview")
        with cluster().connect(database) as administrator:
            administrator.execute("UPDATE locks.presence SET seen_at = now() - interval '8 minutes'")
        with opened("cara", database) as cara:
            stale, _ = cara.presence.others()
            cara.presence.announce("overview")
        news.close()
        mos.close()

    assert (here.person, here.page, gone, stale) == ("Mo Member", "panel", (), ())
    assert told == ServerNotice()


def test_a_window_that_was_killed_is_there_no_longer_than_its_connection(database: str) -> None:
    with opened("olive", database) as olive, opened("mo", database) as mo:
        news, mos = olive.listen(), mo.listen()
        assert news is not None
        assert mos is not None
        mo.presence.announce("panel")
        olive.presence.announce("overview")
        there, _ = olive.presence.others()
        with cluster().connect(database) as administrator:
            administrator.execute(KILLED, ["mo"])
        olive.presence.announce("ranking")
        gone, _ = olive.presence.others()
        news.close()
        mos.close()

    assert ([one.person for one in there], gone) == (["Mo Member"], ())


@pytest.mark.parametrize(
    "forged",
    [
        "INSERT INTO locks.presence (login, place, person, page) VALUES ('olive', 'x', 'Olive Officer', '')",
        "INSERT INTO locks.presence (place, person, page) VALUES ('x', 'Olive Officer', '')",
        "INSERT INTO locks.presence (place, person, page) VALUES ('x', 'Mo Member' || repeat(' ', 200), '')",
        "UPDATE locks.presence SET seen_at = now() + interval '1 year'",
        "UPDATE locks.presence SET since = 'infinity'",
        "INSERT INTO locks.presence (place, person, page, since) VALUES ('x', 'Mo Member', '', '-infinity')",
        "INSERT INTO locks.presence (place, person, page, seen_at) VALUES ('x', 'Mo Member', '', 'infinity')",
        "UPDATE locks.presence SET login = 'olive'",
        "INSERT INTO locks.notice DEFAULT VALUES",
        "UPDATE locks.notice SET closes_at = NULL",
    ],
)
def test_nobody_says_it_of_another_or_speaks_for_the_administrator(forged: str) -> None:
    with signed_on("mo", template()) as connection:
        connection.execute(
            "INSERT INTO locks.presence (place, person, page) VALUES ('mine', 'Mo Member', '')"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(forged)


def test_a_record_that_is_closed_or_asks_for_a_newer_program_is_not_opened(database: str) -> None:
    with cluster().connect(database) as administrator, opened("olive", database) as olive:
        soon = datetime.now(UTC) + timedelta(minutes=10)
        set_notice(administrator, closes_at=soon, words="Back at 15:00.")
        _, told = olive.presence.others()
        opened("mo", database).close()
        set_notice(administrator, closes_at=soon - timedelta(hours=1))
        with pytest.raises(Refused, match=r"closed for maintenance since .* Back at 15:00\."):
            opened("mo", database)
        set_notice(administrator, closes_at=None, smallest_version="999.0.0")
        with pytest.raises(Refused, match=r"asks for Grant Panel 999\.0\.0 or later, and this is"):
            opened("mo", database)
        set_notice(administrator, smallest_version="0.0.1")
        opened("mo", database).close()

    assert (told.closes_at, told.is_too_new) == (soon, False)


def test_a_record_without_locks_is_opened_by_nobody() -> None:
    empty = server_address(cluster().address(cluster().new_database()))
    Record.create(empty, Opener("Ada Administrator", "tests")).close()

    with pytest.raises(Refused, match="has no locks, so it is not opened"):
        Record.sign_on(empty, Opener("Ada Administrator", "tests"))
    with Record.open(empty, Opener("Ada Administrator", "tests")) as record:
        record.presence.announce("overview")
        assert record.presence.others() == ((), ServerNotice())
    cluster().drop(empty.database)
