"""The meeting is used by its chair."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.panel.meeting.page import MeetingPage
from gui.settings import Settings
from tests.gui.meeting_rounds import at_meeting, meeting_record


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings of somebody who chairs."""
    settings.role = "chair"
    return settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of a meeting at which all are present."""
    return meeting_record(tmp_path / "meeting.panel", "scoring", "meeting")


@pytest.fixture
def page(window: Window, path: Path, qtbot: QtBot) -> MeetingPage:
    """The page of that meeting."""
    return at_meeting(window, path, qtbot)
