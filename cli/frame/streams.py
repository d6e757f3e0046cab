"""`-` in the place of a file: standard input is read, or what is written goes to standard output."""

import argparse
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.frame.output import STANDARD_OUTPUT, to_standard_error
from scoring.refused import Refused

STANDARD = "-"
ENDINGS = {b"PK\x03\x04": ".xlsx", b"%PDF": ".pdf", b"\xd0\xcf\x11\xe0": ".xls", b"\x89PNG": ".png"}
"""How the files begin that are told by it; any other is a text."""
_HELD: list[TemporaryDirectory[str]] = []
_WRITTEN: list[Path] = []


def file_to_read(text: str) -> Path:
    """Return the path that is typed; of standard input, read to its end, one that lasts as long as we do."""
    if text != STANDARD:
        return Path(text)
    content = sys.stdin.buffer.read()
    ending = next((ending for start, ending in ENDINGS.items() if content.startswith(start)), ".csv")
    path = _folder() / f"standard input{ending}"
    path.write_bytes(content)
    return path


def file_to_write(path: Path, ending: str, options: argparse.Namespace) -> Path:
    """Return the path that is typed; for standard output another, passed on once all is done.

    What is said goes to standard error then.
    """
    if str(path) != STANDARD:
        return path
    if not ending:
        raise Refused("What is written fills a folder. Name the folder.")
    if _WRITTEN or getattr(options, "json", False):
        raise Refused("Only one thing can go to standard output. Name a file for the other.")
    _WRITTEN.append(_folder() / f"{STANDARD_OUTPUT}{ending}")
    to_standard_error(*_WRITTEN)
    return _WRITTEN[0]


def pass_on() -> None:
    """Write to standard output what was meant for it, and forget what was held."""
    for path in _WRITTEN:
        if path.is_file():
            with path.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)


def forget() -> None:
    """Remove what was held of a command."""
    _WRITTEN.clear()
    to_standard_error()
    while _HELD:
        _HELD.pop().cleanup()


def _folder() -> Path:
    _HELD.append(TemporaryDirectory())
    return Path(_HELD[-1].name)
