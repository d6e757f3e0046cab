"""What this computer remembers, and when it is written."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from gui import settings as settings_module
from gui.settings import Settings


def test_settings_are_written_once_they_rest_and_a_value_that_stands_not_again(
    tmp_path: Path, qtbot: QtBot
) -> None:
    kept, path = Settings(tmp_path), tmp_path / "window.ini"

    kept.person = "Priya Nair"
    kept.keep_round("office.panel", 2)
    QCoreApplication.processEvents()
    assert not path.read_bytes(), "the window waited for the disk"
    kept.write()
    assert b"Priya Nair" in path.read_bytes()

    first = path.stat().st_ino
    kept.person = "Priya Nair"
    kept.write()
    assert path.stat().st_ino == first, "what stood there was written again"


def test_settings_are_written_without_being_asked(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_module, "WRITTEN_AFTER_MS", 1)
    kept = Settings(tmp_path)

    kept.person = "Priya Nair"

    qtbot.waitUntil(lambda: b"Priya Nair" in (tmp_path / "window.ini").read_bytes())
