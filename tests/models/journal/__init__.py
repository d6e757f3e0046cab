"""Tests of `models.journal`."""
