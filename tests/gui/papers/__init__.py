"""Tests of `gui.pages.papers`."""
