"""Tests of `gui.record`."""
