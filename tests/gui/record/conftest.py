"""Tests of the file of a record begin where no page is drawn: they look at none, or go to it."""

from tests.gui.pages.conftest import blank_overview, opened  # noqa: F401  fixtures
