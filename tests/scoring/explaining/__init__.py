"""Tests of `scoring.explaining`."""
