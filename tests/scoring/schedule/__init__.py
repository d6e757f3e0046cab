"""Tests of `scoring.schedule`."""
