"""Tests of `models.queries.papers`."""
