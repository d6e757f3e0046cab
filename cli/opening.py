"""Opening a record as a command needs it: to change it, or only to read it."""

import argparse
from pathlib import Path

from cli.arguments import opener
from cli.output import warn
from models.places import warnings_about
from models.record import Record
from models.trouble import Unwritable


def open_record(path: Path, options: argparse.Namespace, *, to_change: bool) -> Record:
    """Open a record; one that is only read and lies where nothing can be written is read as a copy."""
    warn(warnings_about(path))
    try:
        return Record.open(path, opener(options))
    except Unwritable:
        if to_change:
            raise
        return Record.read_copy(path)
