"""Tests of `models.operations.set_up`."""
