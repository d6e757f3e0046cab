"""Tests of `gui.pages.applications`."""
