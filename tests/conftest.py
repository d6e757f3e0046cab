"""What holds for every test: no display, no fonts or home folder of the computer's, no logged warning."""

import atexit
import gc
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

gc.disable()  # until all tests are collected: what is imported is not thrown away
HOME = Path(tempfile.mkdtemp(prefix="grant-panel-home-"))
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
"""Where Linux keeps files in memory; tests write there if they may run programs in it, with so much free."""
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).parent / "data" / "fonts" / "none.conf")
for display in ("DISPLAY", "WAYLAND_DISPLAY"):
    os.environ.pop(display, None)
for folder in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
    os.environ[folder] = str(HOME)
os.environ.setdefault("GRANT_PANEL_TESTS_KEEP", str(HOME / "kept"))  # one for all processes of a run
for folder in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
    os.environ[folder] = str(HOME / folder.lower())


def has_room(folder: Path) -> bool:
    """Whether tests may write into this folder, run what they wrote, and find room for it."""
    try:
        found = os.statvfs(folder)
    except (OSError, AttributeError):  # no such folder, or Windows
        return False
    may_run = os.access(folder, os.W_OK) and not found.f_flag & os.ST_NOEXEC
    return may_run and found.f_bavail * found.f_frsize > ROOM


if has_room(MEMORY):  # a record is synced to its disk at every change: half of the time of many tests
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

import pytest  # noqa: E402 (the environment comes first: Qt and the folders are read from it once)
from hypothesis import HealthCheck, settings  # noqa: E402
from hypothesis.internal.conjecture import providers  # noqa: E402
from hypothesis.internal.constants_ast import Constants  # noqa: E402

from tests.coverage_gate import Gate  # noqa: E402

GATE = Gate()
sys.meta_path.insert(0, GATE.probes)  # before anything imports the packages that it is to judge

from tests.exchange.forked_readers import use_forked_readers  # noqa: E402
from tests.models.made_once import copy_new_tables  # noqa: E402
from tests.models.replayed_once import replay_beginnings_once  # noqa: E402
from tests.own_thread import has_window, pytest_runtest_protocol  # noqa: E402, F401  a hook
from tests.patience import wait_patiently  # noqa: E402
from tests.safety import table  # noqa: E402
from tests.safety.key_strength import full_keys, use_light_keys  # noqa: E402

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

pytest_plugins = ("tests.server",)
STEADY = settings(
    deadline=None, max_examples=50, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("panel", STEADY, derandomize=True)
"""The same examples in every run, so that a whole run does not fail by chance; the soak tries others."""
settings.register_profile("soak", STEADY, max_examples=2000)


LONGEST = (
    "test_story.py",
    "test_acf_round.py",
    "test_screenshots.py",
    "test_accessibility.py",
    "test_papers_hostile.py",
    "test_keys.py",
    "test_another_force.py",
    "test_rounds.py",
    "test_encrypted.py",
    "test_exports_papers.py",
    "test_how_scored.py",
    "test_first_run.py",
    "test_challenges.py",
    "test_monkey.py",
    "test_dialogs.py",
    "test_reading.py",
)
"""Files in which a test takes more than four seconds."""


class Gathered(logging.Handler):
    """A handler that keeps what is logged at WARNING or above, as sentences."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.words.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples a property is tried on; have the table of safety and branches counted."""
    settings.load_profile("soak" if table.is_full(config) else "panel")
    if not table.is_full(config):
        providers._get_local_constants = Constants  # else examples depend on the modules that are loaded
    config.pluginmanager.register(table, "table of safety")
    config.pluginmanager.register(GATE, "gate of branch coverage")
    use_light_keys()
    copy_new_tables()
    replay_beginnings_once()
    use_forked_readers()
    wait_patiently()


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Import the tests of a whole run, in each process from another one on.

    Assertions are rewritten and compiled where that was not done before: a part of them in each process.
    """
    is_whole = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    worker, workers = (os.environ.get(f"PYTEST_XDIST_WORKER{of}", "") for of in ("", "_COUNT"))
    if is_whole and worker:
        paths = sorted(Path(__file__).parent.rglob("test_*.py"))
        first = len(paths) * int(worker.removeprefix("gw")) // int(workers)
        for path in paths[first:] + paths[:first]:
            with suppress(Exception):  # what cannot be imported is told as it is collected
                import_module(".".join(path.relative_to(session.config.rootpath).with_suffix("").parts))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the tests that take longest, so that none of them is what all wait for at the end.

    A test of the window has a second try, but in the soak: on a busy computer Qt may lay out or scroll an
    event later than a test looks. Which ones needed it is listed at the end, to be mended.
    """
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items if not table.is_full(config) else ():
        if has_window(item):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why each test that needed its second try failed at the first: it is to be mended, or the window."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"the first try of {report.nodeid}", sep="-")
        terminalreporter.write_line(report.longreprtext)


def pytest_collection_finish() -> None:
    """Look through the tests and modules for unused objects no more: none of them goes before the end."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def clocks_are_right() -> Iterator[None]:
    """Let the clock of whatever year the tests run in pass for right beside records of theirs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.transactions.doubt", lambda *_: "")
        yield


@pytest.fixture(autouse=True)
def keys_are_light_and_nothing_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Make keys of passphrases lightly, but in a test that is marked; fail it if a warning was logged."""
    gathered = Gathered()
    logging.getLogger().addHandler(gathered)
    with full_keys() if request.node.get_closest_marker("full_keys") else nullcontext():
        yield
    logging.getLogger().removeHandler(gathered)
    assert not gathered.words, "logged during the test: " + "; ".join(gathered.words)


@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "QApplication":
    """The one application, in English as the program makes it."""
    from gui.app import keep_english  # most tests need no window

    keep_english()
    return qapp
