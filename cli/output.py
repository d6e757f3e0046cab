"""What the command prints: JSON, tables and complaints, in UTF-8 on any terminal."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""What stands in place of a character that a terminal would obey rather than show."""
_OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Control characters but the new line and the tab, turns of direction, hidden marks and half characters."""
MOST_WARNINGS = 4
LONGEST_WARNING = 400


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
    for line in lines:
        print(without_controls(line))


def print_json(document: Mapping[str, object]) -> None:
    """Print one JSON document, in which every character that a terminal obeys is escaped."""
    print(_OBEYED.sub(_escaped, json.dumps(document, ensure_ascii=False, indent=2)))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on standard output."""
    say(*lines)


def command_name() -> str:
    """Return how the command is called here: from a checkout it is on nobody's path."""
    is_installed = getattr(sys, "frozen", False) or shutil.which("grant-panel")
    return "grant-panel" if is_installed else "python3 run.py"


def as_typed(*words: str) -> str:
    """Return words as they are typed at this system's terminal, in its own quotation marks."""
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def complain(*lines: str) -> None:
    """Print lines on standard error."""
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
    lines = list(dict.fromkeys(_shortened(" ".join(warning.split())) for warning in warnings))
    if len(lines) > MOST_WARNINGS:
        left = len(lines) - MOST_WARNINGS + 1
        lines = [*lines[: MOST_WARNINGS - 1], f"There are {left} more warnings."]
    complain(*(f"Warning: {line}" for line in lines))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Return a table as lines, columns as wide as their widest text; `right` are aligned right."""
    shown = [[without_controls(on_one_line(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *shown, strict=True)]
    return [_line(cells, widths, right) for cells in (headings, *shown)]


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_WARNING else words[: LONGEST_WARNING - 1] + "…"


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if index in right else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(padded).rstrip()


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
