"""Tests of `gui.pages.awards`."""
