"""Tests of `gui.pages.deciding.ranking`."""
