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
from collections.abc import Callable
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import IO, Any, Literal

import psutil
from msgspec import Struct
from msgspec.structs import replace

from exchange.reading.guard import MAX_FILE_BYTES, MEMORY_BYTES
from models.trouble import Trouble

Tick = Callable[[int, int], None]

SECONDS = 8.0
"""Of the processor: a file is not refused because the computer is busy with other things."""
HUNG_SECONDS = 90.0
"""On the clock, after which nothing is waited for."""
ENDING_SECONDS = 10.0
MAX_ANSWER_BYTES = 100_000_000
BOOK, LOGO, TEMPLATE, WORDS = "book", "logo", "template", "words"
"""What the reading process is asked for."""

_UNSAFE = (
    "could not be read safely; open it in Excel, copy the list into a new workbook and try again; "
    "nothing was changed"
)
_WHAT = "choose an Excel, OpenDocument or CSV file"
_TOO_LARGE = "larger than 50 MB; split the list into smaller files"
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


class SheetTable(Struct, frozen=True):
    """A sheet's values. Rows are equally long, the first is spreadsheet row 1; the `hidden` ones included.

    `notes` are sentences on what was put right in it.
    """

    name: str
    visible: bool
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """Give the value at a row and column counted from 1; beyond the table it is `None`."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


class Book(Struct, frozen=True):
    """A file's sheets. `name` is the file's name without its ending.

    `sha256` is the sum of the bytes that were read, which the file may no longer hold; "" where none were.
    """

    name: str
    kind: Literal["xlsx", "xls", "ods", "csv"]
    sheets: tuple[SheetTable, ...]
    sha256: str = ""


def read_book(path: Path, *, tick: Tick | None = None) -> Book:
    """Read a spreadsheet of any kind; the file is only read, and never held open.

    Answers within about eight seconds. `tick` may raise to cancel. Raises `Trouble` with one sentence for
    a file that is missing, protected, damaged, dangerous, too large or no spreadsheet.
    """
    shown = shown_name(path)
    problem = problem_with_file(path, _WHAT, MAX_FILE_BYTES, _TOO_LARGE)
    if problem:
        raise Trouble(f"{shown} {problem}.")
    try:
        answer = ask_worker(path, tick, BOOK)
        head, *lines = [json.loads(line, object_hook=_value) for line in answer.splitlines()]
    except (ValueError, subprocess.SubprocessError) as error:
        raise Trouble(f"{shown} {_UNSAFE}.") from error
    last = lines[-1] if lines else head
    if "trouble" in last:
        raise Trouble(f"{shown} {last['trouble']}.")
    sheets = tuple(_table(line, path.stem) for line in lines)
    return Book(path.stem, head["kind"], sheets, head["sha256"])


def filled(table: SheetTable) -> SheetTable:
    """Give the table with each merged area's value in the first cell of every one of its rows.

    Only downwards: of an area over several columns the columns after the first stay empty.
    """
    rows = [list(row) for row in table.rows]
    for top, left, bottom, _ in table.merges:
        if rows[top - 1][left - 1] is None:
            continue
        for row in range(top, bottom):
            if rows[row][left - 1] is None:
                rows[row][left - 1] = rows[top - 1][left - 1]
    return replace(table, rows=tuple(map(tuple, rows)))


def shown_name(path: Path) -> str:
    """Return a file's name as a sentence shows it."""
    return re.sub(r"[\x00-\x1f\x7f]", " ", path.name) or str(path)


def problem_with_file(path: Path, choose: str, most: int, too_large: str) -> str | None:
    """Say what stands in the way before anything is read, or nothing."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            return f"is a folder; {choose}; nothing was changed"
        if not stat.S_ISREG(about.st_mode):
            return f"is not a file; {choose}; nothing was changed"
        if about.st_size == 0:
            return "is empty; choose the file again where it was first saved; nothing was changed"
        if about.st_size > most:
            return f"is {too_large}; nothing was changed"
        with path.open("rb"):
            return None
    except FileNotFoundError:
        return "is not there; check the name and the folder; nothing was changed"
    except (OSError, ValueError):
        return (
            "could not be opened; close it in other programs, check that you are allowed to read it and "
            "try again; "
            "nothing was changed"
        )


def ask_worker(path: Path | None, tick: Tick | None, what: str, told: bytes | None = None) -> bytearray:
    """Read a file, or what it is told, in a process of its own; give its answer, nothing when it died."""
    worker = subprocess.Popen(
        [*worker_command(), "" if path is None else str(path.absolute()), what],
        stdin=subprocess.DEVNULL if told is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        creationflags=NO_WINDOW,
    )
    assert worker.stdout is not None
    listener = _Listener(worker.stdout)
    try:
        listener.start()
        if told is not None:
            assert worker.stdin is not None
            worker.stdin.write(told)
            worker.stdin.close()
        _wait(worker, listener, tick)
        whole = listener.ended and _end(worker) == 0
        return listener.heard if whole else bytearray()
    finally:
        worker.kill()
        worker.wait()
        listener.join()
        worker.stdout.close()


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


class _Listener(Thread):
    """Gather what the worker prints, and stop at more than a book can say."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(name="spreadsheet listener", daemon=True)
        self.heard = bytearray()
        self.ended = False
        self._stream = stream

    def run(self) -> None:
        while len(self.heard) <= MAX_ANSWER_BYTES:
            chunk = self._stream.read1(1 << 20)  # type: ignore[attr-defined]
            if not chunk:
                self.ended = True
                return
            self.heard += chunk


def _wait(worker: "subprocess.Popen[bytes]", listener: _Listener, tick: Tick | None) -> None:
    """Wait until the worker has said all, its time is up or it takes too much memory.

    Whoever may cancel is asked once at least: a small file is read before the first look.
    """
    until = time.monotonic() + HUNG_SECONDS
    if tick:
        tick(0, 1)
    while listener.is_alive() and time.monotonic() < until and not _takes_too_much(worker.pid):
        listener.join(_POLL_SECONDS)
        if tick:
            tick(0, 1)


def _end(worker: "subprocess.Popen[bytes]") -> int | None:
    """Return how a worker ended that has said all, None where it does not end."""
    try:
        return worker.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _takes_too_much(process: int) -> bool:
    """Watch the worker's time, and its memory where the system does not bound that by itself."""
    try:
        watched = psutil.Process(process)
        spent = watched.cpu_times()
        if sys.platform != "linux" and watched.memory_info().rss > MEMORY_BYTES:
            return True
        return bool(spent.user + spent.system > SECONDS)
    except psutil.Error:
        return False


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
    )
