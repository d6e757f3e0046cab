"""Tests of `cli.set_up`."""
