"""Tests of `cli.record`."""
