"""Tests of `gui.pages.panel`."""
