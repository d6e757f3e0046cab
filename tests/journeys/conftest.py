"""A user at a real window with a real record, watched for blocks of the event loop."""

from collections.abc import Callable, Hashable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.settings import Settings
from models.kept import Kept
from models.operation import Actor
from models.operations.office import SetUpOffice
from models.record import Opener, Record
from models.schemes import shipped_funds
from tests.gui.conftest import Opens, opens, plain_app  # noqa: F401  fixtures
from tests.journeys.keys import KeysOnly
from tests.journeys.user import CountedRunner, User
from tests.own_thread import pytest_runtest_protocol  # noqa: F401  a hook

OFFICER = "Grace Okoro"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a laptop on which the officer worked last."""
    kept = Settings(tmp_path / "settings")
    kept.person = OFFICER
    return kept


@pytest.fixture(autouse=True)
def kept_is_what_stands(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read again whatever is answered from what is kept, and fail a journey in which it was another."""
    plain, wrong = Kept.read, set[str]()

    def compared(kept: Kept, part: str, key: Hashable, read: Callable[[], object]) -> object:
        found = plain(kept, part, key, read)
        if found != read():
            wrong.add(part)
        return found

    monkeypatch.setattr(Kept, "read", compared)
    yield
    assert not wrong, f"kept, but no longer true: {', '.join(sorted(wrong))}"


@pytest.fixture
def user(
    opens: Opens,  # noqa: F811
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[User]:
    """Somebody at a window without a record; a block of half a second fails the journey at its end."""
    runner = CountedRunner()
    made = User(opens(runner), runner, qtbot, monkeypatch)
    yield made
    _tell_blocks(made)


@pytest.fixture
def keys(
    opens: Opens,  # noqa: F811
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[KeysOnly]:
    """Somebody without a mouse at a window without a record."""
    runner = CountedRunner()
    made = KeysOnly(opens(runner), runner, qtbot, monkeypatch)
    yield made
    _tell_blocks(made)


def _tell_blocks(user: User) -> None:
    print(user.watchdog.words())
    assert not user.watchdog.too_long, user.watchdog.words()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A new record with the two funds that ship, as “grant-panel new” makes it."""
    path = tmp_path / "office.panel"
    with Record.create(path, Opener(OFFICER, "tests")) as record:
        record.perform(SetUpOffice("Office of the Commissioner", shipped_funds()), Actor(OFFICER))
    return path
