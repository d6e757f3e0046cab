"""Tests of `gui.pages.awards.monitoring`."""
