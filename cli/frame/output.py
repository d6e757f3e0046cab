"""What the command prints: JSON, tables, lines, complaints, in UTF-8 on any terminal (guide, command 15)."""

import argparse
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from msgspec import Struct

from scoring.money import percent, plain_pounds, plain_score, pounds
from scoring.written.days import short_day
from scoring.written.text import Refused

if TYPE_CHECKING:
    from models.record import Record
    from models.session import Session

P = ParamSpec("P")
T = TypeVar("T")


class Options(argparse.Namespace):
    """What was typed, by what the manual calls it, and the record that is open while it is done."""

    opened: "Record"

    def ask(self, query: "Callable[Concatenate[Session, P], T]", *about: P.args, **named: P.kwargs) -> T:
        """Return what a query answers about the record that is open."""
        return self.opened.ask(query, *about, **named)


Json = dict[str, object]
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""What stands in place of a character that a terminal would obey rather than show."""
_OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Control characters but the new line and the tab, turns of direction, hidden marks and half characters."""
MARGIN, NARROWEST = 2, 8
"""What a table leaves of a terminal's width, and how narrow its columns of text may become."""
PATIENCE_S = 2
MOST_WARNINGS = 4
LONGEST_WARNING = 400


class Working:
    """Says on a terminal that a command is at work, once it was silent for a while, until it prints."""

    def __init__(self) -> None:
        self._done = Event()
        self._done.set()

    def start(self) -> None:
        """Begin to wait; said once however often it is begun."""
        if sys.stderr.isatty() and self._done.is_set():
            self._done = Event()
            Thread(target=self._say, args=(self._done,), daemon=True).start()

    def stop(self) -> None:
        self._done.set()

    @staticmethod
    def _say(done: Event) -> None:
        seconds = PATIENCE_S
        while not done.wait(PATIENCE_S if seconds == PATIENCE_S else 1):
            print(f"\rWorking, {seconds} s …", end="", file=sys.stderr, flush=True)
            seconds += 1
        if seconds > PATIENCE_S:
            print("\r" + " " * 20 + "\r", end="", file=sys.stderr, flush=True)


WORKING = Working()


class Said:
    """What a command has to say: at once, or all in one document for a script that asked for one.

    Commands with a document of their own print it themselves. `is_rehearsed` says that what it changed was
    thrown away.
    """

    def __init__(self) -> None:
        self.begin(argparse.Namespace())

    def begin(self, options: argparse.Namespace) -> None:
        """Let a command say what it has to say as its options want it."""
        self.is_gathered = getattr(options, "json", False)
        self.is_dry = getattr(options, "dry_run", False)
        self.is_rehearsed = self.is_printed = False
        self.lines: list[str] = []
        self.rows: list[Json] = []

    def end(self) -> None:
        """Print what was gathered, or that nothing was changed."""
        if not self.is_gathered:
            say(*[NOTHING_CHANGED] * self.is_rehearsed)
        elif not self.is_printed:
            print_json({"done": not self.is_dry, "lines": self.rows, "words": self.lines})


NOTHING_CHANGED = "A dry run: nothing was changed."
SAID = Said()


def use_utf8() -> None:
    """Print in UTF-8 whatever the terminal is set to; what it cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def without_controls(text: str) -> str:
    """Return a text without what a terminal obeys: control characters, turns of direction, half characters.

    New lines and tabs stay, and so do joiners, which letters of some languages need.
    """
    return _OBEYED.sub(REPLACEMENT, text)


def on_one_line(text: str) -> str:
    """Return a text of a record on one line, so that no part of it passes for a line of the command's own."""
    return " ".join(text.splitlines())


def say(*lines: str) -> None:
    """Print lines on standard output."""
    WORKING.stop()
    if SAID.is_gathered:
        SAID.lines.extend(lines)
        return
    for line in lines:
        print(without_controls(line))


def print_json(document: Mapping[str, object]) -> None:
    """Print one JSON document, in which every character that a terminal obeys is escaped."""
    WORKING.stop()
    SAID.is_printed = True
    if SAID.is_dry:
        document = {**document, "dry_run": True}
    print(_OBEYED.sub(_escaped, json.dumps(document, ensure_ascii=False, indent=2, default=_plain)))


FORMS: Mapping[str, Callable[[int], str]] = {"_pence": plain_pounds, "_1e2": plain_score, "_1e4": percent}
"""How a figure is told by the end of its name."""
_FORMED = re.compile(rf"({'|'.join(FORMS)})$")


def told(one: object, *names: str) -> Json:
    """Return what JSON tells of a value: attributes by name, or another: "paid_on reason=text.words".

    Pence are told in pounds, hundredths and ten-thousandths in full, without that end of their name; null is
    what is not there, and with "?" what is empty.
    """
    pairs = (name.rpartition("=") for name in " ".join(names).split(" "))
    return {key or _last(path): _plain_of(path, _found(one, path)) for key, _, path in pairs}


def _last(path: str) -> str:
    return _FORMED.sub("", path.rpartition(".")[2].removesuffix("?"))


def _found(one: object, path: str) -> object:
    for name in path.removesuffix("?").split("."):
        one = None if one is None else getattr(one, name)
    return (one or None) if path.endswith("?") else one


