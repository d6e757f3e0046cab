"""Tests of `exchange.papers.schedule.how_scored`."""
