"""Copy here, work, copy back: from the warning about a network drive to the record in its place again."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from gui.app import Window
from gui.pages.page import Identity
from gui.record import record_actions
from gui.record.network_share_warning import HERE
from models.operation import Actor
from models.operations.set_up.office import SetPublisher
from models.record import Opener, Record
from models.store.sqlite import backup

OPENER = Opener("Priya Nair", "tests")


def change(path: Path) -> None:
    with Record.open(path, OPENER) as record:
        record.perform(SetPublisher("360G-there", "GB-COH-1"), Actor("Priya Nair"))


@pytest.fixture
def here(window: Window, record_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy made from the warning, open in the window."""
    monkeypatch.setattr(
        record_actions, "warnings_about", lambda path: (f"{path.name} lies on a network drive.",)
    )
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *rest: (str(tmp_path / "here.panel"), ""))
    window.controller.open(record_path)
    notice = window.main.notices.current
    assert notice is not None
    assert [remedy.words for remedy in notice.remedies] == [HERE, "Save a copy…"]
    monkeypatch.setattr(record_actions, "warnings_about", lambda path: ())
    notice.remedies[0].do()
    return tmp_path / "here.panel"


def put_back(window: Window, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Choose what is offered first, and give what that was."""
    offered: list[str] = []

    def choose(parent: object, title: str, path: str, *rest: str) -> tuple[str, str]:
        offered.append(path)
        return path, ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    window.main.actions_by_name["copy_back"].trigger()
    return offered


def told(window: Window) -> str:
    notice = window.main.notices.current
    return "" if notice is None else notice.words


def test_a_copy_is_worked_on_here_and_goes_back_to_where_it_came_from(
    window: Window, here: Path, record_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.workspace.facts is not None
    assert window.workspace.facts.path == here
    assert told(window).startswith("You work on a copy on this computer now.")
    with Record.read_copy(record_path) as record:
        before = record.head().seq
    window.workspace.perform(SetPublisher("360G-here", "GB-COH-1"))

    assert put_back(window, monkeypatch) == [str(record_path)]

    assert told(window).startswith("Grants office.panel in ")
    assert "copy back" in [copy.reason for copy in backup.copies(record_path)]
    with Record.read_copy(record_path) as record:
        assert record.head().seq == before + 1


def test_what_was_changed_there_is_never_written_over_and_can_be_compared(
    window: Window, here: Path, record_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.main.tools.use_as(Identity("Priya Nair", "officer"))
    window.workspace.perform(SetPublisher("360G-here", "GB-COH-1"))
    change(record_path)
    before = record_path.read_bytes()

    put_back(window, monkeypatch)

    assert "nothing is written over" in told(window)
    assert record_path.read_bytes() == before
    notice = window.main.notices.current
    assert notice is not None
    notice.remedies[0].do()
    assert window.controller.dialog is not None


def test_one_that_is_open_elsewhere_is_told(
    window: Window, here: Path, record_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.workspace.perform(SetPublisher("360G-here", "GB-COH-1"))
    with Record.open(record_path, OPENER):
        put_back(window, monkeypatch)

    assert "is in use" in told(window)
