"""Tests of `exchange.xlsx`."""
