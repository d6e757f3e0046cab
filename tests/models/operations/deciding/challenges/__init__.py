"""Tests of `models.operations.deciding`."""
