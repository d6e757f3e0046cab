"""Tests of `models.operations.awards`."""
