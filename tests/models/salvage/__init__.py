"""Tests of `models.salvage`."""
