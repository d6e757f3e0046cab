"""Tests of `gui.theme`."""
