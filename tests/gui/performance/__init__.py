"""Tests of `gui.performance`."""
