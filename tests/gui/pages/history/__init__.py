"""Tests of `gui.pages.history`."""
