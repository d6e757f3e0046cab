"""Tests of `gui.help`."""
