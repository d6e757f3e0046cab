"""Tests of `exchange.pdf`."""
