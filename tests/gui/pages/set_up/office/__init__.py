"""Tests of `gui.pages.set_up.office`."""
