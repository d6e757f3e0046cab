"""The demonstration, made once for all processes of a run."""

import shutil
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.command import main
from tests.models.made_once import file_made_once


def made_sample(path: Path) -> Path:
    """Make the sample record as `grant-panel demo` does, its schedules beside it."""
    whole = _packed(path.with_name("demo.tar"))
    with tarfile.open(whole) as archive:
        archive.extraction_filter = _as_packed
        archive.extractall(path.parent)
    whole.unlink()
    return path


def _as_packed(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo:
    """Take each member as it is: the archive is our own, and filters by name came with Python 3.11.4."""
    return member


@file_made_once
def _packed(path: Path) -> Path:
    with TemporaryDirectory() as folder:
        assert main(["demo", "--out", folder, "--no-window"]) == 0
        return Path(shutil.make_archive(str(path.with_suffix("")), "tar", folder))
