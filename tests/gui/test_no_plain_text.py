"""While an encrypted record is open, locked and closed, no file left behind holds what applicants wrote."""

import tempfile
from pathlib import Path

import pytest

from gui.access.passphrase import Passphrase
from gui.app import Window
from gui.pages.papers.exports.page import ExportsPage
from gui.shell.page_list import PAGES
from models.store import private_files
from tests.gui.sealed_records import MARKER, PASSPHRASE, make_sealed
from tests.safety.table import Reached
from tests.safety.traces import holding

TYPED = "A remark about Marigold Quayle"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds all that the program may write: records, settings, and temporary files."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path


@pytest.fixture
def at_work(window: Window, home: Path) -> Window:
    window.workspace.open(make_sealed(home / "Sealed office.panel"), key=Passphrase(PASSPHRASE))
    return window


def walk(window: Window) -> None:
    for entry in PAGES:
        if entry.key in window.main.tools.pages:
            window.main.tools.go(entry.key)


def test_the_search_finds_the_words_in_a_plain_record(home: Path) -> None:
    make_sealed(home / "plain.panel", None)

    assert holding(home, MARKER) == ["plain.panel"]


@pytest.mark.daily_copies
@pytest.mark.safety(24)
@pytest.mark.safety(25)
def test_no_page_backup_lock_or_setting_leaves_them(at_work: Window, home: Path, reached: Reached) -> None:
    walk(at_work)
    at_work.workspace.keep_draft("scoring/remark", TYPED)
    at_work.workspace.session.drafts.hand_on()
    at_work.workspace.back_up(home / "copy.panel", [].append)
    while_open = (holding(home, MARKER), holding(home, TYPED), holding(home, PASSPHRASE))
    at_work.workspace.lock()
    while_locked = (holding(home, MARKER), holding(home, TYPED), holding(home, PASSPHRASE))
    at_work.workspace.unlock(Passphrase(PASSPHRASE))
    at_work.workspace.change_key(Passphrase("ridge canoe amber lantern willow"), list)
    at_work.settings.write()
    at_work.workspace.close()

    assert while_open == while_locked == ([], [], [])
    assert holding(home, MARKER) == holding(home, TYPED) == holding(home, "ridge canoe amber") == []
    assert len(list(home.rglob("*.panel"))) >= 3  # the record, its copy of the day and the one asked for
    assert list((home / "temporary").rglob("*")) == []
    files = sum(path.is_file() for path in home.rglob("*"))
    reached(f"every page, a draft, a copy, lock, new passphrase: 0 of {files} files hold the words", row=24)
    reached(f"the same: 0 of {files} files hold either passphrase", row=25)


def test_a_preview_is_gone_from_the_disk_before_it_is_seen(
    at_work: Window, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    real = private_files.tempfile.mkdtemp

    def noted(**given: str) -> str:
        made.append(Path(real(**given)))
        return str(made[-1])

    monkeypatch.setattr(private_files.tempfile, "mkdtemp", noted)
    at_work.main.tools.go("exports")
    page = at_work.main.pages.page("exports")
    assert isinstance(page, ExportsPage)
    assert page.views.pages.pages > 0
    at_work.workspace.lock()

    assert made
    assert not any(folder.exists() for folder in made)
    assert holding(home, MARKER) == []


def test_only_what_the_person_asks_for_is_written(at_work: Window, home: Path) -> None:
    at_work.main.tools.go("exports")
    page = at_work.main.pages.page("exports")
    assert isinstance(page, ExportsPage)
    asked = home / "papers"
    asked.mkdir()
    page.choices.papers.take(asked)
    page.write.click()

    assert [name for name in holding(asked, MARKER) if name.endswith(".xlsx")]
    outside = [path for path in home.rglob("*") if path.is_file() and asked not in path.parents]
    assert {path.suffix for path in outside} <= {".panel", ".lock", ".json"}
    assert [name for name in holding(home, MARKER) if not (asked / name).exists()] == []
