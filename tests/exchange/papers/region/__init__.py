"""Tests of `exchange.papers.region`."""
