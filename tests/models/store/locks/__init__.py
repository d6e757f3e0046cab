"""Tests of `models.store.locks`."""
