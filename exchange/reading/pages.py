"""Show the pages of a file that somebody sent: its bytes go to a process of its own, which draws or reads.

The process lives as long as the file is open, so that turning a page costs no start. Whatever it dies of is
one sentence; the next page asked for starts it anew.
"""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from threading import Event, Lock, Thread
from typing import IO, Any

import msgspec
from msgspec import Struct

from exchange.reading.guard import OLE_MAGIC
from exchange.reading.memory import memory_for
from exchange.reading.sheets import HUNG_SECONDS, NO_WINDOW, seconds_of, takes_too_much, worker_command
from models.trouble import Trouble

PAGES = "pages"
SECONDS, TEXT_SECONDS = 8.0, 20.0
"""Of the processor: the longest that one answer may take, and the text of a whole file."""
MOST_PAGES = 2_000
MOST_PIXELS = 16_000_000
LONGEST_TEXT = 400_000
_LONGEST_LINE = 4_000_000
_POLL_SECONDS = 0.1
_DIVIDED = re.compile(r"(?<=\w)-\r?\n(?=\w)")


class Words(StrEnum):
    """Why a file is not shown."""

    DAMAGED = "is damaged or incomplete, so it is not shown"
    LOCKED = "is protected with a password, so it is not shown"
    UNKNOWN = "is of a kind that is not shown here"
    UNSAFE = "could not be shown safely"


class Question(Struct, frozen=True):
    """What is asked of the file.

    `pixels` of a page at a width, its `text`, a `search` for words, their `place`, or what it `finds`.
    """

    what: str
    page: int = 0
    width: int = 0
    words: str = ""


class Drawn(Struct, frozen=True):
    """A page as rows of pixels, each of them blue, green, red and alpha; a text has words and none."""

    width: int
    height: int
    stride: int
    pixels: bytes


class Shape(Struct, frozen=True):
    """What was opened: `pages` that are drawn or `text`, how many, and the sides of the first."""

    kind: str
    count: int
    sides: tuple[float, float]


class Pages:
    """One file that is open; used by one thread at a time, others wait."""

    def __init__(self, content: bytes) -> None:
        self._content, self._turn = content, Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._shape: Shape | None = None

    def shape(self) -> Shape:
        """Open the file; raises `Trouble` where it cannot be shown."""
        with self._turn:
            self._start()
            assert self._shape is not None
            return self._shape

    def draw(self, number: int, width: int) -> Drawn:
        """Return a page, counted from nought, about so many pixels wide: fewer of one far too large."""
        said, pixels = self._ask(Question("pixels", number, width))
        return Drawn(said.get("width", 0), said.get("height", 0), said.get("stride", 0), pixels)

    def text(self, number: int) -> str:
        return str(self._ask(Question("text", number))[0]["text"])

    def pages_with(self, words: str) -> tuple[int, ...]:
        """Return the pages in whose text the words stand, in any case of letters."""
        return tuple(self._ask(Question("search", words=words))[0]["pages"])

    def place(self, number: int, words: str) -> float:
        """Return how far down a page, as a share of its height, words begin; 0 where nobody knows."""
        return float(self._ask(Question("place", number, words=words))[0]["place"])

    def finds(self) -> tuple[str, ...]:
        """Return what the file would do or fetch in another program: scripts, launches, links to outside."""
        return tuple(self._ask(Question("finds"))[0]["finds"])

    @property
    def seconds(self) -> float:
        """Return how long its process has worked."""
        return 0.0 if self._process is None else seconds_of(self._process.pid)

    def close(self) -> None:
        """End the process, also while it answers another thread."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)

    def _ask(self, question: Question) -> tuple[dict[str, Any], bytes]:
        with self._turn:
            process = self._start()
            return self._exchange(process, msgspec.json.encode(question) + b"\n")

    def _start(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            self._process = subprocess.Popen(
                [*worker_command(), "", PAGES],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                close_fds=True,
                creationflags=NO_WINDOW,
            )
            said, _ = self._exchange(self._process, b"%d\n" % len(self._content) + self._content)
            self._shape = Shape(said["kind"], said["count"], tuple(said["sides"]))
        assert self._process is not None
        return self._process

    def _exchange(self, process: "subprocess.Popen[bytes]", told: bytes) -> tuple[dict[str, Any], bytes]:
        """Tell the process and hear it; it is ended when it takes too long, and after any trouble."""
        assert process.stdin is not None
        assert process.stdout is not None
        done = Event()
        Thread(
            target=_watch, args=(process, done, memory_for(self._content)), name="pages watch", daemon=True
        ).start()
        try:
            process.stdin.write(told)
            process.stdin.flush()
            said = json.loads(process.stdout.readline(_LONGEST_LINE))
            data = _read(process.stdout, said["bytes"])
        except (OSError, ValueError, KeyError) as error:
            self.close()
            raise Trouble(Words.UNSAFE) from error
        finally:
            done.set()
        if "trouble" in said:
            self.close()
            raise Trouble(said["trouble"])
        return said, data


def _read(stream: IO[bytes], length: int) -> bytes:
    if not 0 <= length <= MOST_PIXELS * 5:
        raise ValueError
    data = stream.read(length)
    if len(data) < length:
        raise ValueError
    return data


def _watch(process: "subprocess.Popen[bytes]", done: Event, memory: int) -> None:
    """Kill the process where an answer takes too long, or more memory than it may."""
    until, most = time.monotonic() + HUNG_SECONDS, seconds_of(process.pid) + SECONDS
    while not done.wait(_POLL_SECONDS):
        if time.monotonic() > until or takes_too_much(process.pid, memory, most):
            process.kill()
            return


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(OSError), process:  # it may have died before it heard all
        process.kill()


def text_of(content: bytes) -> tuple[str, ...]:
    """Return the text of a file page by page, up to `LONGEST_TEXT` letters; of what is not shown none.

    One that takes long is read as far as `TEXT_SECONDS` of the processor go.
    A word that a line's end divides is one again.
    """
    file, found, left = Pages(content), list[str](), LONGEST_TEXT
    try:
        for number in range(file.shape().count):
            found.append(_DIVIDED.sub("", file.text(number))[:left])
            left -= len(found[-1])
            if not left or file.seconds > TEXT_SECONDS:
                break
    except Trouble:
        pass
    finally:
        file.close()
    return tuple(found)


def kind_words(content: bytes) -> str:
    """Say what a file is that is not shown, by its first bytes, before a copy of it is saved."""
    return next((words for start, words in _STARTS if content.startswith(start)), "a file of another kind")


_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (OLE_MAGIC, "an older Office file or an Outlook message, which may hold macros"),
    (b"PK\x03\x04", "a document or an archive, which may hold macros"),
    (b"{\\rt", "a text document (RTF)"),
    (b"MZ", "a program for Windows; do not start it"),
    (b"\x7fELF", "a program; do not start it"),
    (b"#!", "a script; do not start it"),
)


def sentences(finds: tuple[str, ...]) -> Iterator[str]:
    """Yield what people are told of a file that does more than be read."""
    if finds:
        yield f"This file has {'; '.join(finds)}. None of it was run or fetched."
