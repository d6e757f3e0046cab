"""Tests of `models.queries.awards.variations`."""
