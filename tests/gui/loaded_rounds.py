"""Records of the windows that hold one round and nothing else, each made once and copied."""

from pathlib import Path

from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from models.values.rows import RoundRows
from tests.models.made_once import file_made_once


@file_made_once
def make_loaded(path: Path, rows: RoundRows, actor: Actor) -> Path:
    """Make a record of a round, loaded by somebody, and close it."""
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(rows), actor)
    return path
