"""Tests of `exchange.papers.year`."""
