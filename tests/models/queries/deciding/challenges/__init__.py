"""Tests of `models.queries.deciding`."""
