"""Tests of records on an office server."""
