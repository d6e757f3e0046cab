"""Tests of who may see the record begin where no page is drawn, as those of its file do."""

from tests.gui.pages.conftest import blank_overview, opened  # noqa: F401  fixtures
