"""Tests of `models.operations.awards.direct`."""
