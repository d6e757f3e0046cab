"""Tests of `models.values`."""
