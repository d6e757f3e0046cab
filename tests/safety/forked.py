"""Programs that are killed: a server with all of it loaded forks one for each task, so that none waits.

A task is a function `name(*texts)` of a module; it prints lines and is killed, or comes to its end. It runs
in a process of its own, which was forked before any record was opened.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.safety.key_strength import are_light, use_light_keys

ROOT = Path(__file__).parent.parent.parent
GONE = "gone "


@dataclass(frozen=True, slots=True)
class Ended:
    """What a task printed, and the signal or status that it ended with."""

    lines: tuple[str, ...]
    status: int


@dataclass(frozen=True, slots=True)
class Forks:
    """The server, as tests ask it."""

    orders: IO[str]
    answers: IO[str]

    def run(self, task: str, *texts: object, until: int | None = None, wait: float = 0) -> Ended:
        """Run a task; kill it once it printed so many lines (None: never) and then some seconds went by."""
        print(json.dumps([are_light(), task, *map(str, texts)]), file=self.orders, flush=True)
        number, lines = int(self.answers.readline()), list[str]()
        if until == 0:
            _kill(number, wait)
        while not (line := self.answers.readline()).startswith(GONE):
            assert line, "the server itself came to its end"
            lines.append(line.rstrip("\n"))
            if len(lines) == until:
                _kill(number, wait)
        return Ended(tuple(lines), int(line.removeprefix(GONE)))


def _kill(number: int, wait: float) -> None:
    time.sleep(wait)
    os.kill(number, signal.SIGKILL)  # not reaped before it is told as gone: the number is still its own


@contextmanager
def forks(module: str, **environment: str) -> Iterator[Forks]:
    """Serve the tasks of a module."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.safety.forked", module],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield Forks(server.stdin, server.stdout)
            server.stdin.close()
        except BaseException:
            os.killpg(server.pid, signal.SIGKILL)  # with the task that it may be waiting for
            raise


def say(words: object) -> None:
    """Print a line whole or not at all: half of one would run into the next program's."""
    os.write(sys.stdout.fileno(), f"{words}\n".encode())


def serve(module: str) -> None:
    """Fork a child for each line that names a task, say its number, and then what it ended with."""
    tasks = importlib.import_module(module)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            say(os.getpid())  # by the child, so that it comes before whatever the task says
            os._exit(_do(tasks, *json.loads(line)))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        say(f"{GONE}{status}")


def _do(tasks: object, is_light: bool, name: str, *texts: str) -> int:
    try:
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
    serve(sys.argv[1])
