"""Tests of `gui.pages.packs`."""
