"""Tests of `models.papers.monitoring`."""
