"""Tests of `gui.pages.papers.exports`."""
