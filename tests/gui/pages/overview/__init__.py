"""Tests of `gui.pages.overview`."""
