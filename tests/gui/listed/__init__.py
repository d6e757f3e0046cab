"""Tests of `gui.listed`."""
