"""Tests of `gui.pages.panel.scoring`."""
