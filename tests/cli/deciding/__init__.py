"""Tests of `cli.deciding`."""
