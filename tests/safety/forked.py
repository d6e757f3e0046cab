"""Programs that are killed: a server with all of it loaded forks one for each task, so that none waits.

A task is a function `name(*texts)` of a module; it prints lines and is killed, or comes to its end. It runs
in a process of its own, which was forked before any record was opened. All tests of a process share one
server, which loads a module as its first task is asked for.
"""

import atexit
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType

from msgspec import Struct, field

from models.store import definition
from models.store.record_file import newest_format
from tests.safety.key_strength import are_light, use_light_keys

ROOT = Path(__file__).parent.parent.parent
GONE = "gone "


class Ended(Struct, frozen=True):
    """What a task printed, and the signal or status that it ended with."""

    lines: tuple[str, ...]
    status: int


class Forks(Struct, frozen=True):
    """The server, as tests ask it for the tasks of one module."""

    module: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, task: str, *texts: object, until: int | None = None, wait: float = 0) -> Ended:
        """Run a task; kill it once it printed so many lines (None: never) and then some seconds went by."""
        number, lines = self._start(task, *texts), list[str]()
        if until == 0:
            _kill(number, wait)
        while not (line := _answer()).startswith(GONE):
            assert line, "the server itself came to its end"
            lines.append(line.rstrip("\n"))
            if len(lines) == until:
                _kill(number, wait)
        return Ended(tuple(lines), int(line.removeprefix(GONE)))

    @contextmanager
    def meanwhile(self, task: str, *texts: object) -> Iterator[None]:
        """Have a task run that told of one line, and kill it at the end."""
        number = self._start(task, *texts)
        told = _answer()
        assert not told.startswith(GONE), told
        try:
            yield
        finally:
            _kill(number, 0)
            assert _answer().startswith(GONE)

    def _start(self, task: str, *texts: object) -> int:
        environment = {**os.environ, **self.environment}
        order = [self.module, environment, are_light(), task, *map(str, texts)]
        print(json.dumps(order), file=_server().stdin, flush=True)
        return int(_answer())


def _answer() -> str:
    answers = _server().stdout
    assert answers is not None
    return answers.readline()


def _kill(number: int, wait: float) -> None:
    time.sleep(wait)
    os.kill(number, signal.SIGKILL)  # not reaped before it is told as gone: the number is still its own


@contextmanager
def forks(module: str, **environment: str) -> Iterator[Forks]:
    """Serve the tasks of a module, each with these variables set beside those that are set by then."""
    try:
        yield Forks(module, environment)
    except BaseException:
        os.killpg(_server().pid, signal.SIGKILL)  # with the task that it may be waiting for
        _server.cache_clear()
        raise


@cache
def _server() -> "subprocess.Popen[str]":
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.safety.forked"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    atexit.register(server.communicate)
    return server


def say(words: object) -> None:
    """Print a line whole or not at all: half of one would run into the next program's."""
    os.write(sys.stdout.fileno(), f"{words}\n".encode())


def killed_at(step: str, is_ours: Callable[[str], bool], *events: str) -> list[int]:
    """Kill this program at one of the steps from here on; return where their number so far is kept.

    A step is such an event of a function whose file is ours; at step 0 nothing is killed.
    """
    last = [0]

    def before(frame: FrameType, event: str, argument: object) -> None:
        if event in events and is_ours(frame.f_code.co_filename):
            last[0] += 1
            if last[0] == int(step):
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(before)
    return last


def serve() -> None:
    """Fork a child for each line that names a task, say its number, and then what it ended with."""
    definition.of_format(newest_format())  # worked out once, and not in each child that checks a record
    for line in sys.stdin:
        module, environment, *order = json.loads(line)
        tasks = importlib.import_module(module)
        child = os.fork()
        if not child:
            say(os.getpid())  # by the child, so that it comes before whatever the task says
            os._exit(_do(tasks, environment, *order))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        say(f"{GONE}{status}")


def _do(tasks: object, environment: Mapping[str, str], is_light: bool, name: str, *texts: str) -> int:
    try:
        os.environ.clear()
        os.environ.update(environment)
        tempfile.tempdir = None
        if is_light:
            use_light_keys()
        getattr(tasks, name)(*texts)
    except BaseException:  # noqa: BLE001  (the forked child must not go on as the server)
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    serve()
