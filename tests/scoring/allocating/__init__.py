"""Tests of `scoring.allocating`."""
