"""Tests of `gui.pages.papers.reports`."""
