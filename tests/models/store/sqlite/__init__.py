"""Tests of `models.store.sqlite`."""
