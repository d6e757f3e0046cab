"""Tests of `models.copies`."""
