"""Tests of `exchange.papers.schedule`."""
