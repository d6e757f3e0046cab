"""Tests of `gui.pages.awards.budget`."""
