"""Whatever kind of file a killed process leaves, and wherever: the next start clears it."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from models.store.leftovers import clear
from models.store.private_files import own_mark
from tests.models.store.leaving import KINDS, WORDS
from tests.safety.forked import Forks, forks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")


@pytest.fixture(scope="module")
def leaving() -> Iterator[Forks]:
    with forks("tests.models.store.leaving") as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for all that is written: temporary files, own data, and a folder that somebody chose."""
    for name in ("temporary", "data", "chosen", "chosen/kept"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    return tmp_path


def words_in(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file() and WORDS in one.read_bytes()]


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_killed_process_leaves_is_cleared_at_the_next_start(
    leaving: Forks, home: Path, kind: str
) -> None:
    (home / "chosen" / f"minutes.part-{own_mark()}.docx").write_bytes(b"of a process that is there")
    (home / "chosen" / "plan.part-1.docx").write_bytes(b"of somebody else")

    assert leaving.run("leave", kind, home, until=1).status == -9
    assert len(words_in(home)) == 1
    clear()

    assert words_in(home) == []
    assert list((home / "temporary").iterdir()) == list((home / "data").iterdir()) == []
    kept = [one for one in (home / "chosen").iterdir() if one.is_file() and one.suffix != ".lock"]
    assert len(kept) == 2, "a lock of settings is taken over from whoever is gone"
