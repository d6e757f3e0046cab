"""Tests of `models.operations.papers`."""
