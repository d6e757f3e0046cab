"""Tests of `gui.pages.awards.year_end`."""
