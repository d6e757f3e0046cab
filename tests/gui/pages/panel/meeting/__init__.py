"""Tests of `gui.pages.panel.meeting`."""
