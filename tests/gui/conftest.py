"""A window on a real record of the test's own, driven by keys and clicks."""

import shutil
from collections.abc import Generator, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import cli.deciding.explain  # noqa: F401  before a test gives it another sum to work with
from cli.sample.demo import RECORD_NAME
from gui.app import Window
from gui.dialogs import files
from gui.listed.page import ListedPage
from gui.pages.page import Identity
from gui.record import record_jobs
from gui.record.runner import InlineRunner, Runner
from gui.settings import Settings
from gui.shell.main_window import START
from gui.shell.rounds import Rounds
from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetUpOffice
from models.record import Opener, Record
from scoring.ranking import Ranking
from scoring.round import Round
from scoring.sensitivity.figures import Tick
from scoring.sensitivity.list_sensitivity import RoundSensitivity, round_sensitivity
from scoring.sensitivity.split import draw_test
from tests.demo import made_sample as made_sample_at
from tests.gui.builders import whole_round
from tests.gui.deciding import make_decided
from tests.gui.listed.page_user import OFFICER, PageUser, Uses
from tests.gui.looks import look_of
from tests.gui.pages.panel.scoring_rounds import made_scoring_record, scoring_file  # noqa: F401  fixtures
from tests.gui.pressing import release_all
from tests.gui.sealed_records import make_sealed
from tests.gui.unpainted import unpainted  # noqa: F401  a fixture of every test

DRAWS = 200
"""How many weights are drawn of a list, where the program draws thousands."""
_SURE: dict[tuple[Round, tuple[str, ...]], RoundSensitivity] = {}


class Opens(Protocol):
    """Makes a window on a runner; a record that is named is opened at once.

    `is_awaiting` makes it as it is while that record is being opened: blank, without the welcome.
    """

    def __call__(
        self, runner: Runner, record: Path | None = None, *, is_awaiting: bool = False
    ) -> Window: ...


@pytest.fixture(scope="session")
def made_sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted record with a round; never opened by a test."""
    return make_sealed(tmp_path_factory.mktemp("sealed") / "sealed.panel")


@pytest.fixture
def sealed(made_sealed: Path, tmp_path: Path) -> Path:
    """A copy of the encrypted record, of the test's own."""
    return Path(shutil.copy(made_sealed, tmp_path / "Sealed office.panel"))


@pytest.fixture(scope="session")
def made_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with one round of eight areas, closed; never opened by a test."""
    path = tmp_path_factory.mktemp("made") / "office.panel"
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(SetUpOffice("Office of Westmarch", ()), Actor("Priya Nair"))
        record.perform(LoadRound(whole_round()), Actor("Priya Nair"))
    return path


@pytest.fixture(scope="session")
def made_empty_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new record without a round, closed; never opened by a test."""
    path = tmp_path_factory.mktemp("empty") / "empty.panel"
    Record.create(path, Opener("Priya Nair", "tests")).close()
    return path


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample record as the demonstration makes it; never opened by a test."""
    return made_sample_at(tmp_path_factory.mktemp("sample") / RECORD_NAME)


@pytest.fixture
def record_path(made_record: Path, tmp_path: Path) -> Path:
    """A closed record of the test's own."""
    return Path(shutil.copy(made_record, tmp_path / "Grants office.panel"))


@pytest.fixture
def empty_record_path(made_empty_record: Path, tmp_path: Path) -> Path:
    """A closed record without a round."""
    return Path(shutil.copy(made_empty_record, tmp_path / "New office.panel"))


