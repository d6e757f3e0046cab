"""Tests of `gui.pages.deciding.decisions`."""
