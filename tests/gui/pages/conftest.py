"""Tests of pages begin with a window that never shows the welcome: each opens a record at once."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from gui.app import Window
from gui.pages.page import Page
from gui.record.runner import InlineRunner
from tests.gui.conftest import Opens


class BlankOverview(Page):
    """Stands for the Overview page, which every record that is opened begins with, and asks for nothing."""

    key = "overview"

    def panes(self) -> tuple[QWidget, ...]:
        """Return no panes."""
        return ()

    def find_words(self) -> None:
        """Have no filter."""


@pytest.fixture(autouse=True)
def blank_overview(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no Overview on the way to another page, but in a test that is marked `overview`."""
    if request.node.get_closest_marker("overview") is None:
        monkeypatch.setattr("gui.pages.overview.page.OverviewPage", BlankOverview)


@pytest.fixture
def window(opens: Opens) -> Window:
    """A window that is about to open a record, whose work is done inline."""
    return opens(InlineRunner(), is_awaiting=True)


@pytest.fixture
def opened(window: Window, record_path: Path) -> Window:
    """A window on a record with one round, at the Overview that is not drawn."""
    window.controller.open(record_path)
    return window
