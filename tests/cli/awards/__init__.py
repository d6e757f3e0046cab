"""Tests of `cli.awards`."""
