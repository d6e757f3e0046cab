"""Tests of the ranked list as a table."""
