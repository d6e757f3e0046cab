"""Tests of `models.queries.papers.to_check`."""
