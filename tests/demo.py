"""The demonstration, made once for all processes of a run."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.command import main
from tests.models.made_once import file_made_once


def made_sample(path: Path) -> Path:
    """Make the sample record as `grant-panel demo` does, its schedules beside it."""
    whole = _packed(path.with_name("demo.tar"))
    shutil.unpack_archive(whole, path.parent, filter="data")
    whole.unlink()
    return path


@file_made_once
def _packed(path: Path) -> Path:
    with TemporaryDirectory() as folder:
        assert main(["demo", "--out", folder, "--no-window"]) == 0
        return Path(shutil.make_archive(str(path.with_suffix("")), "tar", folder))
