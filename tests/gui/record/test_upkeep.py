"""The day's copy, made in slices once a record is open."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.record.runner import InlineRunner, PoolRunner
from gui.settings import Settings
from models.record import Record
from models.reference.defaults import OrganisationDefaults
from models.store.record_file import copies_folder
from models.store.sqlite import backup
from tests.gui.conftest import Opens
from tests.models.conftest import OPENER, tamper


@pytest.mark.daily_copies
def test_opening_a_record_makes_the_days_copy_beside_it(
    opens: Opens, record_path: Path, qtbot: QtBot
) -> None:
    window = opens(PoolRunner())

    with qtbot.waitSignal(window.workspace.said) as said:
        window.controller.open(record_path)

    assert said.args == ["Today's backup is saved"]
    (copy,) = backup.copies(record_path)
    with Record.read_copy(copy.path) as read:
        assert read.head().seq == 3  # the record was made, its office named, and its round loaded


@pytest.mark.daily_copies
def test_the_days_copy_lies_in_the_organisations_second_place_too(
    settings: Settings, opens: Opens, record_path: Path, tmp_path: Path
) -> None:
    settings.organisation = OrganisationDefaults(backup_folder=tmp_path / "server")

    opens(InlineRunner()).controller.open(record_path)

    (copy,) = backup.copies(record_path)
    assert [one.name for one in (tmp_path / "server").rglob("*.panel")] == [copy.path.name]


@pytest.mark.daily_copies
def test_a_table_changed_outside_the_program_is_told_as_the_days_copy_is_made(
    window: Window, record_path: Path
) -> None:
    with Record.open(record_path, OPENER) as record:
        earlier = backup.automatic_path(record_path, datetime(2026, 3, 12, 12, tzinfo=UTC))
        earlier.parent.mkdir(exist_ok=True)
        record.backup(earlier)
    tamper(record_path, "UPDATE setting SET value = '\"x\"' WHERE name = 'made with'")

    window.controller.open(record_path)

    notice = window.main.notices.current
    assert notice is not None
    assert "is not what its journal makes of the copy of 12 March 2026: Table setting" in notice.words


@pytest.mark.daily_copies
def test_a_record_that_has_its_copy_today_makes_no_other(window: Window, record_path: Path) -> None:
    window.controller.open(record_path)
    window.controller.open(record_path)

    assert len(backup.copies(record_path)) == 1


def test_closing_at_once_leaves_no_half_copy(opens: Opens, record_path: Path, qtbot: QtBot) -> None:
    window = opens(PoolRunner())
    with qtbot.waitSignal(window.workspace.opened):
        window.controller.open(record_path)

    with qtbot.waitSignal(window.workspace.closed):
        window.workspace.close()

    window.workspace.runner.finish()
    folder = copies_folder(record_path)
    assert not [path for path in (folder.iterdir() if folder.is_dir() else ()) if ".part-" in path.name]
