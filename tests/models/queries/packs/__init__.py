"""Tests of `models.queries.packs`."""
