"""Tests of dialogs begin where no page is drawn, as those of the file of a record do."""

from tests.gui.pages.conftest import blank_overview, opened  # noqa: F401  fixtures
