"""Read any spreadsheet file safely: checked first, then read in a process that can be killed.

book = read_book(Path("applications.xlsx"))
table = filled(book.sheets[0])
table.cell(17, 6)      # the value of F17
"""

import json
import re
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from importlib.util import find_spec
from math import inf
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, Literal, NamedTuple

import psutil
from msgspec import Struct
from msgspec.structs import replace

from exchange.reading.guard import MAX_FILE_BYTES
from exchange.reading.memory import memory_for
from exchange.reading.sheet_scan import UNCHANGED
from models.trouble import Trouble

Tick = Callable[[int, int], None]

SECONDS = 8.0
"""Of the processor: a file is not refused because the computer is busy with other things."""
HUNG_SECONDS = 90.0
"""On the clock without a word, after which nothing is waited for."""
ENDING_SECONDS = 10.0
MAX_ANSWER_BYTES = 100_000_000
BOOK, LOGO, TEMPLATE, WORDS, MESSAGE, PRINTED = "book", "logo", "template", "words", "message", "printed"
"""What the reading process is asked for."""

_UNSAFE = "could not be read safely; open it in Excel, copy the list into a new workbook and try again"
_CHOOSE = "choose an Excel, OpenDocument or CSV file"
_TOO_LARGE = "larger than 50 MB; split the list into smaller files"
_MAY_READ = "check that you are allowed to read it and try again"
_POLL_SECONDS = 0.05
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows opens a terminal beside the window for a program that has one, but for this."""


class CellError(Struct, frozen=True):
    """A cell in error; `text` is as the spreadsheet shows it, "#REF!"."""

    text: str


class NoSavedValue(Struct, frozen=True):
    """A formula that was never calculated, so its cell has no value."""


Cell = None | str | bool | int | float | date | datetime | CellError | NoSavedValue
"""The value of a cell. Empty text is `None`; numbers are mostly floats; spells of time are text ("10:30")."""

Merge = tuple[int, int, int, int]
"""A merged area: top row, left column, bottom row, right column, from 1, cut to where there are values."""


class FormPlace(Struct, frozen=True):
    """Where a row of forms comes from: the file, and what its form calls each column."""

    file: str
    labels: tuple[str, ...]


Place = tuple[int, int]
"""A cell: its row and its column, from 1."""


class SheetTable(Struct, frozen=True):
    """A sheet's values. Rows are equally long, the first is spreadsheet row 1; the `hidden` ones included.

    Of `hidden_columns` too the values are here. `struck` cells have a line through them, `comments` a comment
    beside them, and `carried` cells the value of a merged area's first row. `widths` says of a text file how
    many cells each row has. `notes` are sentences on what was put right in it, `places` of a table of forms
    those of its rows.
    """

    name: str
    visible: bool
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    struck: frozenset[Place] = frozenset()
    comments: frozenset[Place] = frozenset()
    carried: Mapping[Place, Place] = {}
    widths: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[FormPlace, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """Give the value at a row and column counted from 1; beyond the table it is `None`."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


class Book(Struct, frozen=True):
    """A file's sheets. `name` is the file's name without its ending.

    `sha256` is the sum of the bytes that were read, which the file may no longer hold; "" where none were.
    `fields` are those of headings, where forms of several wordings meet under one.
    """

    name: str
    kind: Literal["xlsx", "xls", "ods", "csv", "form"]
    sheets: tuple[SheetTable, ...]
    sha256: str = ""
    fields: Mapping[str, str] = {}


def read_book(path: Path, *, tick: Tick | None = None) -> Book:
    """Read a spreadsheet of any kind; the file is only read, and never held open.

    Answers within about eight seconds. `tick` may raise to cancel. Raises `Trouble` with one sentence for
    a file that is missing, protected, damaged, dangerous, too large or no spreadsheet.
    """
    head, *lines = said_of(path, BOOK, _CHOOSE, MAX_FILE_BYTES, _TOO_LARGE, _UNSAFE, tick)
    sheets = tuple(_table(line, path.stem) for line in lines)
    return Book(path.stem, head["kind"], sheets, head["sha256"])


