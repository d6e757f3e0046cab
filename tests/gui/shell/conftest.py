"""Tests of the window about its pages begin where no page is drawn, as those of the file of a record do."""

from tests.gui.pages.conftest import blank_overview, opened  # noqa: F401  fixtures
