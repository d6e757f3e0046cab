"""Tests of `models.operations.panel`."""
