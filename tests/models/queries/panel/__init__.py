"""Tests of `models.queries.panel`."""
