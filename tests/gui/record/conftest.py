"""Tests of the file of a record begin where no page is drawn: they look at none, or go to it."""

from pathlib import Path

import pytest

from gui.app import Window
from tests.gui.pages.conftest import blank_overview  # noqa: F401  a fixture


@pytest.fixture
def opened(window: Window, record_path: Path) -> Window:
    """A window on a record with one round, at the Overview that is not drawn."""
    window.controller.open(record_path)
    return window
