"""Tests of `gui.pages`."""
