"""Tests of `models.operations.retention`."""
