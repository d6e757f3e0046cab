"""Tests of `exchange.papers`."""
