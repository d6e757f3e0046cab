"""A real record for each test: a copy of one template made once."""

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from models.operation import Actor, Operation, carried_out
from models.permissions.table import PERMISSIONS
from models.record import ON_SERVER, Opener, Record
from models.schema.base import METADATA
from models.session import Session
from models.store import chain as journal
from models.store.chain import JournalHead
from models.store.locks import policies
from models.store.locks.tables import LOCKS
from models.store.sqlite import engine
from models.transactions import Transactions
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.models.operations import deciding_rounds
from tests.models.operations.awards import varied_awards
from tests.models.operations.deciding import challenged
from tests.models.operations.meetings import at_meeting, scoring_round
from tests.models.operations.monitored_rounds import monitored_award
from tests.models.rounds import OFFICER, import_operation, load, set_up_office
from tests.models.server_records import server_record

OPENER = Opener("Grace Okoro", "tests")


class TickingClock:
    """A clock that starts on 3 November 2026 at 14:05 UTC and moves a second at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Days(TickingClock):
    """A clock that a day passes on each time it is looked at."""

    def __call__(self) -> datetime:
        self.now += timedelta(days=1)
        return self.now


WRITES = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)')


def alter(path: Path, *statements: str) -> None:
    """Change a closed record behind its back, as a database browser would."""
    with closing(dbapi2.connect(str(path), isolation_level=None)) as raw:
        for statement in statements:
            raw.execute(statement)


def tamper(path: Path, *statements: str) -> None:
    """Do the same as somebody would who knows the program: the guards taken off are put back."""
    guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    with closing(dbapi2.connect(str(path), isolation_level=None)) as raw:
        before = raw.execute(guards).fetchall()
    alter(path, *statements)
    with closing(dbapi2.connect(str(path), isolation_level=None)) as raw:
        left = dict(raw.execute(guards).fetchall())
        for name, statement in before:
            if name not in left:
                raw.execute(statement)


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and the time of change of every file of a folder."""
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir() if p.is_file()}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new record of the newest format, closed."""
    path = tmp_path_factory.mktemp("template") / "template.panel"
    Record.create(path, OPENER, clock=TickingClock()).close()
    return path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that is marked so with a record in a file and with one on a server.

    All of them run on a server with GRANT_PANEL_TEST_STORE=server, which takes long; these do in every run.
    """
    is_marked = metafunc.definition.get_closest_marker("both_engines") is not None
    if is_marked and "record" in metafunc.fixturenames and "GRANT_PANEL_TEST_STORE" not in os.environ:
        metafunc.parametrize("record", ["file", "server"], indirect=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Pass over on a server what is done with a file alone, and refused there."""
    try:
        return (yield)
    except Refused as no:
        if "GRANT_PANEL_TEST_STORE" in os.environ and ON_SERVER.partition("{}")[2] in str(no):
            pytest.skip(str(no))
        raise


@pytest.fixture(scope="session", autouse=True)
def _touches_what_its_kind_may() -> Iterator[None]:
    """Let no change of a test write a table that the locks of a server do not let its kind touch."""
    carry_out, under_way = journal.carry_out, list[set[str]]()

    def watched(
        session: Session, after: JournalHead, operation: Operation, actor: Actor, at: datetime
    ) -> Any:
        under_way.append(set())
        try:
            done = carry_out(session, after, operation, actor, at)
        finally:
            written = under_way.pop()
        if operation.kind in PERMISSIONS and policies.granted(operation.kind):
            other = written & LOCKS.keys() - set(policies.touched(operation.kind))
            assert not other, f"“{operation.kind}” writes {other}: name it in resources/server/locks.toml"
        return done

    def note(connection: object, cursor: Any, statement: str, *_: object) -> None:
        found = WRITES.match(statement) if under_way and cursor.rowcount else None
        if found is not None:
            under_way[-1].add(found[1])

    event.listen(Engine, "after_cursor_execute", note)
    journal.carry_out = watched
    yield
    journal.carry_out = carry_out
    event.remove(Engine, "after_cursor_execute", note)


_ANEW = {"attachments", "instalments", "rounds", "schemes", "journal", "draft"}
"""Tables whose rows say who ticks, pays, opens or types something, which whoever undoes does anew."""
_NO_INVERSE = {"change direct award", "remove round"}
"""What is undone by a proposal of its own, or by loading a workbook."""


def who_and_when(session: Session) -> dict[str, list[str]]:
    """Return what the rows of each table say of who put them in, and of days."""
    tables = [table for table in METADATA.sorted_tables if table.name not in _ANEW]
    of = {table: [one for one in table.c if one.name[-3:] in ("_by", "_at", "_on")] for table in tables}
    return {table.name: sorted(map(repr, session.execute(select(*of[table])))) for table in of if of[table]}


@pytest.fixture(scope="session", autouse=True)
def _undone_in_a_copy() -> Iterator[None]:
    """Have the first change of a kind in a file undone in a copy, on a later day by somebody else."""
    perform, seen = Transactions.perform, set[tuple[str, str]]()

    def watched(self: Any, operation: Operation, beside: Any, actor: Actor, known: int | None) -> Any:
        one = operation.kind, os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]
        is_copied = not (self._store.is_shared or self.is_rehearsal)  # within which nobody copies the file
        if one not in seen and operation.kind not in _NO_INVERSE and is_copied:
            seen.add(one)
            at, passed = self.head.at or datetime.now(UTC), (Refused, Trouble, ValueError, DBAPIError)
            with closing(engine.scratch()) as raw, suppress(*passed, dbapi2.Error):  # of an encrypted one
                self._store.raw.backup(raw)
                with engine.engine_on(raw).connect() as scratch:
                    before, done = who_and_when(scratch), carried_out(scratch, operation, actor, at)
                    if done.inverse is not None:
                        carried_out(scratch, done.inverse, Actor("Zed Another"), at + timedelta(days=3))
                        assert who_and_when(scratch) == before, operation.kind
        return perform(self, operation, beside, actor, known)

    Transactions.perform = watched  # type: ignore[method-assign]
    yield
    Transactions.perform = perform  # type: ignore[method-assign]


@pytest.fixture
def record_path(template: Path, tmp_path: Path) -> Path:
    """A closed record of the test's own."""
    return Path(shutil.copy(template, tmp_path / "office.panel"))


@pytest.fixture
def clock() -> TickingClock:
    """The clock of the test's own record."""
    return TickingClock()


@pytest.fixture
def record(request: pytest.FixtureRequest, clock: TickingClock) -> Iterator[Record]:
    """An open record of the test's own, on a clock of its own: in a file, or where asked for on a server."""
    is_of_file = "record_path" in request.fixturenames or request.node.get_closest_marker("of_a_file")
    everywhere = "file" if is_of_file else os.environ.get("GRANT_PANEL_TEST_STORE", "file")
    place = getattr(request, "param", everywhere)
    address = server_record() if place == "server" else request.getfixturevalue("record_path")
    with Record.open(address, OPENER, clock=clock) as opened:
        yield opened


def brought_to(build: Callable[[Record], Record]) -> Any:
    """Return a fixture: the test's own record, which was brought to a state."""

    @pytest.fixture
    def state(record: Record) -> Record:
        return build(record)

    return state


office = brought_to(set_up_office)  # an office and its two funds
scoring = brought_to(scoring_round)  # a round without marks, of which one area is being scored
gathered = brought_to(at_meeting)  # a round, of which one area is at its meeting
recommended = brought_to(deciding_rounds.recommended)  # something is recommended of each application
signed = brought_to(deciding_rounds.signed)  # a round that the chair signed and nobody decided
upheld = brought_to(challenged.upheld)  # a decided round in which a challenge to the third line was upheld
monitored = brought_to(monitored_award)  # what is agreed, planned, reported and seen of the first award
half_paid = brought_to(varied_awards.half_paid)  # a decided round with half of its first award paid


@pytest.fixture
def taken_in(office: Record) -> Record:
    """The same with a round into which three applications were taken."""
    office.perform(import_operation(), OFFICER)
    return office


@pytest.fixture
def loaded(office: Record) -> Record:
    """The same with a round of something of everything that a workbook holds."""
    load(office)
    return office


@pytest.fixture
def decided(record: Record) -> Record:
    """The test's own record with a round that is decided."""
    deciding_rounds.decided(record)
    return record
