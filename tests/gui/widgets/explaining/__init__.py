"""Tests of `gui.widgets.explaining`."""
