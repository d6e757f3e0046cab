"""Tests of `models.queries.set_up`."""
