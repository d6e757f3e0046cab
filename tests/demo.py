"""The demonstration's record, made once for all processes of a run."""

from pathlib import Path

from cli.command import main
from tests.models.made_once import file_made_once


@file_made_once
def made_sample(path: Path) -> Path:
    """Make the sample record as `grant-panel demo` does, its schedules beside it."""
    assert main(["demo", "--out", str(path.parent), "--no-window"]) == 0
    return path
