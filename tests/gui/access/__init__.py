"""Tests of `gui.access`."""
