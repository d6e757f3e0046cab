"""What others changed unseen is not written over; what is typed without a server waits on the computer."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from msgspec.structs import replace

from models.journal.local_drafts import KEY, LocalDrafts
from models.operation import Actor, Operation
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.set_up.areas import RenameArea
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.queries.panel.score_sheets import drafts
from models.queries.set_up.office import newest_office
from models.record import Opener, Record
from models.schema.base import METADATA
from models.store.places import ServerAddress, server_address
from models.store.postgres.guards import OVERWRITES, UNSEEN
from scoring.written.text import Refused
from tests.models.conftest import OFFICER, OPENER, TickingClock
from tests.models.rounds import load, refused, set_up_office, undo
from tests.models.store.locks.an_office import template
from tests.models.store.locks.test_signing_on import opened
from tests.server import cluster

PRIYA = Actor("Priya Nair")
WITHDRAWN = SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked")


def named(name: str) -> SetOfficeFacts:
    """Return a change that says nothing of what it replaces."""
    return SetOfficeFacts((FactChange("name", name),))


@pytest.fixture(scope="module")
def address() -> Iterator[ServerAddress]:
    """A record on the tests' server with a round in it, in which each test changes what no other does."""
    database = cluster().new_database()
    found = server_address(cluster().address(database))
    with Record.create(found, OPENER, clock=TickingClock()) as record:
        load(set_up_office(record))
    yield found
    cluster().drop(database)


@pytest.fixture
def mine(address: ServerAddress) -> Iterator[Record]:
    """The record as it is open here."""
    with Record.open(address, OPENER, clock=TickingClock()) as record:
        yield record


@pytest.fixture
def theirs(address: ServerAddress) -> Iterator[Record]:
    """The same record at Priya Nair's desk."""
    with Record.open(address, Opener("Priya Nair", "tests"), clock=TickingClock()) as record:
        yield record


@pytest.mark.parametrize(
    ("theirs_is", "mine_is"),
    [
        (named("Oxmere"), named("The office at Oxmere")),
        (WITHDRAWN, SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="merged")),
        (RenameArea(1, "Dudley", "Brierley"), RenameArea(1, "Dudley", "Netherton")),
    ],
    ids=("a fact", "an application", "an area"),
)
def test_the_same_thing_is_not_changed_over_what_was_not_seen(
    mine: Record, theirs: Record, theirs_is: Operation, mine_is: Operation
) -> None:
    seen = mine.head().seq
    done = theirs.perform(theirs_is, PRIYA)
    before = theirs.head()

    with pytest.raises(
        Refused, match=r"Priya Nair saved something on 3 November 2026, 1.*not seen here"
    ) as no:
        mine.perform(mine_is, OFFICER, seen=seen)

    assert theirs_is.kind in str(no.value)
    assert mine.head() == before
    undo(theirs, done)


def test_what_another_changed_since_is_not_taken_back_also_once_the_record_was_locked_meanwhile(
    mine: Record, theirs: Record, address: ServerAddress
) -> None:
    done = mine.perform(named("Oxmere"), OFFICER)
    theirs.ask(newest_office)
    theirs.perform(named("The office at Oxmere"), PRIYA)
    mine.ask(newest_office)

    refused(r"Priya Nair saved something .* after the change that is to be undone", undo, mine, done)

    assert mine.ask(newest_office).name == "The office at Oxmere"
    with Record.open(address, OPENER, clock=TickingClock()) as again:
        again.transactions.follow(mine.transactions)
        refused("Priya Nair saved something", undo, again, done)

    # Nor is it lost by two steps of undo.
    undo(mine, mine.perform(named("Oxmere and district"), OFFICER))
    refused("Priya Nair saved something", undo, mine, done)
    assert mine.ask(newest_office).name == "The office at Oxmere"


def test_a_step_is_taken_back_while_its_own_work_stands(mine: Record, theirs: Record) -> None:
    done = mine.perform(replace(WITHDRAWN, application="ACF-002"), OFFICER)
    theirs.perform(SetGate(1, "ACF-002", "cap", "pass"), PRIYA)

    undo(mine, undo(mine, done))


def test_no_row_of_any_table_is_written_over_unseen(address: ServerAddress) -> None:
    guarded = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'unseen' AND tgenabled = 'O'"
    with cluster().connect(address.database) as connection:
        there = {name for (name,) in connection.execute(guarded)}
        assert there == {table.name for table in METADATA.sorted_tables}
        connection.autocommit = False
        for name in ("applications", "areas", "criteria", "people", "rounds", "office_fact"):
            connection.execute(
                f"SELECT set_config('{UNSEEN}', (SELECT array_agg(xmin)::text FROM {name}), true)"
            )
            with pytest.raises(psycopg.Error) as no:
                connection.execute(f"DELETE FROM {name}")
            assert no.value.sqlstate == OVERWRITES
            connection.rollback()


def test_what_was_typed_is_on_the_server_once_it_is_signed_on_to_again_and_kept_here_no_longer(
    tmp_path: Path,
) -> None:
    database = cluster().new_database(template())
    with opened("mo", database) as record:
        kept = LocalDrafts.of(record, tmp_path)
        assert kept is not None
        kept.keep("reason/1", "half a sen")
        kept.keep("reason/2", "gone again")
        kept.keep("reason/2", "")
    (file,) = (tmp_path / "drafts").iterdir()
    content, mode = file.read_bytes(), file.stat().st_mode & 0o777

    with opened("mo", database) as record:
        record.drafts_here = kept = LocalDrafts.of(record, tmp_path)
        assert kept is not None
        found = record.ask(lambda session: drafts(session, "Mo Member", ""))
        left = list((tmp_path / "drafts").iterdir())
        kept.keep("reason/1", "half a sent")
        record.keep_draft("Mo Member", "reason/1", "half a sentence")
        after = kept.read()
        kept.keep("reason/1", "half a sen")
        file.write_bytes(b"none of ours")
        broken = kept.read()
    with opened("olive", database) as record:
        of_others = record.ask(lambda session: drafts(session, "Mo Member", ""))
    cluster().drop(database)

    assert (b"half" in content, mode) == (False, 0o600)
    assert {field: text for field, text in found.items() if field != KEY} == {"reason/1": "half a sen"}
    assert (left, of_others, after, broken) == ([], {}, {}, {})
