"""Tests of `exchange.papers.monitoring`."""
