"""Tests of `models.reference`."""
