"""Tests of `gui.pages.retention`."""
