"""A user at a real window with a real record, watched for blocks of the event loop."""

import shutil
import zlib
from collections.abc import Callable, Collection, Hashable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gui.settings import Settings
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.store.parts import By, Keys, Parts, Rows
from models.store.record_file import is_encrypted
from tests.gui.conftest import Opens, opens, plain_app, unpainted  # noqa: F401  fixtures
from tests.gui.pages.panel.scoring_rounds import made_scoring_record, scoring_file  # noqa: F401  fixtures
from tests.journeys.acting.keys import KeysOnly
from tests.journeys.acting.user import CountedRunner, User
from tests.journeys.acting.watchdog import FAILS_IN_THE_SUITE_OVER_MS, FAILS_OVER_MS
from tests.models.rounds import assert_replays
from tests.safety.table import Reached, Times

OFFICER = "Grace Okoro"


ONE_IN = 8
"""In the suite one in so many of the records that journeys leave is done over again; in full all of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have the records of every journey looked at after it."""
    here = Path(__file__).parent
    for item in (item for item in items if here in item.path.parents):
        item.add_marker(pytest.mark.safety(19))


@pytest.fixture(autouse=True)
def journals_give_the_tables(
    request: pytest.FixtureRequest, tmp_path: Path, times: Times, reached: Reached
) -> Iterator[None]:
    """After a journey, do the journal of each of its records over again: it must give the tables."""
    yield
    left = [path for path in tmp_path.rglob("*.panel") if not path.parent.name.endswith(".backups")]
    named = {f"{request.node.name} {path.name}": path for path in left}
    records = [path for name, path in named.items() if not zlib.crc32(name.encode()) % times(ONE_IN, 1)]
    for path in (path for path in records if not is_encrypted(path)):
        copy = Path(shutil.copy(path, path.with_suffix(".replayed")))
        with Record.open(copy, Opener(OFFICER, "tests")) as record:
            assert_replays(record)
    if records:
        reached("each record that a journey left: the journal done over gives its tables")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a laptop on which the officer worked last."""
    kept = Settings(tmp_path / "settings")
    kept.person = OFFICER
    return kept


@pytest.fixture(autouse=True)
def kept_is_what_stands(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Check again what is answered from what is kept, once after each kind of change; fail if it was another.

    Whether a part may stay follows from its tables and from those that a change wrote, so these are the kind.
    """
    plain, forget, wrong = Parts.read, Parts.forget, set[str]()
    compared_after: set[tuple[Hashable, frozenset[str]]] = set()
    written = frozenset[str]()

    def compared(
        parts: Parts, key: Hashable, load: Callable[[Keys], object], by: By = MappingProxyType({})
    ) -> object:
        was_read = key in parts._parts
        found = plain(parts, key, load, by)
        if was_read and (key, written) not in compared_after:
            compared_after.add((key, written))
            if found != load(frozenset()):
                wrong.add(str(key))
        return found

    def changed(parts: Parts, tables: Collection[str], rows: Rows = MappingProxyType({})) -> None:
        nonlocal written
        written = frozenset(tables)
        forget(parts, tables, rows)

    monkeypatch.setattr(Parts, "read", compared)
    monkeypatch.setattr(Parts, "forget", changed)
    yield
    assert not wrong, f"kept, but no longer true: {', '.join(sorted(wrong))}"


@pytest.fixture
def longest_ms(times: Times) -> int:
    """How long the window may answer nobody: in the suite as long as on a much slower computer."""
    return times(FAILS_IN_THE_SUITE_OVER_MS, FAILS_OVER_MS)


def somebody(kind: type[User]) -> Any:
    """Return a fixture: a user at a window without a record; a block that is too long fails at its end."""

    @pytest.fixture
    def at_a_window(
        opens: Opens,  # noqa: F811
        qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
        longest_ms: int,
    ) -> Iterator[User]:
        runner = CountedRunner()
        made = kind(opens(runner), runner, qtbot, monkeypatch)
        yield made
        print(made.watchdog.words())
        assert not made.watchdog.over(longest_ms), made.watchdog.words()

    return at_a_window


user = somebody(User)
keys = somebody(KeysOnly)  # has no mouse


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A new record with the two funds that ship, as “grant-panel new” makes it."""
    path = tmp_path / "office.panel"
    with Record.create(path, Opener(OFFICER, "tests")) as record:
        record.perform(SetUpOffice("Office of the Commissioner", shipped_funds()), Actor(OFFICER))
    return path
