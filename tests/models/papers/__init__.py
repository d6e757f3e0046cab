"""Tests of `models.papers`."""
