"""Tests of `models.queries.awards.direct`."""
