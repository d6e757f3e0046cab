"""Processes that read a file, forked from one that has loaded all they need: each start costs much more.

The program starts a reading process for each spreadsheet, form, message, template and file that is shown.
In tests a server is started once for each kind, as that process is, and forks one for each file: with a
number, memory bound, input, output and end of its own. What starts in another way, such as a process that a
test puts in its place, is started as the program does.
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
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 1 << 16
LOADED = {
    "form": "exchange.application_forms.form_worker",
    "logo": "exchange.reading.logo",
    "message": "exchange.reading.message_worker",
    "pages": "exchange.reading.page_worker",
    "printed": "exchange.pdf.printed_worker",
    "register": "exchange.reading.register_worker",
    "template": "exchange.reading.word_templates",
    "words": "exchange.papers.templates.word_texts",
}
"""What a reading process loads for what it is asked; for a book it has all from the start."""


class ForkedReader:
    """A reading process, as `subprocess.Popen` gives one: what of it the program uses."""

    def __init__(self, server: socket.socket, arguments: Sequence[str], *, is_told: bool) -> None:
        listens, asks = os.pipe()
        heard, said = os.pipe()
        told, tells = os.pipe()
        order = json.dumps([os.getcwd(), *arguments]).encode()
        socket.send_fds(server, [order], [listens, said, tells])
        for its in (listens, said, tells):
            os.close(its)
        self.stdin = os.fdopen(asks, "wb")
        if not is_told:
            self.stdin.close()
        self.stdout = os.fdopen(heard, "rb")
        self._told = os.fdopen(told, "r")
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Hear and tell it no more, and wait for its end."""
        self.stdout.close()
        try:
            self.stdin.close()
        finally:
            self.wait()

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
    pages: Any = import_module("exchange.reading.pages")
    usual = sheets.worker_command()

    class Started:
        """`subprocess`, as the module that starts reading processes sees it."""

        def __getattr__(self, name: str) -> Any:
            return getattr(subprocess, name)

        def Popen(self, command: list[str], **more: Any) -> Any:  # noqa: N802  (the library's name)
            if command[: len(usual)] != usual:
                return subprocess.Popen(command, **more)
            arguments, is_told = command[len(usual) :], more["stdin"] == subprocess.PIPE
            return ForkedReader(_server(tuple(usual), arguments[1]), arguments, is_told=is_told)

    sheets.subprocess = pages.subprocess = Started()


@cache
def _server(usual: tuple[str, ...], kind: str) -> socket.socket:
    """Start the server of a kind, with the flags and folders that a reading process has."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    folders = usual[-1].partition("; from ")[0]
    serving = f"{folders}; from tests.exchange.forked_readers import serve; serve({its.fileno()}, {kind!r})"
    server = subprocess.Popen(
        [*usual[:-1], serving], cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=[its.fileno()]
    )
    its.close()

    def end() -> None:
        ours.close()
        server.wait()

    atexit.register(end)
    return ours


def serve(number: int, kind: str) -> None:
    """Fork a reading process for each order, until nobody is there to give any."""
    main = import_module("exchange.reading.reading_worker").main
    if kind in LOADED:
        import_module(LOADED[kind])
    orders = socket.socket(fileno=number)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        order, pipes, _, _ = socket.recv_fds(orders, LONGEST, 3)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            _mind(main, json.loads(order), *pipes)
        for one in pipes:
            os.close(one)


def _mind(main: Any, order: list[str], listens: int, said: int, tells: int) -> None:
    """Fork the reading process, tell its number, and then what it ended with."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        os.close(tells)
        os._exit(_read(main, listens, said, *order))
    os.close(listens)
    os.close(said)
    os.write(tells, f"{child}\n".encode())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.write(tells, f"{status}\n".encode())
    os._exit(0)


def _read(main: Any, listens: int, said: int, folder: str, *arguments: str) -> int:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream, at in ((listens, 0), (said, 1), (nothing, 2)):
        os.dup2(stream, at)
    try:
        os.chdir(folder)
        main(*arguments)
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001  (as the interpreter ends a program that raised)
        return 1
    return 0
