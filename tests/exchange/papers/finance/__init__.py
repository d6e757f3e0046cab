"""Tests of `exchange.papers.finance`."""
