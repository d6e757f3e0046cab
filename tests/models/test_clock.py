"""A clock that dates no row for ever: it is doubted, or another time is used and told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.command import main
from models import clock, transactions
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
from models.record import Opener, Record
from models.store.places import server_address
from models.store.postgres.store import PostgresStore
from tests.models.store.locks.an_office import template
from tests.server import cluster

NEWEST = datetime(2026, 12, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (NEWEST + timedelta(days=400), ""),
        (NEWEST + timedelta(days=401), "401 days after the newest change of the record"),
        (NEWEST + timedelta(days=2_000), "2,000 days after the newest change"),
        (NEWEST - timedelta(minutes=60), ""),
        (NEWEST - timedelta(minutes=61), "before the newest change of the record, 2 December 2026"),
        (NEWEST - timedelta(days=3), "before the newest change of the record, 2 December 2026"),
    ],
)
def test_a_clock_before_the_newest_change_or_long_after_it_is_doubted(now: datetime, words: str) -> None:
    assert words in clock.doubt(now, NEWEST)
    assert bool(words) == bool(clock.doubt(now, NEWEST))


def test_a_clock_long_after_the_release_is_doubted() -> None:
    at = datetime(2031, 12, 1, tzinfo=UTC)

    assert "more than five years after this program was released" in clock.doubt(at, at)
    assert clock.doubt(datetime(2031, 11, 1, tzinfo=UTC), None) == ""


@pytest.mark.parametrize("wrong", [timedelta(days=-3), timedelta(days=401)])
def test_a_command_changes_nothing_by_a_clock_that_is_doubted_unless_it_is_right(
    wrong: timedelta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "office.panel"
    made = clock.utc_now() - wrong
    with Record.create(path, Opener("Grace Okoro", "tests"), clock=lambda: made) as record:
        record.perform(SetUpOffice("Office of Westmarch", ()), Actor("Grace Okoro"))
    change = ["office", str(path), "--set", "contact_name=Con Tact"]
    monkeypatch.setattr(transactions, "doubt", clock.doubt)

    assert main(change) == 1
    assert "Put the clock right, or add --clock-is-right. Nothing was changed." in capsys.readouterr().err
    assert main(["office", str(path)]) == 0
    assert main([*change, "--clock-is-right"]) == 0
    with Record.open(path, Opener("Grace Okoro", "tests")) as record:
        assert record.transactions.head.at is not None
        assert record.transactions.head.at >= made


def test_on_a_server_its_time_is_used_and_a_clock_apart_from_it_is_told() -> None:
    database = cluster().new_database(template())
    address = cluster().address(database, "olive")

    store = PostgresStore.join(server_address(address))
    with Record(store, lambda: datetime(2001, 1, 1, tzinfo=UTC)) as record:
        told, doubt, now = (
            record.transactions.clock_told,
            record.transactions.clock_doubt,
            record.transactions.now(),
        )

    assert "shows 1 January 2001" in told
    assert (doubt, now > NEWEST - timedelta(days=2_000)) == ("", True)
    cluster().drop(database)
