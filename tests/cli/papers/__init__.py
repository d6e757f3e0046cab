"""Tests of `cli.papers`."""
