"""Files that pass: gone when the work ends, and swept after a crash."""

import os
import tempfile
from pathlib import Path

import pytest

from models.store.private_files import sweep, temporary_folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _fail_in_a_folder() -> None:
    with temporary_folder() as folder:
        (folder / "paper.pdf").write_bytes(b"secret")
        assert folder.stat().st_mode & 0o077 == 0 or os.name == "nt"
        raise ValueError("made up")


def test_the_folder_goes_with_all_in_it_even_after_a_failure(temporary: Path) -> None:
    with pytest.raises(ValueError, match="made up"):
        _fail_in_a_folder()

    assert list(temporary.iterdir()) == []

    # What a crash left is swept and nothing else.
    gone = temporary / "grant-panel-999999999-abc"
    ours = temporary / f"grant-panel-{os.getpid()}-abc"
    other = temporary / "grant-panel-notes"
    for folder in (gone, ours, other):
        folder.mkdir()
        (folder / "paper.pdf").write_bytes(b"secret")
    assert sweep() == (gone,)
    assert sorted(temporary.iterdir()) == sorted((ours, other))


def test_a_process_elsewhere_keeps_its_folder_for_a_day(temporary: Path) -> None:
    """Its number says nothing here: another machine on the same share, or a container."""
    at_work = temporary / "grant-panel-999999999.00000000-abc"
    left = temporary / "grant-panel-999999998.00000000-abc"
    for folder in (at_work, left):
        folder.mkdir()
    os.utime(left, (0, 0))

    assert sweep() == (left,)


def test_a_folder_of_this_process_is_known_again(temporary: Path) -> None:
    with temporary_folder() as folder:
        assert sweep() == ()
        assert folder.is_dir()
        made_by, rest = folder.name.split(".", 1)
        assert made_by == f"grant-panel-{os.getpid()}"
        folder.rename(temporary / f"grant-panel-999999999.{rest}")
        assert len(sweep()) == 1
