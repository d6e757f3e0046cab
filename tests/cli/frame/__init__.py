"""Tests of `cli.frame`."""
