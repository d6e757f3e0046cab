"""Tests of `models.operations.applications`."""
