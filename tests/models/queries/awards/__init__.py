"""Tests of `models.queries.awards`."""
