"""Tests of `gui.pages.applications.importing`."""
