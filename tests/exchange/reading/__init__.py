"""Tests of `exchange.reading`."""