@pytest.fixture(autouse=True)
def plain_app(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the next test the application as it started: a look dresses all of it, and no key is held.

    No folder is shown.
    """
    monkeypatch.setattr(files, "_shown", lambda _: True)
    font, palette = qapp.font(), qapp.palette()
    yield
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)
    assert not release_all(), "the test left a mouse button held down"


@pytest.fixture
def dressed(qapp: QApplication) -> None:
    """Have parts that stand in no window of the program's look as they do there."""
    look_of(qapp)


@pytest.fixture(autouse=True)
def without_upkeep(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look through no pages and make no copy of a record that is opened; draw few weights, and once a list.

    A test of the copies asks for both with the mark `daily_copies`.
    """
    if request.node.get_closest_marker("daily_copies") is None:
        monkeypatch.setattr(record_jobs, "look_at_pages", lambda *_: False)
        monkeypatch.setattr(record_jobs, "begin_copy", lambda *_: None)
    monkeypatch.setattr("scoring.sensitivity.list_sensitivity.round_sensitivity", _sureness_once)
    monkeypatch.setattr("scoring.sensitivity.list_sensitivity.draw_test", partial(draw_test, count=DRAWS))


def _sureness_once(
    round_: Round, official: Ranking, members: Sequence[str], tick: Tick = None
) -> RoundSensitivity:
    key = (round_, tuple(members))
    if key not in _SURE:
        _SURE[key] = round_sensitivity(round_, official, members, tick)
    return _SURE[key]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings in a folder of the test's own."""
    kept = Settings(tmp_path / "settings")
    kept.person = "Priya Nair"
    return kept


_SHOWN: list[Window] = []
"""The windows of the test under way."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Hide a test's windows at its end: what would still be laid out there, nobody looks at."""
    try:
        return (yield)
    finally:
        for window in _SHOWN:
            window.main.hide()
        _SHOWN.clear()


@pytest.fixture
def opens(
    qapp: QApplication,
    qtbot: QtBot,
    settings: Settings,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Opens]:
    """Make a window on a runner; its record is closed at the end.

    Every record knows whom the settings name, but in a test with the mark `asks_who`.
    """
    made: list[tuple[Window, Runner]] = []
    is_nobodys = Rounds.is_nobodys
    if request.node.get_closest_marker("asks_who") is None:
        monkeypatch.setattr(
            Rounds, "is_nobodys", lambda rounds, name: not settings.person and is_nobodys(rounds, name)
        )

    def make(runner: Runner, record: Path | None = None, *, is_awaiting: bool = False) -> Window:
        window = Window(qapp, runner, settings, tmp_path if is_awaiting else record)
        window.main.resize(START)  # the screen here is smaller than those that windows are made for
        made.append((window, runner))
        _SHOWN.append(window)
        if is_awaiting:
            window.main.show()
        else:
            window.show()
        window.main.activateWindow()
        qapp.processEvents()  # a wait looks again after ten milliseconds
        qtbot.waitUntil(window.main.isActiveWindow)
        return window

    yield make
    for window, runner in made:
        if window in _SHOWN:  # the hook above is not called for tests of other folders
            _SHOWN.remove(window)
        window.main.hide()  # nobody looks at how it closes
        window.workspace.closed.disconnect(window.controller.welcome)
        done: list[bool] = []
        window.workspace.finish(lambda done=done: done.append(True))
        qapp.processEvents()
        qtbot.waitUntil(lambda done=done: bool(done))
        runner.finish()
        window.main.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(request: pytest.FixtureRequest, opens: Opens) -> Window:
    """A window with no record open, whose work is done inline; on the way to one it shows no welcome."""
    return opens(InlineRunner(), is_awaiting="opened" in request.fixturenames)


@pytest.fixture
def opened(window: Window, record_path: Path) -> Window:
    """A window on a record with one round, at its ranked list."""
    window.controller.open(record_path)
    window.main.tools.go("ranking")
    return window


@pytest.fixture(scope="session")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with decided awards, closed; never opened by a test."""
    return make_decided(tmp_path_factory.mktemp("decided") / "office.panel")


@pytest.fixture
def at(qapp: QApplication, settings: Settings, decided: Path, tmp_path: Path) -> Iterator[Uses]:
    """Use a page of a record of the test's own."""
    users: list[PageUser] = []

    def use(page: ListedPage[Any, Any], on: Path | None = None, as_: Identity = OFFICER) -> PageUser:
        own = Path(shutil.copy(on or decided, tmp_path / "office.panel"))
        users.append(PageUser(page, own, as_, settings))
        return users[-1]

    yield use
    for user in users:
        user.leave()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
