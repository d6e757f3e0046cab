"""Tests of `models.queries.permissions`."""
