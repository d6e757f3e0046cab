"""Tests of the ranked list begin at it."""

from tests.gui.conftest import opened  # noqa: F401  a fixture
