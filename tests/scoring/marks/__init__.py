"""Tests of `scoring.marks`."""
