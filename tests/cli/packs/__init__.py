"""Tests of `cli.packs`."""
