"""Tests of `exchange.cells`."""