def said_of(
    path: Path, what: str, choose: str, most: int, too_large: str, unsafe: str, tick: Tick | None = None
) -> list[dict[str, Any]]:
    """Return what the reading process says of a file, line by line; raises `Trouble` for what is not read."""
    shown = require_file(path, choose, most, too_large)
    try:
        lines = [json.loads(line, object_hook=_value) for line in ask_worker(path, tick, what).splitlines()]
    except ValueError as error:
        raise Trouble(f"{shown} {unsafe}{UNCHANGED}.") from error
    if not lines:
        raise Trouble(f"{shown} {unsafe}{UNCHANGED}.")
    if "trouble" in lines[-1]:
        raise Trouble(f"{shown} {lines[-1]['trouble']}.")
    return lines


def said_of_bytes(
    content: bytes, name: str, what: str, unsafe: str, seconds: float | None = None
) -> dict[str, Any]:
    """Return what the reading process says of a file's bytes in one line; raises `Trouble` as `said_of`.

    What cannot be read is kept all the same, so that nothing is said of what was changed.
    """
    said: dict[str, Any] = {"trouble": unsafe}
    with suppress(ValueError, IndexError):
        said = json.loads(ask_worker(None, None, what, content, seconds).splitlines()[-1])
    if "trouble" in said:
        raise Trouble(f"{name} {said['trouble'].removesuffix(UNCHANGED)}.")
    return said


def filled(table: SheetTable) -> SheetTable:
    """Give the table with each merged area's value in the first cell of every one of its rows.

    Only downwards: of an area over several columns the columns after the first stay empty.
    """
    if not any(bottom > top for top, _, bottom, _ in table.merges):
        return table
    rows = [list(row) for row in table.rows]
    carried: dict[Place, Place] = {}
    for top, left, bottom, _ in table.merges:
        if rows[top - 1][left - 1] is None:
            continue
        for row in range(top, bottom):
            if rows[row][left - 1] is None:
                rows[row][left - 1] = rows[top - 1][left - 1]
                carried[row + 1, left] = (top, left)
    return replace(table, rows=tuple(map(tuple, rows)), carried=carried)


def shown_name(path: Path) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", " ", path.name) or str(path)


def require_file(path: Path, choose: str, most: int, too_large: str) -> str:
    """Return a file's name as a sentence shows it; raises `Trouble` for what stands in the way of reading."""
    shown = shown_name(path)
    if problem := _problem(path, choose, most, too_large):
        raise Trouble(f"{shown} {problem}{UNCHANGED}.")
    return shown


def _problem(path: Path, choose: str, most: int, too_large: str) -> str | None:
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            return f"is a folder; {choose}"
        if not stat.S_ISREG(about.st_mode):
            return f"is not a file; {choose}"
        if about.st_size == 0:
            return "is empty; choose the file again where it was first saved"
        if about.st_size > most:
            return f"is {too_large}"
        with path.open("rb"):
            return None
    except FileNotFoundError:
        return "is not there; check the name and the folder"
    except (OSError, ValueError):
        return f"could not be opened; close it in other programs, {_MAY_READ}"


def ask_worker(
    path: Path | None,
    tick: Tick | None,
    what: str,
    told: bytes | None = None,
    seconds: float | None = None,
) -> bytearray:
    """Read a file, or what it is told, in a process of its own; give its answer, nothing when it died.

    Whoever may cancel is asked once at least: a small file is read before the first look.
    """
    answer, most = bytearray(), SECONDS if seconds is None else seconds
    try:
        with start_worker(path, what, told) as worker:
            for line in worker.lines(max(HUNG_SECONDS, most), memory_for(told or b""), most):
                answer += line
                if len(answer) > MAX_ANSWER_BYTES:
                    return bytearray()
                if tick:
                    tick(0, 1)
            return answer if worker.process.wait(ENDING_SECONDS) == 0 else bytearray()
    except subprocess.SubprocessError:
        return bytearray()


