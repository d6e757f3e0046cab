"""Tests of `gui.keys`."""
