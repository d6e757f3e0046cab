"""Tests of the page Funds."""