class Worker(NamedTuple):
    """A reading process, and the lines it said that are not looked at yet; an empty one is its end."""

    process: "subprocess.Popen[bytes]"
    heard: "Queue[bytes]"

    def lines(self, stuck: float, memory: int, seconds: float = inf) -> Iterator[bytes]:
        """Yield what it says, nothing at each look in vain; raises `SubprocessError` where it has to end.

        `stuck` seconds on the clock without a word are too many, as are `seconds` of the processor.
        """
        last = time.monotonic()
        yield b""
        while time.monotonic() - last < stuck and not takes_too_much(self.process.pid, memory, seconds):
            try:
                line = self.heard.get(timeout=_POLL_SECONDS)
            except Empty:
                yield b""
                continue
            if not line:
                return
            last = time.monotonic()
            yield line
        raise subprocess.SubprocessError


@contextmanager
def start_worker(path: Path | None, what: str, told: bytes | None) -> Iterator[Worker]:
    """Start a reading process and listen to it; it is ended afterwards, wherever it is."""
    process = subprocess.Popen(
        [*worker_command(), "" if path is None else str(path.absolute()), what],
        stdin=subprocess.DEVNULL if told is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        creationflags=NO_WINDOW,
    )
    assert process.stdout is not None
    worker = Worker(process, Queue())
    listener = Thread(
        target=_listen, args=(process.stdout, worker.heard), name="reading listener", daemon=True
    )
    try:
        listener.start()
        if told is not None:
            assert process.stdin is not None
            with suppress(OSError), process.stdin:  # it died before it heard all: it says nothing either
                process.stdin.write(told)
        yield worker
    finally:
        process.kill()
        process.wait()
        listener.join()
        process.stdout.close()


def _listen(stream: IO[bytes], heard: "Queue[bytes]") -> None:
    while line := stream.readline(MAX_ANSWER_BYTES):
        heard.put(line)
    heard.put(b"")


def worker_command() -> list[str]:
    """Say how to start the worker: isolated, and with no more of Python than it needs.

    A frozen build has no interpreter to start, so it ships the worker as a program beside itself.
    """
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_stem("grant-panel-reader"))]
    calamine = find_spec("python_calamine")
    assert calamine is not None
    assert calamine.origin is not None
    folders = [str(Path(__file__).parents[2]), str(Path(calamine.origin).parent.parent)]
    run = "from exchange.reading.reading_worker import main; main(*sys.argv[1:])"
    start = f"import sys; sys.path += {folders!r}; {run}"
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", start]


def takes_too_much(process: int, memory: int, seconds: float) -> bool:
    """Watch a process's time, and its memory where the system does not bound that by itself."""
    try:
        watched = psutil.Process(process)
        if sys.platform != "linux" and watched.memory_info().rss > memory:
            return True
        return seconds_of(process) > seconds
    except psutil.Error:
        return False


def seconds_of(process: int) -> float:
    """Return how many seconds of the processor a process has taken, 0 of one that is gone."""
    try:
        spent = psutil.Process(process).cpu_times()
    except psutil.Error:
        return 0.0
    return float(spent.user + spent.system)


def _value(said: dict[str, Any]) -> Any:
    """Make the value of what JSON has no word for; any other object stays as it is."""
    match said:
        case {"at": at}:
            return datetime.fromisoformat(at)
        case {"on": on}:
            return date.fromisoformat(on)
        case {"error": text}:
            return CellError(text) if text else NoSavedValue()
    return said


def _table(line: dict[str, Any], stem: str) -> SheetTable:
    width = max(map(len, line["rows"]), default=0)
    return SheetTable(
        name=stem if line["name"] is None else line["name"],
        visible=line["visible"],
        rows=tuple((*row, *(None,) * (width - len(row))) for row in line["rows"]),
        merges=tuple(map(tuple, line["merges"])),
        hidden=tuple(line.get("hidden", ())),
        hidden_columns=tuple(line.get("hidden_columns", ())),
        struck=frozenset(map(tuple, line.get("struck", ()))),
        comments=frozenset(map(tuple, line.get("comments", ()))),
        widths=tuple(line.get("widths", ())),
    )
