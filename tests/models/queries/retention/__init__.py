"""Tests of `models.queries.retention`."""
