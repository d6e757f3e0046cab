"""Tests of `cli.sample`."""
