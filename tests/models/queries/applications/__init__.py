"""Tests of `models.queries.applications`."""
