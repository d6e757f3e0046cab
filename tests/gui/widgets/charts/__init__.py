"""Tests of `gui.widgets.charts`."""
