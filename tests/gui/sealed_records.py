"""Encrypted records for the windows, and how a passphrase is typed."""

from pathlib import Path

from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from tests.gui.builders import whole_round

PASSPHRASE = "orbit kettle maple signal ridge canoe"
WRONG = "six other words of no use here"
MARKER = "Whitmore Reans Women"
"""The beginning of an organisation's name in the made-up round, as it would stand in a file."""


def make_sealed(path: Path, key: str | None = PASSPHRASE) -> Path:
    """Make a record with a round in it, encrypted unless there is no key."""
    with Record.create(path, Opener("Priya Nair", "tests"), key=key) as record:
        record.perform(LoadRound(whole_round()), Actor("Priya Nair"))
    return path