def _plain_of(path: str, value: Any) -> object:
    found = _FORMED.search(path)
    return value if found is None or value is None else FORMS[found[0]](value)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def answer(options: Options, document: Callable[[], Json], *lines: str | Iterable[str]) -> None:
    """Print what a command answers, and return its status: one document with --json, else lines."""
    if options.json:
        print_json(document())
    else:
        for one in lines:
            say(*((one,) if isinstance(one, str) else one))


def answer_list(
    options: Options,
    name: str,
    document: Callable[[Any], Json],
    rows: Sequence[object],
    lines: Iterable[str],
    nothing: str,
) -> None:
    answer(options, lambda: {name: [document(one) for one in rows]}, lines if rows else nothing)


def as_typed(*words: str) -> str:
    """Return words as they are typed at this system's terminal, in its own quotation marks."""
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def complain(*lines: str) -> None:
    """Print lines on standard error."""
    WORKING.stop()
    for line in lines:
        print(without_controls(line), file=sys.stderr)


def progress() -> Callable[[int, int], None]:
    """Return what says on a terminal how much of a file is read, once for each percent."""
    last = [-1]

    def say_percent(done: int, total: int) -> None:
        percent = done * 100 // max(total, 1)
        if sys.stderr.isatty() and percent != last[0]:
            last[0] = percent
            print(f"\rRead {percent}%", end="\n" if percent == 100 else "", file=sys.stderr, flush=True)

    return say_percent


def warn(warnings: Iterable[str]) -> None:
    """Print warnings on standard error, four lines at most; the last says how many more there are."""
    lines = list(dict.fromkeys(cut(" ".join(warning.split()), LONGEST_WARNING) for warning in warnings))
    if len(lines) > MOST_WARNINGS:
        left = len(lines) - MOST_WARNINGS + 1
        lines = [*lines[: MOST_WARNINGS - 1], f"There are {left} more warnings."]
    complain(*(f"Warning: {line}" for line in lines))


class Column(Struct, frozen=True):
    """A column of a list: its heading in the table and its name in JSON, as `told` has it; "" for none.

    What it holds is the attribute of its name, or what `of` reads; `_pence` are shown and told in pounds.
    The table says `otherwise` of what is not there, where JSON has null.
    """

    heading: str
    name: str
    of: Callable[[Any], object] | None = None
    is_right: bool = False
    otherwise: str = ""

    def value(self, row: object) -> object:
        return _found(row, self.name.rpartition("=")[2]) if self.of is None else self.of(row)

    def shown(self, row: object) -> str:
        """Return that as the table shows it."""
        value = self.value(row)
        if value is None:
            return self.otherwise
        if self.name.endswith("_pence"):
            return pounds(cast("int", value))
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        return short_day(value) if isinstance(value, date) else str(value)


def as_table(columns: Iterable[Column], rows: Sequence[object]) -> Iterator[str]:
    """Yield rows as a table; nothing where there is none."""
    if SAID.is_gathered:
        SAID.rows.extend(told_of(columns, row) for row in rows)
        return
    shown = [column for column in columns if column.heading]
    right = [at for at, one in enumerate(shown) if one.is_right or one.name.endswith("_pence")]
    if rows:
        cells = [[column.shown(row) for column in shown] for row in rows]
        yield from table([column.heading for column in shown], cells, right)


def told_of(columns: Iterable[Column], row: object) -> Json:
    return {
        _last(one.name.partition("=")[0]): _plain_of(one.name, one.value(row)) for one in columns if one.name
    }


def lines(name: str, **facts: object) -> Iterator[str]:
    """Yield the lines of the template `resources/command/NAME.j2` filled with facts."""
    from exchange.written_text import template_lines  # its patterns take a moment, and no start waits for it

    return template_lines(f"command/{name}", **facts)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Return a table as lines, columns as wide as their widest text; `right` are aligned right.

    On a terminal it is no wider than that: its widest texts are cut, never a figure.
    """
    shown = [[without_controls(on_one_line(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *shown, strict=True)]
    if sys.stdout.isatty():
        widths = _fitted(widths, right, shutil.get_terminal_size().columns - MARGIN)
    return [_line(cells, widths, right) for cells in (headings, *shown)]


def _fitted(widths: list[int], right: Sequence[int], room: int) -> list[int]:
    free = [at for at in range(len(widths)) if at not in right]
    while sum(widths) + 2 * (len(widths) - 1) > room and free:
        widest = max(free, key=widths.__getitem__)
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def near(typed: str, known: Iterable[str]) -> str:
    """Ask whether what is most like something mistyped was meant; "" where nothing is like it."""
    named = {one.casefold(): one for one in known}
    found = get_close_matches(typed.casefold(), named, 1, 0.7)
    return f" Did you mean {named[found[0]]}?" if found else ""


def refuse_unknown(named: Iterable[str | None], known: Collection[str], where: str) -> None:
    """Refuse an application that is not one of those known on a list or in a round."""
    for one in named:
        if one is not None and one not in known:
            meant = near(one, known) or " Correct the reference."
            raise Refused(f"There is no application {one} {where}.{meant}")


def refuse_area(named: Iterable[str | None], known: Sequence[str]) -> None:
    """Refuse an area that the round does not have."""
    for one in named:
        if one is not None and one not in known:
            raise Refused(f"The round has no area “{one}”. Its areas: {', '.join(known)}.")


def cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if index in right else cut(cell, width).ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(padded).rstrip()


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
