"""Tests of `gui.pages.deciding`."""
