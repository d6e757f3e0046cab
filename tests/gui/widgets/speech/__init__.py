"""Tests of `gui.widgets.speech`."""
