"""Tests of `gui.dialogs`."""
