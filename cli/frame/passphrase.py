"""Passphrases for the command: from a file, a descriptor or the prompt, never an argument or a variable."""

import argparse
import errno
import getpass
import os
import select
import sys
import time
import unicodedata
from pathlib import Path

from cli.frame.output import without_controls
from models.store.passphrases import checked
from models.store.private_files import read_regular
from models.store.record_file import is_encrypted
from models.trouble import Trouble
from models.values.canonical import whole_number
from scoring.refused import Refused

OPTION = "--passphrase-file"
NOBODY_S, SILENT_S = 2, 60
"""How long a pipe that nobody writes to is waited for, and one where somebody may be asked at its end."""

_READ = "passphrase"
"""Where a command's options keep the passphrase once it was read."""
_LONGEST = 4096
_LOOK_S = 0.05


def passphrase_of(path: Path, options: argparse.Namespace) -> str | None:
    """Return the passphrase that opens a record; None for one that is not encrypted.

    Raises Trouble where one is needed and there is neither an option nor a terminal to ask at.
    """
    if not is_encrypted(path):
        return None
    return _given(options) or ask_passphrase(f"Passphrase of {path.name}: ", f"{path.name} is encrypted")


def new_passphrase(options: argparse.Namespace) -> str:
    """Return the passphrase of a record that is to be made, asked for twice at a terminal."""
    given = _given(options)
    if given is None:
        given = ask_passphrase("New passphrase: ", "An encrypted record needs a passphrase")
        if ask_passphrase("Type it again: ", "") != given:
            raise Refused("The two passphrases differ. Nothing was made; try again.")
    return checked(given)


def _given(options: argparse.Namespace) -> str | None:
    """Return the first line of the file or descriptor that is named, without its end; None without one.

    It is read once: a pipe gives it no second time to a command that opens several records.
    """
    named = options.passphrase_file
    if named is not None and not hasattr(options, _READ):
        setattr(options, _READ, passphrase_in(named))
    return getattr(options, _READ, None)


def passphrase_in(named: str) -> str:
    """Return the first line of a file, or of the descriptor that `fd:N` names, without its end."""
    text = _read(named).split(b"\n", 1)[0].rstrip(b"\r")
    try:
        return unicodedata.normalize("NFC", text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Trouble("The passphrase file is not UTF-8. Nothing was changed; save it as UTF-8.") from error


def _read(named: str) -> bytes:
    """Return the start of what holds the passphrase: `fd:N` is an open descriptor."""
    try:
        if named.startswith("fd:"):
            return _first_line(whole_number(named[3:]))
        path = Path(named)
        return _from_pipe(path) if path.is_fifo() else read_regular(path, _LONGEST)
    except (OSError, ValueError, OverflowError) as error:
        why = getattr(error, "strerror", None) or "it is not the number of a descriptor"
        raise Trouble(
            f"The passphrase could not be read from {named} ({why}). Nothing was changed."
        ) from error


def _from_pipe(path: Path) -> bytes:
    """Return the first line of a pipe, as a shell makes one of a command; OSError where nobody writes."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return _first_line(handle, _first_piece(handle))
    finally:
        os.close(handle)


def _first_piece(handle: int) -> bytes:
    """Return what is in a pipe as soon as somebody writes to it, which may be nothing yet."""
    until = time.monotonic() + NOBODY_S
    while time.monotonic() < until:
        try:
            if piece := os.read(handle, _LONGEST):
                return piece
        except BlockingIOError:  # somebody is there who has not written yet
            return b""
        time.sleep(_LOOK_S)
    raise _timed_out("nobody writes to it")


def _first_line(handle: int, found: bytes = b"") -> bytes:
    """Return what a descriptor gives up to the first line's end, its own end or the longest there is."""
    until = time.monotonic() + SILENT_S
    while b"\n" not in found and len(found) < _LONGEST:
        left = max(until - time.monotonic(), 0)
        if sys.platform != "win32" and not select.select([handle], [], [], left)[0]:
            raise _timed_out("nothing came from it")
        piece = os.read(handle, _LONGEST - len(found))
        if not piece:
            break
        found += piece
    return found


def _timed_out(why: str) -> TimeoutError:
    return TimeoutError(errno.ETIMEDOUT, why)


def ask_passphrase(prompt: str, why: str, option: str = OPTION) -> str:
    """Return what is typed at the terminal, unseen; without one, say what to do instead of waiting."""
    if not sys.stdin.isatty():
        raise Trouble(f"{why}. Give its passphrase with {option} PATH. Nothing was changed.")
    return unicodedata.normalize("NFC", getpass.getpass(without_controls(prompt)))
