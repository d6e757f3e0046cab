"""Tests of `gui.widgets.frame`."""
