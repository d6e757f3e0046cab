"""Passphrases for the command: from a file, a descriptor or the prompt, never an argument or a variable."""

import argparse
import getpass
import os
import sys
import unicodedata
from pathlib import Path

from models.trouble import Trouble
from scoring.refused import Refused

OPTION = "--passphrase-file"
_LONGEST = 4096


def passphrase_of(path: Path, options: argparse.Namespace) -> str | None:
    """Return the passphrase that opens a record; None for one that is not encrypted.

    Raises Trouble where one is needed and there is neither an option nor a terminal to ask at.
    """
    from models.record_file import is_encrypted

    if not is_encrypted(path):
        return None
    return _given(options) or asked(f"Passphrase of {path.name}: ", f"{path.name} is encrypted")


def new_passphrase(options: argparse.Namespace) -> str:
    """Return the passphrase of a record that is to be made, asked for twice at a terminal."""
    from models.passphrases import checked

    given = _given(options)
    if given is None:
        given = asked("New passphrase: ", "An encrypted record needs a passphrase")
        if asked("The same again: ", "") != given:
            raise Refused("The two passphrases differ. Nothing was made; try again.")
    return checked(given)


def _given(options: argparse.Namespace) -> str | None:
    """Return the first line of the file or descriptor that is named, without its end; None without one."""
    named = options.passphrase_file
    return None if named is None else passphrase_in(named)


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
            with os.fdopen(int(named[3:]), "rb", closefd=False) as stream:
                return stream.read(_LONGEST)
        with Path(named).open("rb") as stream:
            return stream.read(_LONGEST)
    except (OSError, ValueError) as error:
        raise Trouble(f"The passphrase could not be read from {named}. Nothing was changed.") from error


def asked(prompt: str, why: str, option: str = OPTION) -> str:
    """Return what is typed at the terminal, unseen; without one, say what to do instead of waiting."""
    if not sys.stdin.isatty():
        raise Trouble(f"{why}. Give its passphrase with {option} PATH. Nothing was changed.")
    return unicodedata.normalize("NFC", getpass.getpass(prompt))
