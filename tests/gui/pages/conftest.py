"""Tests of pages begin with a window that never shows the welcome: each opens a record at once."""

import pytest

from gui.app import Window
from gui.record.runner import InlineRunner
from tests.gui.conftest import Opens


@pytest.fixture
def window(opens: Opens) -> Window:
    """A window that is about to open a record, whose work is done inline."""
    return opens(InlineRunner(), is_awaiting=True)
