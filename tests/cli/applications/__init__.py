"""Tests of `cli.applications`."""
