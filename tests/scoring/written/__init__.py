"""Tests of `scoring.written`."""
