"""Tests of `models.operations.packs`."""
