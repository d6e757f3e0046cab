"""Processes that read a file, forked from one that has loaded all they need: each start costs much more.

The program starts a reading process for each spreadsheet and logo. In tests a server is started once, as
that process is, and forks one for each file: with a number, memory bound, output and end of its own. What
starts in another way, such as a process that a test puts in its place, is started as the program does.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 1 << 16


class ForkedReader:
    """A reading process, as `subprocess.Popen` gives one: what of it the program uses."""

    def __init__(self, server: socket.socket, arguments: Sequence[str]) -> None:
        heard, said = os.pipe()
        told, tells = os.pipe()
        socket.send_fds(server, [json.dumps([os.getcwd(), *arguments]).encode()], [said, tells])
        os.close(said)
        os.close(tells)
        self.stdout = os.fdopen(heard, "rb")
        self._told = os.fdopen(told, "r")
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def kill(self) -> None:
        """Kill it, unless it came to its end."""
        if self.returncode is None and not select.select([self._told], [], [], 0)[0]:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Return what it ended with; it ends as soon as all is read of it, or is killed at once."""
        if self.returncode is None:
            self.returncode = int(self._told.readline())
            self._told.close()
        return self.returncode


def use_forked_readers() -> None:
    """Have files read by forked processes from here on."""
    if not hasattr(os, "fork"):
        return
    sheets: Any = import_module("exchange.reading.sheets")
    usual = sheets.worker_command()

    class Started:
        """`subprocess`, as the module that starts reading processes sees it."""

        def __getattr__(self, name: str) -> Any:
            return getattr(subprocess, name)

        def Popen(self, command: list[str], **more: Any) -> Any:  # noqa: N802  (the library's name)
            if command[: len(usual)] == usual and more["stdin"] == subprocess.DEVNULL:
                return ForkedReader(_server(tuple(usual)), command[len(usual) :])
            return subprocess.Popen(command, **more)

    sheets.subprocess = Started()


@cache
def _server(usual: tuple[str, ...]) -> socket.socket:
    """Start the server, with the flags and folders that a reading process has."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    folders = usual[-1].partition("; from ")[0]
    serving = f"{folders}; from tests.exchange.forked_readers import serve; serve({its.fileno()})"
    server = subprocess.Popen([*usual[:-1], serving], cwd=ROOT, pass_fds=[its.fileno()])
    its.close()

    def end() -> None:
        ours.close()
        server.wait()

    atexit.register(end)
    return ours


def serve(number: int) -> None:
    """Fork a reading process for each order, until nobody is there to give any."""
    main = import_module("exchange.reading.reading_worker").main
    orders = socket.socket(fileno=number)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        order, pipes, _, _ = socket.recv_fds(orders, LONGEST, 2)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            _mind(main, json.loads(order), *pipes)
        for one in pipes:
            os.close(one)


def _mind(main: Any, order: list[str], said: int, tells: int) -> None:
    """Fork the reading process, tell its number, and then what it ended with."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        os.close(tells)
        os._exit(_read(main, said, *order))
    os.close(said)
    os.write(tells, f"{child}\n".encode())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.write(tells, f"{status}\n".encode())
    os._exit(0)


def _read(main: Any, said: int, folder: str, *arguments: str) -> int:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream, at in ((nothing, 0), (said, 1), (nothing, 2)):
        os.dup2(stream, at)
    try:
        os.chdir(folder)
        main(*arguments)
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001  (as the interpreter ends a program that raised)
        return 1
    return 0
